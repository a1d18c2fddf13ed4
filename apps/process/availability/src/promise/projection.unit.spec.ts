import { NodeBook, type Supply } from './book';
import { cover } from './cover';
import { dateOf, dayOf, localDay } from './days';
import { project, stepOn, trusted, type Flow } from './projection';
import { micro, text } from './quantity';

/** One value per period from 0 on, from rows of numbers. */
function rows(start: number, supply: readonly number[], demand: readonly number[], today = 0) {
  const flows = (row: readonly number[]): Flow[] =>
    row.flatMap((each, index) => (each === 0 ? [] : [{ day: index + today, quantity: micro(String(each)) }]));
  const steps = project({ start: micro(String(start)), supplies: flows(supply), demands: flows(demand), today });
  const on = supply.map((_, index) => stepOn(steps, index + today));
  return {
    projected: on.map((step) => Number(text(step?.projected ?? 0n))),
    promisable: on.map((step) => Number(text(step?.promisable ?? 0n))),
  };
}

/** Discrete ATP in receipt periods with the shortage taken from earlier ones (domain/atp.md §2), written on plain numbers. */
function discrete(
  start: number,
  supply: readonly number[],
  demand: readonly number[],
): { period: number; value: number }[] {
  const periods = supply.flatMap((each, index) => (index === 0 || each > 0 ? [index] : []));
  const values = periods.map((period, index) => {
    const until = periods[index + 1] ?? supply.length;
    const demands = demand.slice(period, until).reduce((sum, each) => sum + each, 0);
    return { period, value: (supply[period] ?? 0) + (index === 0 ? start : 0) - demands };
  });
  for (let index = values.length - 1; index > 0; index -= 1) {
    const [here, before] = [values[index], values[index - 1]];
    if (here && before && here.value < 0) {
      before.value += here.value;
      here.value = 0;
    }
  }
  return values;
}

describe('worked examples of available-to-promise', () => {
  const mps1 = [40, 0, 40, 0, 40, 0, 40, 0];
  const orders1 = [18, 15, 27, 22, 10, 8, 6, 5];

  test('E1: look-ahead promises 13 where naive discrete promises 22', () => {
    const { projected, promisable } = rows(15, mps1, orders1);
    expect(projected).toEqual([37, 22, 35, 13, 43, 35, 69, 64]);
    expect(promisable).toEqual([13, 13, 13, 13, 35, 35, 64, 64]);
    expect(discrete(15, mps1, orders1).map(({ value }) => value)).toEqual([13, 0, 22, 29]);
  });

  test('E1: a request of 20 in the first period is promised in the fifth', () => {
    const { promisable } = rows(15, mps1, orders1);
    expect(promisable.findIndex((value) => value >= 20) + 1).toBe(5);
  });

  test('E2: textbook master schedule', () => {
    const supply = [250, 0, 0, 200, 0, 0, 150, 0];
    const orders = [25, 150, 49, 26, 75, 22, 68, 10];
    expect(rows(65, supply, orders).promisable).toEqual([91, 91, 91, 168, 168, 168, 240, 240]);
    expect(discrete(65, supply, orders).map(({ value }) => value)).toEqual([91, 77, 72]);
    expect(rows(65, supply, [25, 150, 59, 26, 75, 22, 68, 10]).promisable[0]).toBe(81);
  });

  test('E4: minimum from the day to the end of the horizon; a receipt that did not arrive drops out', () => {
    const { projected, promisable } = rows(20, [0, 0, 10, 0, 1, 3, 0], [3, 0, 0, 15, 0, 0, 0]);
    expect(projected).toEqual([17, 17, 27, 12, 13, 16, 16]);
    expect(promisable).toEqual([12, 12, 12, 12, 13, 16, 16]);
    expect(rows(17, [0, 0, 10, 0, 1, 3, 0], [0, 0, 0, 15, 0, 0, 0]).promisable).toEqual(promisable);
    const supplies = [10, 1, 3].map((quantity, index) => ({
      day: [3, 5, 6][index] ?? 0,
      quantity: micro(String(quantity)),
    }));
    const steps = project({
      start: micro('17'),
      supplies: trusted(supplies, 4, 0, 180),
      demands: [{ day: 4, quantity: micro('15') }],
      today: 4,
    });
    expect([4, 5, 6, 10].map((day) => text(stepOn(steps, day)?.promisable ?? 0n))).toEqual(['2', '3', '6', '6']);
  });

  test('late supply counts for tomorrow within the fence and not at all beyond it', () => {
    const supplies = [{ day: 8, quantity: 1n }];
    expect(trusted(supplies, 10, 2, 180)).toEqual([{ day: 11, quantity: 1n }]);
    expect(trusted(supplies, 10, 1, 180)).toEqual([]);
    expect(trusted([{ day: 191, quantity: 1n }], 10, 1, 180)).toEqual([]);
  });
});

