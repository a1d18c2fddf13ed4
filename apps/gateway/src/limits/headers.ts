import type { Policy, PolicyState, Verdict } from './gcra';

/** `"burst";q=100;w=60, "daily";q=10000;w=86400` */
export function policyHeader(policies: readonly Policy[]): string {
  return policies.map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`).join(', ');
}

/** The policy that binds first: of those violated the one that takes longest, else the one with the smallest part left. */
export function limitHeader({ allowed, states }: Verdict): string {
  const [first] = [...states].sort((a, b) => (allowed ? share(a) - share(b) : wait(b) - wait(a)));
  return first === undefined ? '' : `"${first.policy.name}";r=${first.remaining};t=${first.seconds}`;
}

/** Seconds after which a refused call would be allowed. */
export function retryAfter({ states }: Verdict): number {
  return Math.max(1, ...states.filter(({ violated }) => violated).map(({ seconds }) => seconds));
}

function share(state: PolicyState): number {
  return state.remaining / state.policy.quota;
}

function wait(state: PolicyState): number {
  return state.violated ? state.seconds : -1;
}
