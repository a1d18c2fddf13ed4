import { Decimal } from '#canonical/decimal';
import { OrderSimulation } from '../../test/order-simulation';

/** `CROSSDOCK_SIMULATIONS=200000` runs more seeds; `CROSSDOCK_SIMULATION_SEED=7` that one alone. */
const ONE = process.env['CROSSDOCK_SIMULATION_SEED'];
const SEEDS = Number(process.env['CROSSDOCK_SIMULATIONS'] ?? 2_000);
const FIRST = ONE === undefined ? 1 : Number(ONE);
const LAST = ONE === undefined ? SEEDS : Number(ONE);

describe('an order in a world of lost answers, crashes, outages, shorts, holds, changes and second thoughts', () => {
  it(`always ends, is always explained, keeps I4, I6 and I8 at every step, and agrees with the books of the others (${LAST - FIRST + 1} seeds)`, () => {
    for (let seed = FIRST; seed <= LAST; seed += 1) {
      try {
        endsWell(seed);
      } catch (error) {
        const command = `CROSSDOCK_SIMULATION_SEED=${seed} npx jest --selectProjects unit --testPathPatterns orders/src/fulfil-order/simulation`;
        throw new Error(`seed ${seed}; run it again:\n  ${command}`, { cause: error });
      }
    }
  });
});

function endsWell(seed: number): void {
  const simulation = new OrderSimulation(seed);
  simulation.run();
  const { order, backends } = simulation;
  const { contents, progress } = order.state;
  expect(['SHIPPED', 'CANCELLED']).toContain(order.status);
  expect([progress.pending, progress.holds]).toEqual([[], []]);
  for (const [index, { line, ordered }] of contents.lines.entries()) {
    const now = progress.lines[index];
    expect(now).toMatchObject({ overShipped: '0', shipped: backends.left(line).toFixed() });
    // Nothing is kept for an order that is over, no other goods were freed than the order meant, and the ERP knows what it is.
    const books = [backends.heldFor(line), backends.shippedUnheld(line), backends.inErp(line)].map(String);
    expect(books).toEqual(['0', '0', new Decimal(ordered).minus(now?.cancelled ?? 0).toFixed()]);
  }
}