describe('E7, the reference case: usable 100, safety 15, 30 allocated, day 0 is Monday 2026-03-02', () => {
  const d0 = dayOf('2026-03-02');
  interface Variant {
    soft?: number;
    allocated?: number;
    atD6?: number;
    transferDay?: number;
    unnettedOrder?: boolean;
  }
  function book({
    soft = 10,
    allocated = 30,
    atD6 = 50,
    transferDay = 4,
    unnettedOrder = false,
  }: Variant = {}): NodeBook {
    const q = (value: number) => micro(String(value));
    const supplies: Supply[] = [
      { id: 'TO-1', kind: 'TRANSFER', day: d0 + transferDay, quantity: q(40) },
      { id: 'ASN-1', kind: 'ASN', day: d0 + 7, quantity: q(150) },
      { id: 'PO-1', kind: 'PURCHASE_ORDER', day: d0 + 8, quantity: q(unnettedOrder ? 200 : 50) },
    ];
    const demands = [
      { day: d0 + 1, quantity: q(soft) },
      { day: d0 + 2, quantity: q(25) },
      { day: d0 + 6, quantity: q(atD6) },
    ];
    const stock = { node: 'DC', free: q(100 - 15 - allocated), supplies, demands, today: d0 };
    return new NodeBook(stock, { horizonDays: 180, pastDueDays: 0 });
  }
  const row = (node: NodeBook) => Array.from({ length: 10 }, (_, day) => Number(text(node.promisable(d0 + day))));
  const promise = (quantity: string) => {
    const line = { item: 'X', quantity: micro(quantity), day: undefined, node: undefined };
    const [covered] = cover(new Map([['X', [book()]]]), [line], new Set());
    const parts = covered?.parts.map(
      (part) => `${text(part.quantity)}@${dateOf(part.day)} ${part.supply ?? part.basis}`,
    );
    return { parts, unpromised: text(covered?.uncovered ?? 0n) };
  };

  test('the day table', () => {
    const steps = book().projection();
    const projected = Array.from({ length: 10 }, (_, day) => Number(text(stepOn(steps, d0 + day)?.projected ?? 0n)));
    expect(projected).toEqual([55, 45, 20, 20, 60, 60, 10, 160, 210, 210]);
    expect(row(book())).toEqual([10, 10, 10, 10, 10, 10, 10, 160, 210, 210]);
  });

  test.each([
    ['10', ['10@2026-03-02 ON_HAND'], '0'],
    ['15', ['10@2026-03-02 ON_HAND', '5@2026-03-09 ASN-1'], '0'],
    ['60', ['10@2026-03-02 ON_HAND', '50@2026-03-09 ASN-1'], '0'],
    ['210', ['10@2026-03-02 ON_HAND', '150@2026-03-09 ASN-1', '50@2026-03-10 PO-1'], '0'],
    ['250', ['10@2026-03-02 ON_HAND', '150@2026-03-09 ASN-1', '50@2026-03-10 PO-1'], '40'],
  ])('a request of %s', (quantity, parts, unpromised) => {
    expect(promise(quantity)).toEqual({ parts, unpromised });
  });

  test('full quantity on one day: 15 on Monday, 210 on Tuesday', () => {
    const fullDay = (quantity: string) => {
      const node = book();
      return dateOf(
        [...Array(10).keys()].map((day) => d0 + day).find((day) => node.promisable(day) >= micro(quantity)) ?? 0,
      );
    };
    expect([fullDay('15'), fullDay('210')]).toEqual(['2026-03-09', '2026-03-10']);
  });

  test('a: accepting 10 on day 0 leaves nothing until day 7', () => {
    const node = book();
    node.take(d0, micro('10'));
    expect(row(node)).toEqual([0, 0, 0, 0, 0, 0, 0, 150, 200, 200]);
  });
  test('b: a soft reservation that expires gives its 10 back', () => {
    expect(row(book({ soft: 0 }))).toEqual([20, 20, 20, 20, 20, 20, 20, 170, 220, 220]);
  });
  test('c: an ASN that does not replace the purchase order quantity promises 360 instead of 210', () => {
    expect(row(book({ unnettedOrder: true }))[8]).toBe(360);
  });
  test('d: one future shortage takes every earlier day to 0', () => {
    expect(row(book({ atD6: 70 }))).toEqual([0, 0, 0, 0, 0, 0, 0, 140, 190, 190]);
  });
  test('e: the transfer slips to day 9', () => {
    const node = book({ transferDay: 9 });
    expect(text(stepOn(node.projection(), d0 + 6)?.projected ?? 0n)).toBe('-30');
    expect(row(node)).toEqual([0, 0, 0, 0, 0, 0, 0, 120, 170, 210]);
  });
  test('f: on hand less allocated would promise 90; the projection promises 10', () => {
    expect(row(book())[0]).toBe(10);
  });
  test('promising does not depend on stock being asked for today: a later request uses what comes before it', () => {
    const node = book();
    const parts = node.take(d0 + 7, micro('100'));
    expect(parts).toMatchObject([{ supply: 'ASN-1', held: false }]);
    expect(row(node)[0]).toBe(10);
  });
});

