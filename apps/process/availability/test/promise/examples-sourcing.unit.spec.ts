import { allocate, type BackorderRule } from '../../src/promise/allocation';
import type { Book } from '../../src/promise/book';
import { cover } from '../../src/promise/cover';
import { withKits } from '../../src/promise/kits';
import { floorTo } from '../../src/promise/packs';
import { ChannelQuotas } from '../../src/promise/quotas';
import type { Objective } from '../../src/promise/sourcing';
import { bookOf, n, q, row } from './stock';

describe('E9: channel quotas on 100 units, 60 of them unconsumed', () => {
  const quotas = () =>
    new ChannelQuotas([
      { channel: 'EDI', protected: q(40), consumed: q(10) },
      { channel: 'WEB', protected: q(30), consumed: q(30) },
    ]);
  const channels = ['EDI', 'WEB', 'OTHER'];

  test('each has its own protected quantity and the common pool', () => {
    const book = bookOf({ free: 60 }, quotas());
    expect(channels.map((channel) => row(book, 1, channel)[0])).toEqual([60, 30, 30]);
  });
  test('WEB takes 20: the common pool is 10', () => {
    const book = bookOf({ free: 60 }, quotas());
    book.take(0, q(20), 'WEB');
    expect(channels.map((channel) => row(book, 1, channel)[0])).toEqual([40, 10, 10]);
  });
});

describe('E10: order A5 B2 C3 from three nodes', () => {
  const distance = new Map([
    ['EAST', 120],
    ['CENT', 450],
    ['WEST', 2100],
  ]);
  const stock = (atWest: number): Book =>
    new Map(
      Object.entries({ A: [10, 2, 10], B: [0, 6, 6], C: [4, 1, atWest] }).map(([item, free]) => [
        item,
        free.map((each, index) => bookOf({ node: [...distance.keys()][index] ?? '', free: each })),
      ]),
    );
  const lines = Object.entries({ A: 5, B: 2, C: 3 }).map(([item, quantity]) => ({
    item,
    quantity: q(quantity),
    day: undefined,
    node: undefined,
  }));
  const plan = (atWest: number, ...objective: Objective[]) => {
    const sourcing = { objective, cost: (node: string) => distance.get(node) ?? 0 };
    const covered = cover(stock(atWest), lines, new Set(), sourcing);
    expect(covered.every(({ uncovered }) => uncovered === 0n)).toBe(true);
    const shipped = covered.flatMap(({ parts }, line) => parts.map((part) => `${part.node} ${lines[line]?.item ?? ''}${n(part.quantity)}`)); // prettier-ignore
    const nodes = new Set(covered.flatMap(({ parts }) => parts.map(({ node }) => node)));
    return { shipped, cost: [...nodes].reduce((sum, node) => sum + (distance.get(node) ?? 0), 0) };
  };
  const twoNodes = { shipped: ['EAST A5', 'CENT B2', 'EAST C3'], cost: 570 };
  const westAlone = { shipped: ['WEST A5', 'WEST B2', 'WEST C3'], cost: 2100 };

  test.each<Objective[][]>([[[]], [['FEWEST_SHIPMENTS', 'LOWEST_COST']], [['LOWEST_COST']]])(
    'no node has it all; of the covers by two, EAST and CENT cost 570 and EAST and WEST 2220: %j',
    (objective) => {
      expect(plan(0, ...objective)).toEqual(twoNodes);
    },
  );
  test('WEST has C4 too: alone it has the fewest shipments, the nearest are still cheaper', () => {
    expect(plan(4, 'FEWEST_SHIPMENTS', 'LOWEST_COST')).toEqual(westAlone);
    expect(plan(4, 'EARLIEST_DATE', 'FEWEST_SHIPMENTS')).toEqual(westAlone);
    expect(plan(4, 'LOWEST_COST', 'FEWEST_SHIPMENTS')).toEqual(twoNodes);
  });
});

describe('E12: packs and kits', () => {
  test('130 pieces in cases of 24 are 5 cases, 120 pieces', () => {
    expect([n(floorTo(q(130), q(24))), n(floorTo(q(130), q(24))) / 24]).toEqual([120, 5]);
  });
  test('two nodes with 13 pieces each have no case of 24 to sell', () => {
    const nodes = ['DC1', 'DC2'].map((node) => bookOf({ node, free: 13 }));
    const line = { item: 'X', quantity: q(24), day: undefined, node: undefined, multiple: q(24) };
    expect(cover(new Map([['X', nodes]]), [line], new Set())).toEqual([{ parts: [], uncovered: q(24) }]);
  });
  test('a kit of 1 BOX (37), 4 BULB (150) and 2 CORD (70) can be built 35 times', () => {
    const book: Book = new Map(Object.entries({ BOX: 37, BULB: 150, CORD: 70 }).map(([item, free]) => [item, [bookOf({ free })]])); // prettier-ignore
    const kit = Object.entries({ BOX: 1, BULB: 4, CORD: 2 }).map(([item, each]) => ({ item, quantity: q(each) }));
    const [node] = withKits(book, new Map([['LAMP', kit]])).get('LAMP') ?? [];
    expect(n(node?.promisable(0) ?? -1n)).toBe(35);
  });
});

describe('E13: 100 for three orders', () => {
  const claims = [
    { id: 'O1', quantity: q(60), priority: 2, requested: 0, ordered: 1 },
    { id: 'O2', quantity: q(50), priority: 1, requested: 0, ordered: 2 },
    { id: 'O3', quantity: q(30), priority: 3, requested: 0, ordered: 3 },
  ];
  test.each<[BackorderRule, number[]]>([
    ['FCFS', [60, 40, 0]],
    ['PRIORITY', [50, 50, 0]],
    ['FAIR_SHARE', [42, 37, 21]],
  ])('%s', (rule, expected) => {
    expect([...allocate(q(100), claims, rule, q(1)).values()].map(n)).toEqual(expected);
  });
  test('fair share before the remainder: 42, 35 and 21, and the 2 left go to the highest priority', () => {
    const byRequest = claims.map(({ quantity }) => n(floorTo((quantity * q(100)) / q(140), q(1))));
    expect(byRequest).toEqual([42, 35, 21]);
  });
});
