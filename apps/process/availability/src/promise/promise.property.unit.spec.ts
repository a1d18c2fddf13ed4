import * as fc from 'fast-check';
import { NodeBook, type Supply } from './book';
import { cover, giveBack } from './cover';
import { project, type Flow } from './projection';

const runs = Number(process.env['CROSSDOCK_PROPERTY_RUNS'] ?? 3_000);
const fences = { horizonDays: 400, pastDueDays: 0 };
const days = 30;

const quantity = fc.integer({ min: 1, max: 60 });
const flow = fc.record({ day: fc.integer({ min: 0, max: days }), quantity });
const scenario = fc.record({
  free: fc.integer({ min: -40, max: 120 }),
  supplies: fc.array(flow, { maxLength: 8 }),
  demands: fc.array(flow, { maxLength: 8 }),
});
type Scenario = {
  free: number;
  supplies: { day: number; quantity: number }[];
  demands: { day: number; quantity: number }[];
};

const flows = (list: Scenario['demands']): Flow[] =>
  list.map((each) => ({ day: each.day, quantity: BigInt(each.quantity) }));
const supplies = (list: Scenario['supplies']): Supply[] =>
  list.map((each, index) => ({
    id: `S${index}`,
    kind: 'PURCHASE_ORDER',
    day: each.day,
    quantity: BigInt(each.quantity),
  }));
function bookOf({ free, ...rest }: Scenario, node = 'DC'): NodeBook {
  const stock = {
    node,
    free: BigInt(free),
    supplies: supplies(rest.supplies),
    demands: flows(rest.demands),
    today: 0,
  };
  return new NodeBook(stock, fences);
}

/** Written in another way on purpose: dense days, each future day summed anew, no running balance. */
function slowPromisable({ free, supplies: come, demands: go }: Scenario, day: number): number {
  const balanceOn = (until: number) =>
    free +
    come.filter((each) => each.day <= until).reduce((sum, each) => sum + each.quantity, 0) -
    go.filter((each) => each.day <= until).reduce((sum, each) => sum + each.quantity, 0);
  const later = Array.from({ length: days + 2 - day }, (_, index) => balanceOn(day + index));
  return Math.max(0, Math.min(...later));
}

describe('available-to-promise, for any supply and demand', () => {
  test('agrees with a slow reference on every day', () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const book = bookOf(given);
        for (let day = 0; day <= days; day += 1) expect(Number(book.promisable(day))).toBe(slowPromisable(given, day));
      }),
      { numRuns: runs },
    );
  });

  test('the row never decreases', () => {
    fc.assert(
      fc.property(scenario, ({ free, supplies: come, demands }) => {
        const steps = project({ start: BigInt(free), supplies: flows(come), demands: flows(demands), today: 0 });
        steps.forEach((step, index) => expect(step.promisable >= (steps[index - 1]?.promisable ?? 0n)).toBe(true));
      }),
      { numRuns: runs },
    );
  });

  test('conservation: what is promised by a day never exceeds free stock and receipts by that day', () => {
    const asked = fc.array(fc.record({ day: fc.integer({ min: 0, max: days }), quantity }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(scenario, asked, (given, requests) => {
        const open: Scenario = { ...given, free: Math.max(0, given.free), demands: [] };
        const book = bookOf(open);
        const promised: { day: number; quantity: number }[] = [];
        for (const request of requests) {
          const line = { item: 'X', quantity: BigInt(request.quantity), day: request.day, node: undefined };
          const [covered] = cover(new Map([['X', [book]]]), [line], new Set());
          const total = (covered?.parts ?? []).reduce((sum, part) => sum + part.quantity, 0n);
          expect(total + (covered?.uncovered ?? 0n)).toBe(line.quantity);
          for (const part of covered?.parts ?? []) {
            expect(part.day).toBeGreaterThanOrEqual(request.day);
            promised.push({ day: part.day, quantity: Number(part.quantity) });
          }
        }
        for (let day = 0; day <= days; day += 1) {
          const by = promised.filter((each) => each.day <= day).reduce((sum, each) => sum + each.quantity, 0);
          const had = open.supplies
            .filter((each) => each.day <= day)
            .reduce((sum, each) => sum + each.quantity, open.free);
          expect(by).toBeLessThanOrEqual(had);
        }
      }),
      { numRuns: runs },
    );
  });

  test('everything is promised in the end: nothing stays unpromised while something is promisable', () => {
    fc.assert(
      fc.property(scenario, quantity, (given, wanted) => {
        const book = bookOf(given);
        const line = { item: 'X', quantity: BigInt(wanted), day: undefined, node: undefined };
        const [covered] = cover(new Map([['X', [book]]]), [line], new Set());
        const most = slowPromisable(given, days + 1);
        expect(covered?.uncovered).toBe(BigInt(Math.max(0, wanted - most)));
      }),
      { numRuns: runs },
    );
  });

  test('giving back restores the book', () => {
    fc.assert(
      fc.property(scenario, scenario, quantity, fc.integer({ min: 0, max: days }), (one, two, wanted, day) => {
        const book = new Map([['X', [bookOf(one), bookOf(two, 'OTHER')]]]);
        const rowsOf = () =>
          book.get('X')?.map((node) => Array.from({ length: days }, (_, each) => node.promisable(each)));
        const before = rowsOf();
        const line = { item: 'X', quantity: BigInt(wanted), day, node: undefined };
        giveBack(book, [line], cover(book, [line], new Set()));
        expect(rowsOf()).toEqual(before);
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });
});
