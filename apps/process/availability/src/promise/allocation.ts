import { floorTo } from './packs';
import { greatest, least, type Micro } from './quantity';

/** How scarce supply is shared out. FCFS: first come, first served. */
export type BackorderRule = 'FCFS' | 'PRIORITY' | 'FAIR_SHARE';

/** A demand that waits. */
export interface Claim {
  readonly id: string;
  readonly quantity: Micro;
  /** 1 is served before 2. */
  readonly priority: number;
  /** Day for which it was requested. */
  readonly requested: number;
  /** Any number that grows with the time of the order. */
  readonly ordered: number;
  /** Already promised to it, out of the same supply: kept whatever the rule. 0 when absent. */
  readonly confirmed?: Micro | undefined;
}

/**
 * Shares supply among backorders (domain/atp.md §4, E13): by id, what each gets in all. FCFS goes by time of order, PRIORITY by
 * priority, requested day, time of order; FAIR_SHARE gives each the same part of what it asks for, in whole `unit`s, and
 * what rounding leaves to the highest priority that still needs some.
 */
export function allocate(
  supply: Micro,
  claims: readonly Claim[],
  rule: BackorderRule,
  unit: Micro,
): Map<string, Micro> {
  const given = new Map(claims.map((claim) => [claim.id, least(claim.confirmed ?? 0n, claim.quantity)]));
  const left = [...given.values()].reduce((rest, each) => rest - each, supply);
  const free = greatest(left, 0n);
  const rest = rule === 'FAIR_SHARE' ? share(free, claims, given, unit) : free;
  const order = [...claims].sort(rule === 'FCFS' ? byTime : byPriority);
  handOut(rest, order, given);
  return given;
}

/** Returns what rounding left. */
function share(supply: Micro, claims: readonly Claim[], given: Map<string, Micro>, unit: Micro): Micro {
  const wanted = claims.map((claim) => ({ id: claim.id, quantity: claim.quantity - (given.get(claim.id) ?? 0n) }));
  const total = wanted.reduce((sum, { quantity }) => sum + quantity, 0n);
  if (total <= supply) return supply;
  let left = supply;
  for (const { id, quantity } of wanted) {
    const part = floorTo((quantity * supply) / total, unit);
    given.set(id, (given.get(id) ?? 0n) + part);
    left -= part;
  }
  return left;
}

function handOut(supply: Micro, order: readonly Claim[], given: Map<string, Micro>): void {
  let left = supply;
  for (const { id, quantity } of order) {
    const own = given.get(id) ?? 0n;
    const part = least(left, quantity - own);
    given.set(id, own + part);
    left -= part;
  }
}

function byTime(a: Claim, b: Claim): number {
  return a.ordered - b.ordered;
}

function byPriority(a: Claim, b: Claim): number {
  return a.priority - b.priority || a.requested - b.requested || a.ordered - b.ordered;
}
