import { LocalLimiter } from './local-limiter';
import type { Limiter, Policy, Verdict } from './gcra';

/** Longest a request waits for Redis. */
const PATIENCE_MS = 50;
/** After a failure Redis is left alone this long: requests go straight to the local limits. */
const AWAY_MS = 1000;

/** Redis while it answers; otherwise this process's part of each quota. Never a stall, never open. */
export class FallbackLimiter implements Limiter {
  private awayUntil = 0;

  constructor(
    private readonly shared: Limiter,
    private readonly instances: number,
    private readonly onFailure: (error: unknown) => void,
    private readonly local = new LocalLimiter(),
  ) {}

  async take(bucket: string, policies: readonly Policy[], cost: number): Promise<Verdict> {
    if (Date.now() < this.awayUntil) return this.part(bucket, policies, cost);
    try {
      return await within(PATIENCE_MS, this.shared.take(bucket, policies, cost));
    } catch (error) {
      this.awayUntil = Date.now() + AWAY_MS;
      this.onFailure(error);
      return this.part(bucket, policies, cost);
    }
  }

  private part(bucket: string, policies: readonly Policy[], cost: number): Verdict {
    const parts = policies.map((policy) => ({
      ...policy,
      quota: Math.max(1, Math.floor(policy.quota / this.instances)),
    }));
    return this.local.take(bucket, parts, cost);
  }
}

async function within<T>(milliseconds: number, work: T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(new Error(`no answer within ${milliseconds} ms`));
    // Timers come before sockets in a turn of the event loop: after work that took long, the answer may be there and not read yet.
    timer = setTimeout(() => setImmediate(giveUp), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
