import type { Part, PromiseBook, PromiseSource } from './book';
import { dayAt, isWhole, onTimeAt, openOf, promisableQuantity, takeEarliest, takeOnTime, undoAll, type CoverLine } from './line'; // prettier-ignore
import { among, nodesOf, planBySets, type Candidates } from './plan';
import type { Micro } from './quantity';
import {
  aimsOf,
  covers,
  DEFAULT_OBJECTIVE,
  DEFAULT_SOURCING,
  EXACT_NODES,
  nodeSets,
  type Need,
  type Sourcing,
} from './sourcing';

export interface CoveredLine {
  readonly parts: readonly Part[];
  readonly uncovered: Micro;
}

/**
 * Books the lines of one order from the nodes that fulfil the sourcing objective best (default: on time if it can be,
 * then from the fewest nodes, then by cost and the nodes' own priority, which is the order of each item's books).
 * What cannot be on time comes as early as it can, what nothing covers stays uncovered. The book keeps what was taken;
 * `giveBack` undoes it.
 */
export function cover(
  book: PromiseBook,
  lines: readonly CoverLine[],
  excluded: ReadonlySet<string>,
  sourcing: Sourcing = DEFAULT_SOURCING,
): CoveredLine[] {
  const candidates = lines.map((line) => candidatesOf(book, line, excluded));
  const byDate = aimsOf(sourcing)[0] === 'EARLIEST_DATE';
  const parts = byDate ? planByDate(lines, candidates, sourcing) : planBySets(lines, candidates, sourcing);
  return lines.map((line, index) => {
    const own = parts[index] ?? [];
    return { parts: own, uncovered: openOf(line, own) };
  });
}

/** Returns to the book what `cover` took of these lines. */
export function giveBack(book: PromiseBook, lines: readonly CoverLine[], covered: readonly CoveredLine[]): void {
  lines.forEach((line, index) => {
    undoAll(book.get(line.item) ?? [], covered[index]?.parts ?? []);
  });
}

export function candidatesOf(
  book: PromiseBook,
  line: Pick<CoverLine, 'item' | 'node'>,
  excluded: ReadonlySet<string>,
): readonly PromiseSource[] {
  // prettier-ignore
  const nodes = book.get(line.item) ?? [];
  if (line.node !== undefined) return nodes.filter((node) => node.node === line.node);
  return excluded.size === 0 ? nodes : nodes.filter((node) => !excluded.has(node.node));
}

/** All lines that can be on time together, from the best set of nodes; then the others as early as they can be. */
function planByDate(lines: readonly CoverLine[], candidates: Candidates, sourcing: Sourcing): Part[][] {
  const [only] = lines;
  const alone = lines.length === 1 && only ? onTimeAlone(only, candidates[0] ?? [], sourcing) : undefined;
  if (alone) return [alone];
  const onTime = completable(lines, candidates);
  const taken = fromBestSet(onTime, candidates, sourcing);
  const used = usedOf(taken);
  return lines.map((line, index) => {
    const parts = taken.get(index) ?? [];
    if (isWhole(line, parts)) return parts;
    const more = takeEarliest({ ...line, quantity: openOf(line, parts) }, candidates[index] ?? [], used);
    for (const part of more) used.add(part.node);
    return [...parts, ...more];
  });
}

/** The usual query: the preferred node that has it all on time. No sets to compare, nothing to book and give back. */
function onTimeAlone(line: CoverLine, nodes: readonly PromiseSource[], sourcing: Sourcing): Part[] | undefined {
  const { cost, objective } = sourcing;
  // By another objective two cheap shipments may be better than a dear one.
  if (cost && objective !== DEFAULT_OBJECTIVE) return undefined;
  const whole = promisableQuantity(line);
  if (whole === 0n) return undefined;
  let best: PromiseSource | undefined;
  for (const node of nodes) {
    if (best && (!cost || cost(node.node) >= cost(best.node))) continue;
    if (onTimeAt(line, node) >= whole) best = node;
    if (best && !cost) break;
  }
  return best?.take(dayAt(line, best), whole, line.channel);
}

/** The lines that are wholly on time when all nodes may help, each after those before it. */
function completable(lines: readonly CoverLine[], candidates: Candidates): Map<number, CoverLine> {
  const able = new Map<number, CoverLine>();
  const taken = new Map<number, Part[]>();
  lines.forEach((line, index) => {
    const nodes = candidates[index] ?? [];
    const whole = promisableQuantity(line);
    if (whole === 0n || nodes.reduce((sum, node) => sum + onTimeAt(line, node), 0n) < whole) return;
    able.set(index, line);
    if (lines.length === 1) return;
    const parts = takeOnTime(line, nodes);
    taken.set(index, parts);
    if (!isWhole(line, parts)) able.delete(index);
  });
  for (const [index, parts] of taken) undoAll(candidates[index] ?? [], parts);
  return able;
}

/** Lines that all nodes together have on time: from the first set of nodes that is enough. */
function fromBestSet(lines: ReadonlyMap<number, CoverLine>, candidates: Candidates, sourcing: Sourcing) {
  if (lines.size === 0) return new Map<number, Part[]>();
  const own = [...lines.keys()].map((index) => candidates[index] ?? []);
  const wanted = [...lines.values()];
  const nodes = nodesOf(own).filter((name) =>
    wanted.some((line, index) => own[index]?.some((node) => node.node === name && onTimeAt(line, node) > 0n)),
  );
  const needs = wanted.map<Need>((line, index) => ({
    quantity: promisableQuantity(line),
    available: nodes.map((name) => {
      const node = own[index]?.find((each) => each.node === name);
      return node ? onTimeAt(line, node) : 0n;
    }),
  }));
  for (const set of nodeSets(nodes, needs, sourcing)) {
    if (!covers(set, needs)) continue;
    // The sum is not the whole truth where lines share an item or nodes share a quota: what counts is what can be booked.
    const taken = new Map([...lines].map(([index, line]) => [index, takeOnTime(line, among(candidates[index] ?? [], set, nodes))])); // prettier-ignore
    const whole = [...lines].every(([index, line]) => isWhole(line, taken.get(index) ?? []));
    // A set of which not every node ships is a smaller set, which has its own place in the order.
    if (whole && (nodes.length > EXACT_NODES || usedOf(taken).size === set.length)) return taken;
    for (const [index, parts] of taken) undoAll(candidates[index] ?? [], parts);
  }
  return new Map([...lines].map(([index, line]) => [index, takeOnTime(line, candidates[index] ?? [])]));
}

function usedOf(taken: ReadonlyMap<number, readonly Part[]>): Set<string> {
  return new Set([...taken.values()].flat().map((part) => part.node));
}
