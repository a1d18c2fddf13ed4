import { gcra, verdict, type Limiter, type Policy, type Verdict } from './gcra';

/** Takes between two sweeps of buckets that are full again and so need no memory. */
const SWEEP_EVERY = 10_000;

/** The limits of one process. The same arithmetic as the Lua script, in memory. */
export class LocalLimiter implements Limiter {
  private readonly tats = new Map<string, number>();
  private takes = 0;

  constructor(private readonly nowMicros: () => number = () => Date.now() * 1000) {}

  take(bucket: string, policies: readonly Policy[], cost: number): Verdict {
    const now = this.nowMicros();
    const keys = policies.map((policy) => `${bucket}|${policy.name}`);
    const before = keys.map((key) => this.tats.get(key) ?? 0);
    const { allowed, tats } = gcra(policies, before, cost, now);
    for (const [index, key] of keys.entries()) {
      const [was = 0, is = now] = [before[index], tats[index]];
      // Refused: kept only when a new plan has brought it nearer.
      if (allowed || is < was) this.tats.set(key, is);
    }
    this.sweep(now);
    return verdict(policies, tats, cost, now, allowed);
  }

  private sweep(now: number): void {
    this.takes += 1;
    if (this.takes % SWEEP_EVERY !== 0) return;
    for (const [key, tat] of this.tats) if (tat <= now) this.tats.delete(key);
  }
}
