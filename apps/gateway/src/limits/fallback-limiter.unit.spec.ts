import { FallbackLimiter } from './fallback-limiter';
import type { Limiter } from './gcra';
import { LocalLimiter } from './local-limiter';

const policy = { name: 'burst', quota: 40, windowSeconds: 60 };

/** What a Redis is that neither answers nor refuses. */
const stalled: Limiter = { take: () => new Promise(() => undefined) };
const away: Limiter = { take: () => Promise.reject(new Error('connection refused')) };

describe('limits while Redis is away', () => {
  it.each([
    ['stalled', stalled],
    ['refusing', away],
  ])('are this process’s part of each quota, within 50 ms and never open: %s', async (_, shared) => {
    const failures: unknown[] = [];
    const limiter = new FallbackLimiter(shared, 4, (error) => failures.push(error));
    const started = performance.now();
    const verdicts = [];
    for (let call = 0; call < 12; call += 1) verdicts.push(await limiter.take('b', [policy], 1));
    expect(performance.now() - started).toBeLessThan(150);
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect(failures).toHaveLength(1);
  });

  it('are not taken because this process was busy while Redis answered', async () => {
    const pair = new MessageChannel();
    // An answer that has arrived, and is read by the event loop like any other.
    const answering: Limiter = {
      take: (bucket, policies, cost) =>
        new Promise((resolve) => {
          pair.port1.once('message', () => resolve(new LocalLimiter().take(bucket, policies, cost)));
          pair.port2.postMessage('answer');
        }),
    };
    const failures: unknown[] = [];
    // From here timers are looked at next, then what came from outside.
    await new Promise(setImmediate);
    const asked = new FallbackLimiter(answering, 4, (error) => failures.push(error)).take('b', [policy], 1);
    for (const busyUntil = performance.now() + 80; performance.now() < busyUntil;);
    expect((await asked).states[0]?.remaining).toBe(39);
    expect(failures).toEqual([]);
    pair.port1.close();
  });

  it('give at least one unit to every process', async () => {
    const limiter = new FallbackLimiter(away, 100, () => undefined);
    expect((await limiter.take('b', [policy], 1)).allowed).toBe(true);
  });
});
