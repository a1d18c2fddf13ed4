/**
 * Available-to-promise once more, to compare with: day by day on plain numbers, and every quantity found by trying it. Knows nothing
 * of running minima, change points or pegs.
 */
export interface Days {
  /** Usable on hand less safety stock and less what is held on hand. */
  readonly start: number;
  /** By day, today is 0. Same length. */
  readonly comes: readonly number[];
  readonly goes: readonly number[];
}

/** Whether so much more for a day leaves no shortage on that day or any later one. */
function survives({ start, comes, goes }: Days, day: number, quantity: number): boolean {
  let stock = start;
  for (let at = 0; at < comes.length; at += 1) {
    stock += (comes[at] ?? 0) - (goes[at] ?? 0);
    if (at === day) stock -= quantity;
    if (at >= day && stock < 0) return false;
  }
  return true;
}

export function slowPromisable(days: Days, day: number): number {
  let most = 0;
  for (let more = 256; more >= 1; more /= 2) if (survives(days, day, most + more)) most += more;
  return most;
}

export interface SlowRequest {
  readonly quantity: number;
  readonly day: number;
  readonly latest?: number | undefined;
  readonly complete?: boolean | undefined;
}

/** What a request gets, by day: as much as there is on each day from the one wanted on, or all of it on one day. */
export function slowPromise(days: Days, { quantity, day, latest = Infinity, complete = false }: SlowRequest): number[] {
  const given = days.comes.map(() => 0);
  let open = quantity;
  for (let at = day; at < given.length && at <= latest && open > 0; at += 1) {
    const goes = days.goes.map((each, index) => each + (given[index] ?? 0));
    const most = slowPromisable({ ...days, goes }, at);
    const part = complete && most < open ? 0 : Math.min(most, open);
    given[at] = part;
    open -= part;
  }
  return given;
}
