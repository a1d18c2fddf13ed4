import type { NodeBook } from '../../src/promise/book';
import { cover } from '../../src/promise/cover';
import { dateOf, dayOf } from '../../src/promise/days';
import { dayTable } from '../../src/promise/explain';
import { leadTimeDay } from '../../src/promise/lead-time';
import { offer } from '../../src/promise/offer';
import { countsOf, type ExpectedReceipt } from '../../src/promise/supply';
import { bookOf, n, projectedRow, q, row, told } from './stock';

const d0 = dayOf('2026-03-02');
const days = 10;

interface Variant {
  soft?: number;
  atD6?: number;
  transferEta?: number;
  /** The mistake of adding the ASN to the purchase order that it announces. */
  unnetted?: boolean;
}

function book({ soft = 10, atD6 = 50, transferEta = 3, unnetted = false }: Variant = {}): NodeBook {
  // A day from arrival until it can be picked.
  const document = (id: string, kind: ExpectedReceipt['kind'], eta: number, open: number) =>
    ({ id, kind, item: 'X', node: 'DC', day: d0 + eta + 1, open: q(open) }) as const;
  const documents = [
    document('TO-1', 'TRANSFER', transferEta, 40),
    document('PO-1', 'PURCHASE_ORDER', 7, 200),
    { ...document('ASN-1', 'ASN', 6, 150), announces: unnetted ? undefined : 'PO-1' },
  ];
  const counts = countsOf(documents);
  const supplies = documents.map((each) => ({ ...each, quantity: counts.get(each.id) ?? 0n }));
  const free = 120 - (12 + 8) - 30 - 15;
  const demands = [
    { day: d0 + 1, quantity: q(soft) },
    { day: d0 + 2, quantity: q(25) },
    { day: d0 + 6, quantity: q(atD6) },
  ];
  return bookOf({ free, supplies, demands, today: d0 });
}

const line = (quantity: number, complete = false) =>
  ({ item: 'X', quantity: q(quantity), day: undefined, node: undefined, complete }) as const;
const promise = (quantity: number, complete = false) => {
  const [covered] = cover(new Map([['X', [book()]]]), [line(quantity, complete)], new Set());
  return { parts: told(covered?.parts ?? []), unpromised: n(covered?.uncovered ?? 0n) };
};

describe('E7, the reference case: usable 100, safety 15, 30 allocated, day 0 is Monday 2026-03-02', () => {
  test('the day table', () => {
    const table = dayTable(book(), days);
    // The 30 allocated today are held on hand: the balance starts without them.
    expect(table.map(({ supply }) => n(supply))).toEqual([0, 0, 0, 0, 40, 0, 0, 150, 50, 0]);
    expect(table.map(({ demand }) => n(demand))).toEqual([0, 10, 25, 0, 0, 0, 50, 0, 0, 0]);
    expect(table.map(({ projected }) => n(projected))).toEqual([55, 45, 20, 20, 60, 60, 10, 160, 210, 210]);
    expect(table.map(({ promisable }) => n(promisable))).toEqual([10, 10, 10, 10, 10, 10, 10, 160, 210, 210]);
  });

  test.each([
    [10, ['10@2026-03-02'], 0],
    [15, ['10@2026-03-02', '5@2026-03-09'], 0],
    [60, ['10@2026-03-02', '50@2026-03-09'], 0],
    [210, ['10@2026-03-02', '150@2026-03-09', '50@2026-03-10'], 0],
    [250, ['10@2026-03-02', '150@2026-03-09', '50@2026-03-10'], 40],
  ])('%d in parts', (quantity, parts, unpromised) => {
    expect(promise(quantity)).toEqual({ parts, unpromised });
  });
  test.each([
    [10, ['10@2026-03-02'], 0],
    [15, ['15@2026-03-09'], 0],
    [210, ['210@2026-03-10'], 0],
    [250, [], 250],
  ])('%d in full on one day', (quantity, parts, unpromised) => {
    expect(promise(quantity, true)).toEqual({ parts, unpromised });
  });
  test('each part names the supply it waits for', () => {
    const [covered] = cover(new Map([['X', [book()]]]), [line(210)], new Set());
    expect(covered?.parts.map(({ basis, supply }) => supply ?? basis)).toEqual(['ON_HAND', 'ASN-1', 'PO-1']);
  });
  test('the 40 of 250 that nothing covers: seven working days of the supplier and one of receiving, Thursday 03-12', () => {
    const weekdays = { workingDays: new Set([1, 2, 3, 4, 5]), holidays: new Set<number>() };
    const arrives = leadTimeDay(d0, { leadTimeDays: 7, supplier: weekdays, receivingDays: 0, node: weekdays });
    const bought = leadTimeDay(d0, { leadTimeDays: 7, supplier: weekdays, receivingDays: 1, node: weekdays });
    expect([arrives, bought].map(dateOf)).toEqual(['2026-03-11', '2026-03-12']);
    const made = offer(new Map([['X', [book()]]]), line(250), new Set(), { leadTimeDay: bought });
    expect(made).toMatchObject({ leadTime: { quantity: q(40), day: bought }, uncovered: 0n });
    expect(told(made.parts)).toEqual(['10@2026-03-02', '150@2026-03-09', '50@2026-03-10']);
  });

  test('a: accepting 10 on day 0 leaves nothing until day 7', () => {
    const node = book();
    node.take(d0, q(10));
    expect(row(node, days)).toEqual([0, 0, 0, 0, 0, 0, 0, 150, 200, 200]);
  });
  test('b: a soft reservation that expires gives its 10 back', () => {
    expect(row(book({ soft: 0 }), days)).toEqual([20, 20, 20, 20, 20, 20, 20, 170, 220, 220]);
  });
  test('c: an ASN that does not replace the purchase order quantity would promise 360 instead of 210', () => {
    expect([row(book({ unnetted: true }), days)[8], row(book(), days)[8]]).toEqual([360, 210]);
  });
  test('d: one future shortage takes every earlier day to 0', () => {
    expect(projectedRow(book({ atD6: 70 }).projection(), days)[6]).toBe(-10);
    expect(row(book({ atD6: 70 }), days)).toEqual([0, 0, 0, 0, 0, 0, 0, 140, 190, 190]);
  });
  test('e: the transfer slips to day 9 (whose promises that endangers: risk/assess.unit.spec.ts)', () => {
    const slipped = book({ transferEta: 8 });
    expect(projectedRow(slipped.projection(), days)[6]).toBe(-30);
    expect(row(slipped, days)).toEqual([0, 0, 0, 0, 0, 0, 0, 120, 170, 210]);
  });
  test('f: on hand less allocated would promise 90; the projection promises 10', () => {
    expect(120 - 30).toBe(90);
    expect(row(book(), 1)).toEqual([10]);
  });
  test('a later request uses what comes before it, and leaves stock on hand alone', () => {
    const node = book();
    expect(node.take(d0 + 7, q(100))).toMatchObject([{ supply: 'ASN-1', held: false }]);
    expect(row(node, 1)).toEqual([10]);
  });
});
