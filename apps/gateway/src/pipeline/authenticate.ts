import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import type { Operation } from '../documents/operations';
import { limitHeader, policyHeader, retryAfter } from '../limits/headers';
import type { Limiter, Verdict } from '../limits/gcra';
import type { KeyRing } from '../partners/key-ring';
import type { KeyRow } from '../partners/partners.store';
import { andThen, type NowOrLater } from './at-once';

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

/** Who calls. Errors: UNAUTHENTICATED, the same words for every cause but a missing key. */
export function authenticate(request: FastifyRequest, keys: KeyRing): NowOrLater<KeyRow> {
  const header = request.headers.authorization;
  if (header === undefined) {
    throw new CrossdockError({
      code: 'UNAUTHENTICATED',
      kind: 'unauthenticated',
      message: 'send your key as "Authorization: Bearer <key>"',
    });
  }
  const text = BEARER.exec(header)?.[1];
  return andThen(text === undefined ? undefined : keys.find(text), (key) => {
    if (key === undefined)
      throw new CrossdockError({ code: 'UNAUTHENTICATED', kind: 'unauthenticated', message: 'the key is not valid' });
    request.caller = { partner: key.partner, scopes: key.scopes, mode: key.mode, keyId: key.id };
    return key;
  });
}

/** May the key do this? Errors: SCOPE_MISSING (403) that names what is needed. */
export function authorise(key: KeyRow, { scopes }: Operation): void {
  if (scopes.some((needed) => needed.every((scope) => grants(key.scopes, scope)))) return;
  const needed = scopes.map((alternative) => alternative.join(' and ')).join(', or ');
  throw new CrossdockError({ code: 'SCOPE_MISSING', kind: 'forbidden', message: `the key lacks the scope ${needed}` });
}

/** `portal:*` grants all of the portal, `portal:orders:*` all of its orders. */
export function grants(held: readonly string[], needed: string): boolean {
  return held.some((scope) => scope === needed || (scope.endsWith(':*') && needed.startsWith(scope.slice(0, -1))));
}

/** Keys of one partner in one mode share what their plan gives. Errors: QUOTA_EXCEEDED (429). */
export function takeQuota(key: KeyRow, cost: number, limiter: Limiter, reply: FastifyReply): NowOrLater<void> {
  const bucket = `${key.partner}:${key.mode}:${key.plan}`;
  return andThen(limiter.take(bucket, key.policies, cost), (verdict) => {
    void reply.header('ratelimit-policy', policyHeader(key.policies)).header('ratelimit', limitHeader(verdict));
    if (!verdict.allowed) throw exceeded(verdict);
  });
}

function exceeded(verdict: Verdict): CrossdockError {
  const violated = verdict.states.filter((state) => state.violated).map(({ policy }) => policy.name);
  return new CrossdockError({
    code: 'QUOTA_EXCEEDED',
    kind: 'limited',
    message: `the plan's quota is used up: ${violated.join(', ')}`,
    retryAfter: retryAfter(verdict),
    details: { violatedPolicies: violated },
  });
}
