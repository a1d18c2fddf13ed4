import * as fc from 'fast-check';
import type { Policy, Verdict } from '../src/limits/gcra';

/** Calls after one another: what holds, and for each call the pause before it in microseconds and what it costs. */
interface Trace {
  readonly policies: readonly Policy[];
  readonly calls: readonly (readonly [pause: number, cost: number])[];
}

export const START = 1_760_000_000_000_000;

/** A plan of one call a year, used, and the plan that replaces it: so many calls of it are allowed of eleven, six seconds later. */
export async function afterRaise(
  take: (policy: Policy, now: number) => Verdict | Promise<Verdict>,
): Promise<boolean[]> {
  await take({ name: 'burst', quota: 1, windowSeconds: 31_536_000 }, START);
  const raised = { name: 'burst', quota: 100, windowSeconds: 60 };
  const later = [0, ...Array.from({ length: 11 }, () => 6_000_000)];
  const allowed: boolean[] = [];
  for (const pause of later) allowed.push((await take(raised, START + pause)).allowed);
  return allowed;
}

const shape = fc.record({
  quota: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 1_000_000_000 })),
  windowSeconds: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 31_536_000 })),
});
const pause = fc.oneof(
  fc.constant(0),
  fc.integer({ max: 5_000_000, min: 0 }),
  fc.integer({ max: 90_000_000_000, min: 0 }),
);
const cost = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 1_000_000 }));

/** Up to five policies with small and with extreme numbers, some full within a few calls. */
export const traces: fc.Arbitrary<Trace> = fc.record({
  policies: fc
    .array(shape, { minLength: 1, maxLength: 5 })
    .map((shapes) => shapes.map((each, index) => ({ ...each, name: `p${index}` }))),
  calls: fc.array(fc.tuple(pause, cost), { minLength: 1, maxLength: 12 }),
});

/** What a decision says, in whole numbers that have no largest one. */
interface Said {
  readonly allowed: boolean;
  readonly remaining: readonly bigint[];
  readonly seconds: readonly bigint[];
}

/** The rule of the limiter in exact integers, written apart: a bucket for each policy that leaks one unit each interval. */
class ExactLimiter {
  private readonly tats = new Map<string, bigint>();

  take(policies: readonly Policy[], cost: number, now: bigint): Said {
    const looked = policies.map(({ name, quota, windowSeconds }) => {
      const each = divideUp(BigInt(windowSeconds) * 1_000_000n, BigInt(quota));
      const old = this.tats.get(name) ?? 0n;
      const base = old > now ? old : now;
      return { name, each, base, next: base + BigInt(Math.min(cost, quota)) * each, room: each * BigInt(quota) };
    });
    const allowed = looked.every(({ next, room }) => next - now <= room);
    if (allowed) looked.forEach(({ name, next }) => this.tats.set(name, next));
    const used = looked.map(({ base, next }) => (allowed ? next : base) - now);
    return {
      allowed,
      remaining: looked.map(({ each, room }, index) => atLeastNothing((room - used[index]!) / each)),
      seconds: looked.map(({ next, room }, index) => {
        const over = next - now - room;
        return divideUp(!allowed && over > 0n ? over : used[index]!, 1_000_000n);
      }),
    };
  }
}

/** What the exact limiter says to each call of a trace. */
export function exactly({ policies, calls }: Trace): Said[] {
  const exact = new ExactLimiter();
  let now = BigInt(START);
  return calls.map(([pause, cost]) => exact.take(policies, cost, (now += BigInt(pause))));
}

export function said({ allowed, states }: Verdict): Said {
  return {
    allowed,
    remaining: states.map(({ remaining }) => BigInt(remaining)),
    seconds: states.map(({ seconds }) => BigInt(seconds)),
  };
}

/** As text: comparing texts is many times faster than comparing structures, and a difference is as easy to read. */
export function textOf(answers: readonly Said[]): string {
  return answers
    .map(({ allowed, remaining, seconds }) => `${allowed ? 'yes' : 'no'} ${remaining.join(',')} ${seconds.join(',')}`)
    .join('\n');
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by;
}

function atLeastNothing(value: bigint): bigint {
  return value < 0n ? 0n : value;
}
