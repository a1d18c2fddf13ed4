import * as fc from 'fast-check';
import { afterRaise, exactly, said, START, textOf, traces } from '../../test/limit-traces';
import { limitHeader, policyHeader, retryAfter } from './headers';
import { LocalLimiter } from './local-limiter';
import { GcraThrottlerStorage } from './throttler-storage';

const takes = fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000_000 }), fc.integer({ min: 1, max: 20 })), {
  maxLength: 60,
});

describe('GCRA', () => {
  it('agrees with exact integers in 10,000 traces, for any policies, times and costs', () => {
    fc.assert(
      fc.property(traces, (trace) => {
        let now = START;
        const limiter = new LocalLimiter(() => now);
        const answers = trace.calls.map(([pause, cost]) => {
          now += pause;
          return said(limiter.take('b', trace.policies, cost));
        });
        expect(textOf(answers)).toBe(textOf(exactly(trace)));
      }),
      { numRuns: 10_000 },
    );
  });

  it('never admits more than a quota at once, and no more than two in any window', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), takes, (quota, calls) => {
        const policy = { name: 'p', quota, windowSeconds: 10 };
        let now = 1_760_000_000_000_000;
        const limiter = new LocalLimiter(() => now);
        const admitted: number[] = [];
        for (const [pause] of calls) {
          now += pause % 3_000_000;
          if (limiter.take('b', [policy], 1).allowed) admitted.push(now);
        }
        for (const start of admitted) {
          expect(admitted.filter((at) => at >= start && at - start < 10_000_000).length).toBeLessThanOrEqual(2 * quota);
        }
      }),
    );
  });

  it('takes from all policies or from none: a refused call costs nothing', () => {
    const limiter = new LocalLimiter(() => 1_000_000);
    const small = { name: 'small', quota: 1, windowSeconds: 60 };
    const large = { name: 'large', quota: 10, windowSeconds: 60 };
    expect(limiter.take('b', [small, large], 1).allowed).toBe(true);
    for (let call = 0; call < 5; call += 1) expect(limiter.take('b', [small, large], 1).allowed).toBe(false);
    expect(limiter.take('b', [large], 1).states[0]?.remaining).toBe(8);
  });

  it('admits again exactly when it said it would', () => {
    let now = 1_000_000;
    const limiter = new LocalLimiter(() => now);
    const policy = { name: 'p', quota: 3, windowSeconds: 60 };
    for (let call = 0; call < 3; call += 1) limiter.take('b', [policy], 1);
    const wait = retryAfter(limiter.take('b', [policy], 1));
    now += wait * 1_000_000 - 1;
    expect(limiter.take('b', [policy], 1).allowed).toBe(false);
    now += 1;
    expect(limiter.take('b', [policy], 1).allowed).toBe(true);
  });

  it('fills up at the pace of a new plan at once, however long the old one would have taken', async () => {
    let now = START;
    const limiter = new LocalLimiter(() => now);
    const allowed = await afterRaise((policy, at) => {
      now = at;
      return limiter.take('b', [policy], 1);
    });
    expect(allowed).toEqual([false, ...Array<boolean>(10).fill(true), false]);
  });

  it('lets a call dearer than the quota take the whole quota instead of never passing', () => {
    const limiter = new LocalLimiter(() => 1_000_000);
    expect(limiter.take('b', [{ name: 'p', quota: 2, windowSeconds: 60 }], 10).allowed).toBe(true);
  });
});

describe('limit headers', () => {
  const burst = { name: 'burst', quota: 100, windowSeconds: 60 };
  const daily = { name: 'daily', quota: 10_000, windowSeconds: 86_400 };

  it('are those of the standard', () => {
    expect(policyHeader([burst, daily])).toBe('"burst";q=100;w=60, "daily";q=10000;w=86400');
  });

  it('show the policy that binds first', () => {
    const state = { seconds: 30, violated: false };
    const verdict = {
      allowed: true,
      states: [
        { ...state, policy: burst, remaining: 50 },
        { ...state, policy: daily, remaining: 9_000 },
      ],
    };
    expect(limitHeader(verdict)).toBe('"burst";r=50;t=30');
  });
});

describe('storage of the throttler', () => {
  it('counts hits within the limit and blocks the next', async () => {
    const storage = new GcraThrottlerStorage(new LocalLimiter(() => 1_000_000));
    const hits = [];
    for (let call = 0; call < 3; call += 1) hits.push(await storage.increment('k', 60_000, 2, 0, 'inbound'));
    expect(hits.map(({ totalHits, isBlocked }) => [totalHits, isBlocked])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
    expect(hits[2]?.timeToBlockExpire).toBe(30);
  });
});
