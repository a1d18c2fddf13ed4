import { FIRST_DATE, DATED_CHANGES, RETIRED_DATES } from '#contracts/changes/dated-changes';
import type { DatedChange, DatedTransform } from '#contracts/changes/dated-change';
import { refusal } from '../pipeline/problems';

/** When something ends that is still served. */
export interface Ending {
  /** `YYYY-MM-DD`. */
  readonly since: string;
  readonly sunset: string;
}

/** The versions that have a date: which one a request is of, and the way between it and the newest. Pure. */
export class DatedVersions {
  readonly newest: string;
  /** Oldest first. */
  readonly served: readonly string[];
  /** `<date> <operation>` → the steps from that date to the newest. */
  private readonly steps = new Map<string, readonly DatedTransform[]>();
  private readonly endings = new Map<string, Ending>();

  /** `retired`: dates that were served once. */
  constructor(
    first: string = FIRST_DATE,
    changes: readonly DatedChange[] = DATED_CHANGES,
    private readonly retired: ReadonlySet<string> = new Set(RETIRED_DATES),
  ) {
    const dates = [first, ...changes.map(({ date }) => date)];
    if (dates.some((date, index) => index > 0 && date <= (dates[index - 1] ?? '')))
      throw new RangeError(`dated changes are not in order: ${dates.join(', ')}`);
    this.served = dates.filter((date) => !retired.has(date));
    this.newest = dates.at(-1) ?? first;
    for (const [index, { date, previousUntil }] of changes.entries())
      this.endings.set(dates[index] ?? first, { since: date, sunset: previousUntil });
    for (const date of this.served) this.addSteps(date, changes);
  }

  /** Which date a request is of: what it asks for, else what its credential is pinned to, else the newest. Errors: VERSION_UNKNOWN, VERSION_RETIRED. */
  of(asked: string | readonly string[] | undefined, pinned: string | null): string {
    if (asked === undefined && pinned === null) return this.newest;
    const date = asked === undefined ? (pinned ?? this.newest) : String(asked);
    if (this.served.includes(date)) return date;
    const served = `Crossdock-Version is one of ${this.served.join(', ')}`;
    if (this.retired.has(date)) throw refusal(410, 'VERSION_RETIRED', `${date} is no longer served: ${served}`);
    throw refusal(400, 'VERSION_UNKNOWN', served);
  }

  /** What was sent on that date, as the newest one says it. */
  upgraded(operation: string, date: string, body: unknown): unknown {
    return this.between(operation, date).reduce((seen, { request }) => request?.(seen) ?? seen, body);
  }

  /** Whether an answer has to be said otherwise for that date. */
  differs(operation: string, date: string): boolean {
    return this.between(operation, date).some(({ response }) => response !== undefined);
  }

  /** What the newest date answers, as that date says it: one step for each date between, the newest first. */
  downgraded(operation: string, date: string, body: unknown): unknown {
    return this.between(operation, date).reduceRight((seen, { response }) => response?.(seen) ?? seen, body);
  }

  /** Undefined for the newest date, which does not end. */
  ending(date: string): Ending | undefined {
    return this.endings.get(date);
  }

  /** Every date that is served and superseded. */
  superseded(): { date: string; ending: Ending }[] {
    return [...this.endings].filter(([date]) => this.served.includes(date)).map(([date, ending]) => ({ date, ending }));
  }

  private between(operation: string, date: string): readonly DatedTransform[] {
    return date === this.newest ? [] : (this.steps.get(`${date} ${operation}`) ?? []);
  }

  private addSteps(date: string, changes: readonly DatedChange[]): void {
    const later = changes.filter((change) => change.date > date);
    for (const operation of new Set(later.flatMap(({ operations }) => Object.keys(operations)))) {
      const transforms = later.flatMap(({ operations }) => operations[operation] ?? []);
      this.steps.set(`${date} ${operation}`, transforms);
    }
  }
}
