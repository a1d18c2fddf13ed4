import { least, type Micro } from './quantity';

/** What a good choice of nodes is. EARLIEST_DATE: done soonest, then the least quantity × days late. */
export type Objective = 'EARLIEST_DATE' | 'FEWEST_SHIPMENTS' | 'LOWEST_COST' | 'NODE_PRIORITY';

export interface Sourcing {
  /** The first aim that tells two plans apart decides; what is not named follows in the order of `DEFAULT_OBJECTIVE`. */
  readonly objective: readonly Objective[];
  /** What a shipment from a node costs, or its distance: any unit, 0 or more. All alike when absent. */
  readonly cost?: ((node: string) => number) | undefined;
}

export const DEFAULT_OBJECTIVE: readonly Objective[] = [
  'EARLIEST_DATE',
  'FEWEST_SHIPMENTS',
  'LOWEST_COST',
  'NODE_PRIORITY',
];
export const DEFAULT_SOURCING: Sourcing = { objective: DEFAULT_OBJECTIVE };

/** Up to so many nodes every set of them is compared; beyond, one set is grown node by node and may be too large. */
export const EXACT_NODES = 8;

/** The objective with the aims it does not name. */
export function aimsOf({ objective }: Sourcing): readonly Objective[] {
  if (objective === DEFAULT_OBJECTIVE) return objective;
  return [...objective, ...DEFAULT_OBJECTIVE.filter((aim) => !objective.includes(aim))];
}

/** What a line needs and what each node (by its index) can give. */
export interface Need {
  readonly quantity: Micro;
  readonly available: readonly Micro[];
}

/** Sets of nodes by index, the best first as far as the date does not matter. `nodes` come in order of priority. */
export function nodeSets(nodes: readonly string[], needs: readonly Need[], sourcing: Sourcing): readonly number[][] {
  if (nodes.length > EXACT_NODES) return grownSets(nodes, needs, sourcing);
  const sets = Array.from({ length: 2 ** nodes.length - 1 }, (_, mask) =>
    [...nodes.keys()].filter((node) => ((mask + 1) >> node) & 1),
  );
  return sets.sort((a, b) => compareSets(a, b, nodes, sourcing));
}

/** Below 0: `a` is better. The date is another's matter. */
export function compareSets(
  a: readonly number[],
  b: readonly number[],
  nodes: readonly string[],
  sourcing: Sourcing,
): number {
  // prettier-ignore
  for (const aim of aimsOf(sourcing)) {
    const difference = compareBy(aim, a, b, nodes, sourcing);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function compareBy(
  aim: Objective,
  a: readonly number[],
  b: readonly number[],
  nodes: readonly string[],
  sourcing: Sourcing,
): number {
  // prettier-ignore
  if (aim === 'FEWEST_SHIPMENTS') return a.length - b.length;
  if (aim === 'LOWEST_COST') return costOf(a, nodes, sourcing) - costOf(b, nodes, sourcing);
  if (aim === 'NODE_PRIORITY') return comparePriority(a, b);
  return 0;
}

/** Whether these nodes together give every line what it needs. */
export function covers(set: readonly number[], needs: readonly Need[]): boolean {
  return needs.every(({ quantity, available }) => set.reduce((sum, node) => sum + (available[node] ?? 0n), 0n) >= quantity); // prettier-ignore
}

function costOf(set: readonly number[], nodes: readonly string[], { cost }: Sourcing): number {
  return cost ? set.reduce((sum, node) => sum + cost(nodes[node] ?? ''), 0) : 0;
}

/** The set with the more preferred nodes; of two where one only has a node more, the smaller. */
function comparePriority(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < a.length && index < b.length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Greedy: again and again the node that completes the most lines, then helps the most, then is preferred. Last the set of all. */
function grownSets(nodes: readonly string[], needs: readonly Need[], sourcing: Sourcing): number[][] {
  const all = [...nodes.keys()];
  const order = [...all].sort((a, b) => compareSets([a], [b], nodes, sourcing));
  const chosen: number[] = [];
  const open = needs.map((need) => need.quantity);
  while (open.some((quantity) => quantity > 0n) && chosen.length < all.length) {
    let best: number | undefined;
    let most = -1;
    for (const node of order) {
      if (chosen.includes(node)) continue;
      const gain = gainOf(node, needs, open);
      if (gain > most) [best, most] = [node, gain];
    }
    if (best === undefined) break;
    const node = best;
    chosen.push(node);
    needs.forEach(({ available }, line) => (open[line] = (open[line] ?? 0n) - least(open[line] ?? 0n, available[node] ?? 0n))); // prettier-ignore
  }
  return [chosen.sort((a, b) => a - b), all];
}

function gainOf(node: number, needs: readonly Need[], open: readonly Micro[]): number {
  let gain = 0;
  needs.forEach(({ available }, line) => {
    const wanted = open[line] ?? 0n;
    const given = available[node] ?? 0n;
    if (wanted > 0n && given > 0n) gain += given >= wanted ? needs.length + 1 : 1;
  });
  return gain;
}
