import { cover } from '../../src/promise/cover';
import { dateOf, dayOf } from '../../src/promise/days';
import { leadTimeDay } from '../../src/promise/lead-time';
import { EVERY_DAY } from '../../src/promise/calendar';
import { offer } from '../../src/promise/offer';
import { project, trusted, type Flow } from '../../src/promise/projection';
import { rawDiscrete, ruleRow, type Bucket, type PromiseRule } from '../../src/promise/rules';
import { bookOf, n, projectedRow, q, row } from './stock';

/** Periods from 1 on; the stock on hand comes with the first. */
function buckets(onHand: number, supply: readonly number[], demand: readonly number[]): Bucket[] {
  return supply.map((each, index) => ({
    day: index,
    supply: q(each + (index === 0 ? onHand : 0)),
    demand: q(demand[index] ?? 0),
  }));
}

const by = (given: readonly Bucket[], rule: PromiseRule) => ruleRow(given, { rule }).map(n);
const raw = (given: readonly Bucket[]) => rawDiscrete(given).map(({ quantity }) => n(quantity));
/** Of each receipt, without the buckets that only repeat it. */
const corrected = (given: readonly Bucket[]) => {
  const values = by(given, 'DISCRETE');
  return rawDiscrete(given).map(({ index }) => values[index]);
};
const flows = (values: readonly number[], first: number): Flow[] =>
  values.map((value, index) => ({ day: first + index, quantity: q(value) }));

describe('E1: eight periods, 15 on hand', () => {
  const given = buckets(15, [40, 0, 40, 0, 40, 0, 40, 0], [18, 15, 27, 22, 10, 8, 6, 5]);

  test('discrete, raw and corrected', () => {
    expect(raw(given)).toEqual([22, -9, 22, 29]);
    expect(corrected(given)).toEqual([13, 0, 22, 29]);
  });
  test.each<[PromiseRule, number[]]>([
    ['CUMULATIVE', [37, 22, 35, 13, 43, 35, 69, 64]],
    ['LOOK_AHEAD', [13, 13, 13, 13, 35, 35, 64, 64]],
  ])('%s', (rule, expected) => {
    expect(by(given, rule)).toEqual(expected);
  });
  test('20 wanted in period 1: naive discrete has 22, the right answer is period 5', () => {
    expect(raw(given)[0]).toBeGreaterThanOrEqual(20);
    expect(by(given, 'LOOK_AHEAD').findIndex((value) => value >= 20) + 1).toBe(5);
  });
  test('corrected discrete summed up to a receipt is the look-ahead there', () => {
    const sums = corrected(given).map((_, index, all) => all.slice(0, index + 1).reduce((a = 0, b = 0) => a + b, 0));
    const lookAhead = by(given, 'LOOK_AHEAD');
    expect(sums).toEqual(rawDiscrete(given).map(({ index }) => lookAhead[index]));
  });
});

describe('E2: a textbook master schedule, 65 on hand', () => {
  const supply = [250, 0, 0, 200, 0, 0, 150, 0];
  const given = buckets(65, supply, [25, 150, 49, 26, 75, 22, 68, 10]);

  test('discrete and look-ahead', () => {
    expect(raw(given)).toEqual([91, 77, 72]);
    expect(by(given, 'LOOK_AHEAD')).toEqual([91, 91, 91, 168, 168, 168, 240, 240]);
  });
  test('10 more accepted in period 3: the first bucket is 81, the others stay', () => {
    expect(raw(buckets(65, supply, [25, 150, 59, 26, 75, 22, 68, 10]))).toEqual([81, 77, 72]);
  });
});

describe('E3: discrete buckets as NetSuite has them', () => {
  const supplies = [
    { id: 'PO-1', kind: 'PURCHASE_ORDER' as const, day: dayOf('2026-01-01'), quantity: q(50) },
    { id: 'WO-1', kind: 'PURCHASE_ORDER' as const, day: dayOf('2026-02-10'), quantity: q(40) },
    { id: 'TO-1', kind: 'TRANSFER' as const, day: dayOf('2026-02-15'), quantity: q(50) },
    { id: 'PO-2', kind: 'PURCHASE_ORDER' as const, day: dayOf('2026-03-01'), quantity: q(50) },
  ];
  const demands = flows([30], dayOf('2026-01-20')).concat(flows([40], dayOf('2026-02-12')), flows([10], dayOf('2026-02-20'))); // prettier-ignore
  const today = dayOf('2026-01-01');
  const book = () => bookOf({ supplies, demands, today, rule: { rule: 'DISCRETE' } });
  const line = (quantity: number) => ({
    item: 'X',
    quantity: q(quantity),
    day: today,
    node: undefined,
    complete: true,
  });

  test('each receipt offers what is left before the next', () => {
    expect(supplies.map(({ day }) => n(book().promisable(day)))).toEqual([20, 0, 40, 50]);
  });
  test.each([
    [10, '2026-01-01'],
    [30, '2026-02-15'],
  ])('%d in one bucket', (quantity, date) => {
    const [covered] = cover(new Map([['X', [book()]]]), [line(quantity)], new Set());
    expect(covered?.parts.map(({ day }) => dateOf(day))).toEqual([date]);
  });
  test('100 is in no single bucket: only the lead time has a date', () => {
    const bought = leadTimeDay(today, { leadTimeDays: 90, supplier: EVERY_DAY, receivingDays: 0, node: EVERY_DAY });
    const made = offer(new Map([['X', [book()]]]), line(100), new Set(), { leadTimeDay: bought });
    expect(made).toMatchObject({ parts: [], leadTime: { quantity: q(100), day: today + 90 }, uncovered: 0n });
  });
});

