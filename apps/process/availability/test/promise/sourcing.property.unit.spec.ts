import { cover, giveBack } from '../../src/promise/cover';
import { DEFAULT_OBJECTIVE, type Objective } from '../../src/promise/sourcing';
import { forCases, holds, same, type Random } from './cases';
import { better, everySet, needed, type Outcome, type SlowLine } from './slow-sourcing';
import { bookOf, n, q } from './stock';

const CASES = 3_000;
const DAYS = 4;
const names = ['N0', 'N1', 'N2', 'N3'];

interface Order {
  readonly nodes: number;
  readonly cost: readonly number[];
  readonly objective: readonly Objective[];
  readonly lines: readonly SlowLine[];
}

function order(random: Random): Order {
  const nodes = random.int(1, 4);
  const row = (): number[] => {
    let there = random.int(0, 8);
    return Array.from({ length: DAYS }, (_, day) => (there += day > 0 && random.chance(0.3) ? random.int(1, 6) : 0));
  };
  const line = () => ({ quantity: random.int(1, 16), pack: random.pick([1, 1, 2, 3]), there: names.slice(0, nodes).map(row) }); // prettier-ignore
  return {
    nodes,
    cost: names.slice(0, nodes).map(() => random.int(1, 5)),
    objective: random.chance(0.3) ? DEFAULT_OBJECTIVE : [...DEFAULT_OBJECTIVE].sort(() => random.int(0, 2) - 1),
    lines: [line(), ...random.list(2, line)],
  };
}

function booksOf({ lines }: Order) {
  return new Map(
    lines.map(({ there }, item) => [
      `I${item}`,
      there.map((row, node) => {
        const supplies = row.slice(1).map((total, index) => ({ id: `S${index}`, kind: 'ASN' as const, day: index + 1, quantity: q(total - row[index]!) })); // prettier-ignore
        return bookOf({ node: names[node]!, free: row[0]!, supplies: supplies.filter(({ quantity }) => quantity > 0n) }); // prettier-ignore
      }),
    ]),
  );
}

function planned({ lines, objective, cost }: Order, books: ReturnType<typeof booksOf>): Outcome {
  const asked = lines.map(({ quantity, pack }, item) => ({ item: `I${item}`, quantity: q(quantity), day: undefined, node: undefined, multiple: pack === 1 ? undefined : q(pack) })); // prettier-ignore
  const rows = () => [...books.values()].flat().map((book) => Array.from({ length: DAYS }, (_, day) => n(book.promisable(day)))); // prettier-ignore
  const before = rows();
  const covered = cover(books, asked, new Set(), { objective, cost: (node) => cost[names.indexOf(node)]! });
  const parts = covered.flatMap((line) => line.parts);
  giveBack(books, asked, covered);
  same('what is given back', rows(), before);
  return {
    nodes: [...new Set(parts.map(({ node }) => names.indexOf(node)))].sort((a, b) => a - b),
    uncovered: covered.reduce((sum, { uncovered }) => sum + n(uncovered), 0),
    lastDay: Math.max(...parts.map(({ day }) => day)),
    lateness: parts.reduce((sum, { day, quantity }) => sum + day * n(quantity), 0),
  };
}

test('a node that only stands by makes no plan better', () => {
  const lines = [
    { quantity: 8, pack: 2, there: [[7, 7], [8, 8], [0, 4], [3, 4]] },
    { quantity: 5, pack: 2, there: [[0, 0], [2, 2], [6, 6], [7, 7]] },
    { quantity: 11, pack: 2, there: [[8, 8], [5, 5], [7, 7], [2, 2]] },
  ]; // prettier-ignore
  const objective: Objective[] = ['NODE_PRIORITY', 'EARLIEST_DATE', 'FEWEST_SHIPMENTS', 'LOWEST_COST'];
  const now = { nodes: 4, cost: [3, 5, 4, 5], objective, lines: lines.map((line) => ({ ...line, there: line.there.map((row) => [...row, row[1]!, row[1]!]) })) }; // prettier-ignore
  const plan = planned(now, booksOf(now));
  expect(needed(everySet(now.lines, 4)).filter((other) => better(other, plan, objective, now.cost))).toEqual([]);
  expect(plan.nodes[0]).toBe(0);
});

test(`${CASES} orders: no set of nodes fulfils the sourcing objective better than the one chosen`, () => {
  forCases(CASES, (random) => {
    const now = order(random);
    const plan = planned(now, booksOf(now));
    const all = everySet(now.lines, now.nodes);
    const most = all.at(-1)!;
    const rounded = now.lines.reduce((sum, { quantity, pack }) => sum + (quantity % pack), 0);
    if (now.objective[0] === 'EARLIEST_DATE' && (most.lastDay !== 0 || most.uncovered > rounded)) {
      // Not all of it on time: each line as early as all nodes together have it, even if that takes more shipments.
      same('as early as can be', [plan.uncovered, plan.lastDay, plan.lateness], [most.uncovered, most.lastDay, most.lateness]); // prettier-ignore
      return;
    }
    for (const other of needed(all))
      holds('a better set', !better(other, plan, now.objective, now.cost), plan, other, now);
  });
});
