import type { LocalMoment } from './calendar';
import { localDay, localMinute, type Day } from './days';

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
  private readonly days = new Map<string, Day>();

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
    const timeZone = this.facts.get(node)?.timeZone ?? 'UTC';
    let day = this.days.get(timeZone);
    if (day === undefined) {
      day = localDay(this.now, timeZone);
      this.days.set(timeZone, day);
    }
    return day;
  }

  /** The node's own date and time. */
  moment(node: string): LocalMoment {
    return { day: this.today(node), minute: localMinute(this.now, this.facts.get(node)?.timeZone ?? 'UTC') };
  }

  /** Whether reference data has it, active or not. True when the nodes could not be read. */
  knows(node: string): boolean {
    return this.facts.size === 0 || this.facts.has(node);
  }

  /** The date where the day begins last: before it, it is the past everywhere. */
  get earliestToday(): Day {
    return Math.min(...[...this.facts.keys()].map((node) => this.today(node)), localDay(this.now, 'UTC'));
  }

  /** Where demand that nothing covers is shown: the first active node that may serve it. */
  home(excluded: ReadonlySet<string>): string | undefined {
    return [...this.facts.values()]
      .filter((node) => node.active && !excluded.has(node.id))
      .map((node) => node.id)
      .sort((a, b) => this.compare(a, b))[0];
  }

  private rank(node: string): number {
    return this.facts.get(node)?.priority ?? Number.MAX_SAFE_INTEGER;
  }
}