describe('E4: Inventory Visibility, seven days from 1 February, 20 on hand', () => {
  const demand = [3, 0, 0, 15, 0, 0, 0];
  const supply = [0, 0, 10, 0, 1, 3, 0];
  const steps = (onHand: number, going: readonly number[]) =>
    project({ start: q(onHand), supplies: flows(supply, 1), demands: flows(going, 1), today: 1 });
  const promisable = (list: ReturnType<typeof steps>) => list.map((step) => n(step.promisable));

  test('projected on hand, and the minimum from each day to the end', () => {
    expect(projectedRow(steps(20, demand), 7)).toEqual([17, 17, 27, 12, 13, 16, 16]);
    expect(promisable(steps(20, demand))).toEqual([12, 12, 12, 12, 13, 16, 16]);
  });
  test('shipping the 3 reverses their schedule: on hand 17, the row unchanged', () => {
    expect(promisable(steps(17, [0, 0, 0, 15, 0, 0, 0]))).toEqual(promisable(steps(20, demand)));
  });
  test('on day 4 the 10 have not arrived: they are dropped', () => {
    const supplies = trusted(flows(supply, 1), 4, 0, 7);
    const late = project({ start: q(17), supplies, demands: [{ day: 4, quantity: q(15) }], today: 4 });
    expect(projectedRow(late, 7)).toEqual([2, 3, 6, 6, 6, 6, 6]);
    expect(row(bookOf({ free: 17, supplies: supplies.map((each) => ({ ...each, id: `S${each.day}`, kind: 'ASN' })), demands: [{ day: 4, quantity: q(15) }], today: 4 }), 7)).toEqual([2, 3, 6, 6, 6, 6, 6]); // prettier-ignore
  });
});

describe('E5: the consumption rules', () => {
  const supply = [6, 4, 2, 4, 8, 4, 4, 4];
  const given = buckets(0, supply, [6, 2, 3, 6, 6, 1, 2, 2]);
  const withNew = buckets(0, supply, [6, 2, 3, 6, 6, 1, 5, 2]);

  test.each<[PromiseRule, number[]]>([
    ['BACKWARD', [0, 0, 0, -1, 2, 3, 2, 2]],
    ['FORWARD', [0, 2, 0, 0, 0, 2, 2, 2]],
    ['BACKWARD_FORWARD', [0, 0, 0, 0, 1, 3, 2, 2]],
    ['ACCUMULATE', [0, 0, 0, -1, 2, 5, 7, 9]],
    ['LOOK_AHEAD', [0, 0, 0, 0, 1, 4, 6, 8]],
  ])('%s', (rule, expected) => {
    expect(by(given, rule)).toEqual(expected);
  });
  test('the trap: 36 come and 28 are needed, yet accumulate shows 9', () => {
    const net = given.reduce((sum, bucket) => sum + bucket.supply - bucket.demand, 0n);
    expect([n(net), by(given, 'ACCUMULATE').at(-1), by(given, 'LOOK_AHEAD').at(-1)]).toEqual([8, 9, 8]);
  });
  test('3 more in period 7: backward has 2 there and 3 in period 6, accumulate accepts', () => {
    expect(by(given, 'BACKWARD').slice(5, 7)).toEqual([3, 2]);
    expect(by(given, 'ACCUMULATE')[6]).toBeGreaterThanOrEqual(3);
    expect(by(withNew, 'ACCUMULATE')).toEqual([0, 0, 0, -1, 2, 4, 4, 6]);
    expect(by(withNew, 'LOOK_AHEAD')).toEqual([0, 0, 0, 0, 1, 3, 3, 5]);
  });
});
