import type { Policy, PolicyState, Verdict } from './gcra';

/** A plan's policies are one list for as long as its key is believed: their header is written once for all its requests. */
const writtenPolicies = new WeakMap<readonly Policy[], string>();

/** `"burst";q=100;w=60, "daily";q=10000;w=86400` */
export function policyHeader(policies: readonly Policy[]): string {
  const known = writtenPolicies.get(policies);
  if (known !== undefined) return known;
  const header = policies.map(({ name, quota, windowSeconds }) => `"${name}";q=${quota};w=${windowSeconds}`).join(', ');
  writtenPolicies.set(policies, header);
  return header;
}

/** The policy that binds first: of those violated the one that takes longest, else the one with the smallest part left. */
export function limitHeader({ allowed, states }: Verdict): string {
  let first = states[0];
  for (const each of states)
    if (first !== undefined && (allowed ? share(each) < share(first) : wait(each) > wait(first))) first = each;
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
