import { localMoment, type Day, type LocalMoment } from './days';

export interface NodeFacts {
  readonly id: string;
  readonly timeZone: string;
  /** Lower ships first. */
  readonly priority: number;
  readonly active: boolean;
}

/** The nodes as they are now. A node that reference data does not know still counts when it has stock, after all others. */
export class NodeView {
  private readonly facts: ReadonlyMap<string, NodeFacts>;
  private earliest: Day | undefined;

  constructor(
    nodes: readonly NodeFacts[],
    private readonly now: Date,
  ) {
    this.facts = new Map(nodes.map((node) => [node.id, node]));
  }

  active(node: string): boolean {
    return this.facts.get(node)?.active ?? true;
  }

  /** Preferred first. */
  compare(a: string, b: string): number {
    return this.rank(a) - this.rank(b) || (a < b ? -1 : a > b ? 1 : 0);
  }

  /** The node's own date. */
  today(node: string): Day {
    return this.moment(node).day;
  }

  /** The node's own date and time. */
  moment(node: string): LocalMoment {
    return localMoment(this.now, this.facts.get(node)?.timeZone ?? 'UTC');
  }

  /** Whether reference data has it, active or not. True when the nodes could not be read. */
  knows(node: string): boolean {
    return this.facts.size === 0 || this.facts.has(node);
  }

  /** The date where the day begins last: before it, it is the past everywhere. */
  get earliestToday(): Day {
    const days = () => [...this.facts.keys()].map((node) => this.today(node));
    return (this.earliest ??= Math.min(...days(), localMoment(this.now, 'UTC').day));
  }

  /** Where demand that nothing covers is shown: the first active node that may serve it. */
  home(excluded: ReadonlySet<string>): string | undefined {
    return [...this.facts.values()]
      .filter((node) => node.active && !excluded.has(node.id))
      .map((node) => node.id)
      .sort((a, b) => this.compare(a, b))[0];
  }

  /** Its place in the order of preference; nodes of one rank go by name. */
  rank(node: string): number {
    return this.facts.get(node)?.priority ?? Number.MAX_SAFE_INTEGER;
  }
}
