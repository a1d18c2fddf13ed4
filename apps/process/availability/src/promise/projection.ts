import type { Day } from './days';
import { least, type Micro } from './quantity';

/** So much comes, or is needed, on a day. */
export interface Flow {
  readonly day: Day;
  readonly quantity: Micro;
}

export interface Projection {
  /** Usable on hand − commitments on hand − safety stock. May be negative. */
  readonly start: Micro;
  readonly supplies: readonly Flow[];
  readonly demands: readonly Flow[];
  readonly today: Day;
}

/** The balance from `day` until the day of the next step. */
export interface Step {
  readonly day: Day;
  /** Projected available balance (PAB) at the end of the day; negative is a shortage. */
  readonly projected: Micro;
  /** Available to promise: the least PAB from this day on, never below 0. */
  readonly promisable: Micro;
}

/**
 * Cumulative available-to-promise with look-ahead (domain/atp.md §2): PAB as a running sum, then each day takes the lowest
 * later value, so a promise never eats what a later, already booked demand counts on. Only days on which something
 * changes become steps; the first is today. What was due earlier counts today.
 */
export function project({ start, supplies, demands, today }: Projection): Step[] {
  const net = new Map<Day, Micro>([[today, start]]);
  for (const { day, quantity } of supplies) book(net, day, quantity, today);
  for (const { day, quantity } of demands) book(net, day, -quantity, today);
  const days = [...net.keys()].sort((a, b) => a - b);
  let balance = 0n;
  const balances = days.map((day) => (balance += net.get(day) ?? 0n));
  const promisable = lookAhead(balances);
  return days.map((day, index) => ({ day, projected: balances[index] ?? 0n, promisable: promisable[index] ?? 0n }));
}

/** The least balance from each bucket on, never below 0. */
export function lookAhead(balances: readonly Micro[]): Micro[] {
  const row: Micro[] = new Array<Micro>(balances.length);
  let lowest: Micro | undefined;
  for (let index = balances.length - 1; index >= 0; index -= 1) {
    const balance = balances[index] ?? 0n;
    lowest = lowest === undefined ? balance : least(lowest, balance);
    row[index] = lowest > 0n ? lowest : 0n;
  }
  return row;
}

function book(net: Map<Day, Micro>, day: Day, quantity: Micro, today: Day): void {
  const bucket = day < today ? today : day;
  net.set(bucket, (net.get(bucket) ?? 0n) + quantity);
}

/** The step that holds on a day; days before the first are the first. */
export function stepOn(steps: readonly Step[], day: Day): Step | undefined {
  let found = steps[0];
  for (const step of steps) {
    if (step.day > day) break;
    found = step;
  }
  return found;
}

/**
 * Which supply can be trusted: one that should have come before today has slipped and proves nothing. Up to `fence`
 * days late it counts for tomorrow, later not at all; what is due beyond the horizon does not count either.
 */
export function trusted<T extends Flow>(supplies: readonly T[], today: Day, fence: number, horizon: number): T[] {
  return supplies.flatMap((supply) => {
    if (supply.day > today + horizon || supply.day < today - fence) return [];
    return [supply.day < today ? { ...supply, day: today + 1 } : supply];
  });
}
