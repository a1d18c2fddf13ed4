/**
 * A change that breaks who wrote against the contract before it, small enough not to be a new major version: who is pinned to an older date
 * is served by its transforms, one step per date. Contracts under openapi/ say what holds on the newest date.
 */
export interface DatedChange {
  /** `YYYY-MM-DD`: from this date on it is so. @example "2026-11-01" */
  readonly date: string;
  /** Until this day the date before is served, 24 months at least. */
  readonly previousUntil: string;
  readonly operations: Readonly<Record<string, DatedTransform>>;
}
export interface DatedTransform {
  /** A request of the date before, said as on this date. Nobody has checked it yet: what is not as it was is passed on as it is. */
  readonly request?: (body: unknown) => unknown;
  /** A success of this date, said as on the date before. */
  readonly response?: (body: unknown) => unknown;
}
