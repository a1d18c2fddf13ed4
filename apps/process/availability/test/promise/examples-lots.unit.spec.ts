import { dayOf } from '../../src/promise/days';
import { bookOf, projectedRow, q, row } from './stock';

describe('E6: safety stock withheld from lots', () => {
  const today = dayOf('2026-01-20');
  const lots = [
    { lot: 'EARLY', expiresOn: dayOf('2026-02-01'), quantity: q(10) },
    { lot: 'LATE', expiresOn: dayOf('2026-03-01'), quantity: q(12) },
  ];
  const book = (safety: number) =>
    bookOf({
      free: 22 - safety,
      safety: q(safety),
      today,
      demands: [{ day: dayOf('2026-02-10'), quantity: q(3) }],
      lots: { lots, held: [], remainingLifeDays: 0 },
    });

  test('the demand has the later lot, safety takes 10 + 9: nothing is available and 2 are short', () => {
    expect(new Set(row(book(21), 60))).toEqual(new Set([0]));
    expect(projectedRow(book(21).projection(), 25).at(-1)).toBe(-2);
  });
  test('19 can be withheld, not 20', () => {
    expect(row(book(18), 1)).toEqual([1]);
    expect(row(book(19), 1)).toEqual([0]);
  });
});

describe('E8: lots that expire are matched, not netted', () => {
  const lots = [
    { lot: 'A', expiresOn: 2, quantity: q(40) },
    { lot: 'B', quantity: q(30) },
  ];
  const demands = [
    { day: 1, quantity: q(30) },
    { day: 4, quantity: q(30) },
  ];

  test('10 while lot A is good, then nothing', () => {
    const book = bookOf({ free: 70, demands, lots: { lots, held: [], remainingLifeDays: 0 } });
    expect(row(book, 7)).toEqual([10, 10, 10, 0, 0, 0, 0]);
  });
  test('netted in total it would be 10 every day', () => {
    expect(row(bookOf({ free: 70, demands }), 7)).toEqual([10, 10, 10, 10, 10, 10, 10]);
  });
  test.each([
    [14, 150],
    [30, 110],
    [60, 50],
  ])('delivered on 2026-03-06 with %d days of life left: %d', (remainingLifeDays, expected) => {
    const dated = [
      { lot: 'L1', expiresOn: dayOf('2026-03-25'), quantity: q(40) },
      { lot: 'L2', expiresOn: dayOf('2026-04-20'), quantity: q(60) },
      { lot: 'L3', expiresOn: dayOf('2026-07-01'), quantity: q(50) },
    ];
    const today = dayOf('2026-03-06');
    expect(row(bookOf({ free: 150, today, lots: { lots: dated, held: [], remainingLifeDays } }), 1)).toEqual([
      expected,
    ]);
  });
});
