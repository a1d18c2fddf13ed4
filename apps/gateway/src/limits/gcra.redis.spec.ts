import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterRaise, exactly, said, START, textOf, traces } from '../../test/limit-traces';
import { FallbackLimiter } from './fallback-limiter';
import { newRedisClient, RedisLimiter, type RedisClient } from './redis-limiter';

// Needs a Redis: REDIS_URL, else the default address. Without one it fails; it does not pass in silence.
const url = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
let client: RedisClient;

beforeAll(async () => {
  client = newRedisClient(url);
  client.on('error', () => undefined);
  await client.connect();
});
afterAll(() => client.destroy());

/** Traces that are under way together; the calls of one go out in their order on one connection. */
const TOGETHER = 250;

describe('the Lua twin', () => {
  it('agrees with exact integers in 10,000 traces, as the one in the process does', async () => {
    const sample = fc.sample(traces, { numRuns: 10_000 });
    for (let first = 0; first < sample.length; first += TOGETHER) {
      const asked = sample.slice(first, first + TOGETHER).map(async (trace) => {
        let now = START;
        const bucket = randomUUID();
        const redis = new RedisLimiter(client, () => now);
        const verdicts = trace.calls.map(([pause, cost]) => {
          now += pause;
          return redis.take(bucket, trace.policies, cost);
        });
        expect(textOf((await Promise.all(verdicts)).map(said))).toBe(textOf(exactly(trace)));
      });
      await Promise.all(asked);
    }
  });

  it('holds over many gateways at once: exactly the quota is admitted', async () => {
    const others = await Promise.all([1, 2, 3].map(async () => newRedisClient(url).connect()));
    const limiters = [client, ...others].map((each) => new RedisLimiter(each));
    const policies = [
      { name: 'burst', quota: 50, windowSeconds: 3600 },
      { name: 'daily', quota: 1000, windowSeconds: 86_400 },
    ];
    const bucket = randomUUID();
    const verdicts = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        (limiters[index % 4] ?? new RedisLimiter(client)).take(bucket, policies, 1),
      ),
    );
    expect(verdicts.filter((verdict) => verdict.allowed)).toHaveLength(50);
    others.forEach((each) => each.destroy());
  });

  it('fills up at the pace of a new plan at once, however long the old one would have taken', async () => {
    const bucket = randomUUID();
    const allowed = await afterRaise((policy, now) => new RedisLimiter(client, () => now).take(bucket, [policy], 1));
    expect(allowed).toEqual([false, ...Array<boolean>(10).fill(true), false]);
  });

  it('is loaded again after the scripts were flushed, and keys end by themselves', async () => {
    await client.scriptFlush();
    const bucket = randomUUID();
    await new RedisLimiter(client).take(bucket, [{ name: 'p', quota: 10, windowSeconds: 60 }], 1);
    const left = await client.pTTL(`crossdock:limit:{${bucket}}:p`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(66_000);
  });

  it('gives way to local limits when the connection is closed, and does not wait for it', async () => {
    const closed = newRedisClient(url);
    const limiter = new FallbackLimiter(new RedisLimiter(closed), 1, () => undefined);
    expect((await limiter.take(randomUUID(), [{ name: 'p', quota: 1, windowSeconds: 60 }], 1)).allowed).toBe(true);
  });
});