test('E10: fewest nodes first, then priority', () => {
  const node = (name: string, free: number) =>
    new NodeBook(
      { node: name, free: micro(String(free)), supplies: [], demands: [], today: 0 },
      { horizonDays: 180, pastDueDays: 0 },
    );
  const stock = (west: number) =>
    new Map([
      ['A', [node('EAST', 10), node('CENT', 2), node('WEST', 10)]],
      ['B', [node('EAST', 0), node('CENT', 6), node('WEST', 6)]],
      ['C', [node('EAST', 4), node('CENT', 1), node('WEST', west)]],
    ]);
  const lines = [
    ['A', 5],
    ['B', 2],
    ['C', 3],
  ].map(([item, quantity]) => ({
    item: String(item),
    quantity: micro(String(quantity)),
    day: undefined,
    node: undefined,
  }));
  const nodes = (west: number) =>
    cover(stock(west), lines, new Set()).map(({ parts }) => parts.map((part) => part.node));
  expect(nodes(0)).toEqual([['EAST'], ['CENT'], ['EAST']]);
  expect(nodes(4)).toEqual([['WEST'], ['WEST'], ['WEST']]);
  expect(cover(stock(4), lines, new Set(['WEST'])).map(({ parts }) => parts[0]?.node)).toEqual([
    'EAST',
    'CENT',
    'EAST',
  ]);
});

test('a node promises by its own calendar day', () => {
  const instant = new Date('2026-03-02T23:30:00Z');
  expect([localDay(instant, 'UTC'), localDay(instant, 'Asia/Tokyo')].map(dateOf)).toEqual(['2026-03-02', '2026-03-03']);
});

test.each(['0', '1', '24.5', '0.000001', '-3.25', '999999999999.999999', '-0.5'])('quantity %s is exact', (value) => {
  expect(text(micro(value))).toBe(value);
  expect(text(micro(value.includes('.') ? value.padEnd(value.indexOf('.') + 7, '0') : `${value}.000000`))).toBe(value);
});
