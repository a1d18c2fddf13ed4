/** So many units in so many seconds. Several hold together: a call takes from all of them or from none. */
export interface Policy {
  /** Shown to the partner. @example "burst" */
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
}

export interface PolicyState {
  readonly policy: Policy;
  /** Whole units left now. */
  readonly remaining: number;
  /** Allowed: seconds until the quota is full again. Violated: seconds until this call would be allowed. */
  readonly seconds: number;
  readonly violated: boolean;
}

export interface Verdict {
  readonly allowed: boolean;
  readonly states: readonly PolicyState[];
}

/** Takes `cost` units from every policy of the bucket at once, or nothing. */
export interface Limiter {
  /** At once where the limits are kept in this process. */
  take(bucket: string, policies: readonly Policy[], cost: number): Verdict | Promise<Verdict>;
}

/** One unit returns every so many microseconds. Whole microseconds, so that doubles here and in Lua are exact. */
export function interval(policy: Policy): number {
  return Math.ceil((policy.windowSeconds * 1_000_000) / policy.quota);
}

/**
 * GCRA over several policies. `tats` are their theoretical arrival times (microseconds; 0 when never used). A call is
 * allowed when each new arrival time stays within its window from now. Answers the arrival times to keep.
 */
export function gcra(
  policies: readonly Policy[],
  tats: readonly number[],
  cost: number,
  now: number,
): { allowed: boolean; tats: number[] } {
  const bases = policies.map((policy, index) => base(policy, tats[index] ?? 0, now));
  const next = policies.map((policy, index) => (bases[index] ?? now) + weight(policy, cost) * interval(policy));
  const allowed = policies.every((policy, index) => (next[index] ?? now) - now <= capacity(policy));
  return { allowed, tats: allowed ? next : bases };
}

/** Nobody waits longer than for a quota that is wholly used: a plan that gives more than the one before is felt at once. */
function base(policy: Policy, tat: number, now: number): number {
  return Math.min(Math.max(tat, now), now + capacity(policy));
}

/** What the arrival times after a decision mean for the caller. */
export function verdict(
  policies: readonly Policy[],
  tats: readonly number[],
  cost: number,
  now: number,
  allowed: boolean,
): Verdict {
  return {
    allowed,
    states: policies.map((policy, index) => {
      const used = (tats[index] ?? now) - now;
      const over = used + weight(policy, cost) * interval(policy) - capacity(policy);
      const violated = !allowed && over > 0;
      return {
        policy,
        remaining: Math.max(0, Math.floor((capacity(policy) - used) / interval(policy))),
        seconds: Math.ceil((violated ? over : used) / 1_000_000),
        violated,
      };
    }),
  };
}

function capacity(policy: Policy): number {
  return interval(policy) * policy.quota;
}

/** A call dearer than the whole quota would never be allowed: it takes the whole quota instead. */
function weight(policy: Policy, cost: number): number {
  return Math.min(cost, policy.quota);
}
