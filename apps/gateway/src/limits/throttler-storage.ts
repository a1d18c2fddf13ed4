import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Limiter } from './gcra';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/**
 * The storage of @nestjs/throttler over our limiter. Its own one is a fixed window per address that blocks a whole window and
 * keeps its keys for ever (ADR on rate limits).
 */
export class GcraThrottlerStorage implements ThrottlerStorage {
  constructor(private readonly limiter: Limiter) {}

  /** `ttl` in milliseconds; the times answered are seconds. A refused hit is not counted, so nothing needs blocking. */
  async increment(
    key: string,
    ttl: number,
    limit: number,
    _blockDuration: number,
    throttlerName: string,
  ): Promise<ThrottlerRecord> {
    const policy = { name: throttlerName, quota: limit, windowSeconds: ttl / 1000 };
    const { allowed, states } = await this.limiter.take(key, [policy], 1);
    const { remaining = 0, seconds = 0 } = states[0] ?? {};
    return {
      totalHits: allowed ? limit - remaining : limit + 1,
      timeToExpire: seconds,
      isBlocked: !allowed,
      timeToBlockExpire: allowed ? 0 : seconds,
    };
  }
}
