import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { FallbackLimiter } from './fallback-limiter';
import { LocalLimiter } from './local-limiter';
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

const calls = fc.array(fc.tuple(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 1, max: 9 })), {
  minLength: 1,
  maxLength: 25,
});
const quotas = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 3 });

describe('the Lua twin', () => {
  it('decides as the one in the process does', async () => {
    await fc.assert(
      fc.asyncProperty(quotas, calls, async (sizes, takes) => {
        const policies = sizes.map((quota, index) => ({ name: `p${index}`, quota, windowSeconds: 7 }));
        const bucket = randomUUID();
        let now = Date.now() * 1000;
        const local = new LocalLimiter(() => now);
        const redis = new RedisLimiter(client, () => now);
        for (const [pause, cost] of takes) {
          now += pause;
          expect(await redis.take(bucket, policies, cost)).toEqual(local.take(bucket, policies, cost));
        }
      }),
      { numRuns: 60 },
    );
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
