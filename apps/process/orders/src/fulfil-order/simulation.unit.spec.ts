import * as fc from 'fast-check';
import { Decimal } from '#canonical/decimal';
import { contentsOf, OrderUnderTest } from '../../test/order-fixtures';
import { SimulatedWorld, type Choice } from '../../test/simulated-world';

/** `CROSSDOCK_SIMULATIONS=20000` runs more, `CROSSDOCK_SHRINK=1` looks for a small counterexample. Reproduce with the seed and path that fast-check prints: `fc.assert(property, { seed, path })`. */
const RUNS = Number(process.env['CROSSDOCK_SIMULATIONS'] ?? 300);

const orders = fc.record({
  quantities: fc.array(fc.integer({ min: 1, max: 40 }).map(String), { minLength: 1, maxLength: 3 }),
  shipComplete: fc.boolean(),
});
const choices: fc.Arbitrary<Choice[]> = fc.array(
  fc.record({
    pick: fc.nat({ max: 999 }),
    amount: fc.nat({ max: 999 }),
    twice: fc.boolean(),
    cancel: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 30, maxLength: 120 },
);

describe('an order in a world that answers late, twice and out of order', () => {
  it('always ends, keeps I8 at every step, and agrees with what the world did', () => {
    fc.assert(
      fc.property(orders, choices, ({ quantities, shipComplete }, script) => {
        const order = new OrderUnderTest(contentsOf(quantities, { shipComplete }));
        const world = new SimulatedWorld(order, script);
        world.run();
        expect(['SHIPPED', 'CANCELLED']).toContain(order.status);
        for (const [index, line] of order.state.progress.lines.entries()) {
          const number = index + 1;
          expect(line.overShipped).toBe('0');
          expect(line.shipped).toBe(world.left(number).toFixed());
          // Nothing is kept for an order that is over, and no other goods were freed than the order meant.
          expect(world.heldFor(number).toFixed()).toBe('0');
          expect(world.shippedUnheld(number).toFixed()).toBe('0');
          const ordered = new Decimal(quantities[index] ?? 0);
          expect(world.inErp(number).toFixed()).toBe(ordered.minus(line.cancelled).toFixed());
        }
        expect(order.state.progress.pending).toEqual([]);
        expect(order.state.progress.holds).toEqual([]);
      }),
      { numRuns: RUNS, endOnFailure: process.env['CROSSDOCK_SHRINK'] === undefined },
    );
  });
});
