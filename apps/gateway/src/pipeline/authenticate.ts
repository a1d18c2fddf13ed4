import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import type { Operation } from '../documents/operations';
import { limitHeader, policyHeader, retryAfter } from '../limits/headers';
import type { Limiter, Verdict } from '../limits/gcra';
import type { KeyRing } from '../partners/key-ring';
import type { KeyRow } from '../partners/partners.store';
import { cookieOf } from '../people/cookies';
import { SESSION_COOKIE, type Sessions } from '../people/sessions';
import { grants } from '../partners/scopes';
import { andThen, type NowOrLater } from './at-once';
import type { RequestState } from './state';

const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

/**
 * Who calls: a program by its key, or a person by the session of its browser. Errors: UNAUTHENTICATED, the same words for every
 * cause but a missing key; CSRF_TOKEN_INVALID.
 */
export function authenticate(request: FastifyRequest, keys: KeyRing, sessions: Sessions): NowOrLater<KeyRow> {
  const header = request.headers.authorization;
  if (header === undefined && cookieOf(request, SESSION_COOKIE) !== undefined)
    return andThen(sessions.asKey(request), (person) => as(request, person));
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
    return as(request, key);
  });
}

function as(request: FastifyRequest, key: KeyRow): KeyRow {
  request.caller = { partner: key.partner, scopes: key.scopes, mode: key.mode, keyId: key.id };
  return key;
}

/** May the key do this? Errors: SCOPE_MISSING (403) that names what is needed. */
export function authorise(key: KeyRow, { scopes }: Operation): void {
  if (scopes.some((needed) => needed.every((scope) => grants(key.scopes, scope)))) return;
  const needed = scopes.map((alternative) => alternative.join(' and ')).join(', or ');
  throw new CrossdockError({ code: 'SCOPE_MISSING', kind: 'forbidden', message: `the key lacks the scope ${needed}` });
}

/** Where a backend is real, what a partner tries out must not reach it. Errors: TEST_KEY_REFUSED (403). */
export function keepTestsOut({ mode }: KeyRow, { testKeys }: Operation, sandbox: boolean): void {
  if (sandbox || mode === 'live' || testKeys) return;
  throw new CrossdockError({
    code: 'TEST_KEY_REFUSED',
    kind: 'forbidden',
    message:
      'backends are real here: a test key may ask, validate and receive; send this with a live key, or to a sandbox',
  });
}

/** Keys of one partner in one mode share what their plan gives. Errors: QUOTA_EXCEEDED (429). */
export function takeQuota(
  key: KeyRow,
  state: RequestState,
  limiter: Limiter,
  reply: FastifyReply,
  cost: number,
): NowOrLater<void> {
  return andThen(limiter.take(bucketOf(key), key.policies, cost), (verdict) => {
    void reply.header('ratelimit-policy', policyHeader(key.policies)).header('ratelimit', limitHeader(verdict));
    if (verdict.allowed) return;
    const violated = verdict.states.filter((each) => each.violated).map(({ policy }) => policy.name);
    state.violatedPolicies = violated;
    throw exceeded(verdict, violated);
  });
}

/** Keys of one partner in one mode on one plan take from the same bucket. */
export function bucketOf({ partner, mode, plan }: Pick<KeyRow, 'partner' | 'mode' | 'plan'>): string {
  return `${partner}:${mode}:${plan}`;
}

function exceeded(verdict: Verdict, violated: readonly string[]): CrossdockError {
  return new CrossdockError({
    code: 'QUOTA_EXCEEDED',
    kind: 'limited',
    message: `the plan's quota is used up: ${violated.join(', ')}`,
    retryAfter: retryAfter(verdict),
    details: { violatedPolicies: violated },
  });
}
