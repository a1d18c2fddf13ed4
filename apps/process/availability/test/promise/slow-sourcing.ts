import type { Objective } from '../../src/promise/sourcing';

export interface SlowLine {
  readonly quantity: number;
  readonly pack: number;
  /** By node, then by day: all that is there by then. */
  readonly there: readonly (readonly number[])[];
}

/** What an order gets: nodes by index, the preferred first. */
export interface Outcome {
  readonly nodes: readonly number[];
  readonly uncovered: number;
  readonly lastDay: number;
  /** Σ quantity × days late. */
  readonly lateness: number;
}

/** What every set of nodes could do for the order, each line as early as the set has it, whole packs per node. */
export function everySet(lines: readonly SlowLine[], nodes: number): Outcome[] {
  const sets = Array.from({ length: 2 ** nodes - 1 }, (_, mask) =>
    Array.from({ length: nodes }, (_node, node) => node).filter((node) => Math.floor((mask + 1) / 2 ** node) % 2 === 1),
  );
  return sets.map((set) => outcomeOf(lines, set));
}

function outcomeOf(lines: readonly SlowLine[], set: readonly number[]): Outcome {
  const outcome = { nodes: set, uncovered: 0, lastDay: -Infinity, lateness: 0 };
  for (const { quantity, pack, there } of lines) {
    let given = 0;
    const days = there[0]!.length;
    for (let day = 0; day < days; day += 1) {
      const packs = set.reduce((sum, node) => sum + Math.floor(there[node]![day]! / pack), 0);
      const by = Math.min(Math.floor(quantity / pack), packs) * pack;
      if (by > given) outcome.lastDay = Math.max(outcome.lastDay, day);
      outcome.lateness += (by - given) * day;
      given = by;
    }
    outcome.uncovered += quantity - given;
  }
  return outcome;
}

/** Sets that no smaller one replaces. */
export function needed(outcomes: readonly Outcome[]): Outcome[] {
  const alike = (a: Outcome, b: Outcome) => a.uncovered === b.uncovered && a.lastDay === b.lastDay && a.lateness === b.lateness; // prettier-ignore
  const within = (a: Outcome, b: Outcome) => a.nodes.length < b.nodes.length && a.nodes.every((node) => b.nodes.includes(node)); // prettier-ignore
  return outcomes.filter((each) => !outcomes.some((other) => within(other, each) && alike(other, each)));
}

/** Whether `a` fulfils the aims better; what is promised at all goes before. */
export function better(a: Outcome, b: Outcome, aims: readonly Objective[], cost: readonly number[]): boolean {
  const marks = (outcome: Outcome) => [
    outcome.uncovered,
    ...aims.flatMap((aim) => {
      if (aim === 'EARLIEST_DATE') return [outcome.lastDay, outcome.lateness];
      if (aim === 'FEWEST_SHIPMENTS') return [outcome.nodes.length];
      if (aim === 'LOWEST_COST') return [outcome.nodes.reduce((sum, node) => sum + cost[node]!, 0)];
      // -1: of two where one only has a node more, the smaller.
      return cost.map((_, place) => outcome.nodes[place] ?? -1);
    }),
  ];
  const [left, right] = [marks(a), marks(b)];
  const place = left.findIndex((mark, index) => mark !== right[index]);
  return place >= 0 && left[place]! < right[place]!;
}
