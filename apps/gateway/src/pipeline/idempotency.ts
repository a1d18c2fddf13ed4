import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { idempotencyKeyOf } from '#service/headers';
import type { Log } from '#service/logging';
import { crashPoint } from '#persistence/crash-point';
import type { Operation } from '../documents/operations';
import type { IdempotencyStore } from '../idempotency/idempotency.store';
import type { Asked, RequestState } from './state';
import { refusal } from './problems';

/** Headers of an answer that belong to what was done, not to how it travelled. */
const KEPT_HEADERS = ['content-type', 'etag', 'location'];

/** Undefined without a key where none is needed. Errors: IDEMPOTENCY_KEY_REQUIRED, IDEMPOTENCY_KEY_INVALID (400). */
export function askedUnderKey(request: FastifyRequest, operation: Operation): Asked | undefined {
  if (operation.idempotencyKey === 'none') return undefined;
  const key = idempotencyKeyOf(request.headers['idempotency-key']);
  if (key !== undefined) {
    const slot = { partner: request.caller?.partner ?? '', operation: `${operation.method} ${operation.path}`, key };
    return { slot, requestHash: requestHash(request) };
  }
  if (operation.idempotencyKey !== 'required') return undefined;
  throw refusal(
    400,
    'IDEMPOTENCY_KEY_REQUIRED',
    'send an Idempotency-Key: any text that names this request, at most 255 characters',
  );
}

export function alreadyRunning(retryAfter: number): CrossdockError {
  return new CrossdockError({
    code: 'IDEMPOTENCY_RUNNING',
    kind: 'conflict',
    message: 'a request with this Idempotency-Key is being worked on',
    retryAfter: Math.min(retryAfter, 5),
  });
}

export function usedForAnother(): CrossdockError {
  return refusal(422, 'IDEMPOTENCY_KEY_REUSED', 'this Idempotency-Key was used with another request');
}

/**
 * Runs a request under its Idempotency-Key once, or answers what the first one got. Errors: IDEMPOTENCY_RUNNING (409),
 * IDEMPOTENCY_KEY_REUSED (422). Answers true when the reply was sent from memory.
 */
export async function beginAttempt(
  { slot, requestHash: hashed }: Asked,
  reply: FastifyReply,
  state: RequestState,
  store: IdempotencyStore,
): Promise<boolean> {
  const attempt = await store.begin(slot, hashed);
  switch (attempt.outcome) {
    case 'run':
      state.attempt = { slot, fence: attempt.fence };
      state.underKey = true;
      return false;
    case 'running':
      throw alreadyRunning(attempt.retryAfter);
    case 'other-request':
      throw usedForAnother();
    case 'done':
      await reply
        .code(attempt.answer.status)
        .headers({ ...attempt.answer.headers, 'idempotent-replayed': 'true' })
        .send(attempt.answer.body);
      return true;
  }
}

/**
 * Keeps a success under the key; anything else frees it: a refused request changed nothing, and a fault is to be finished by
 * the next attempt, not replayed. When the database is away the answer still goes out: the business key makes a repeat harmless.
 */
export async function endAttempt(
  reply: FastifyReply,
  state: RequestState,
  body: string,
  store: IdempotencyStore,
  log: Log,
): Promise<void> {
  const { attempt } = state;
  if (attempt === undefined) return;
  delete state.attempt;
  crashPoint('answer.keeping');
  try {
    if (reply.statusCode >= 200 && reply.statusCode < 300) {
      await store.finish(attempt.slot, attempt.fence, { status: reply.statusCode, headers: keptHeaders(reply), body });
    } else {
      await store.release(attempt.slot, attempt.fence);
    }
  } catch (error) {
    log.warn({ error, operation: attempt.slot.operation }, 'could not keep the answer under its idempotency key');
  }
}

export function keptHeaders(reply: FastifyReply): Record<string, string> {
  const headers = KEPT_HEADERS.map((name) => [name, reply.getHeader(name)] as const);
  return Object.fromEntries(headers.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}

/** Same request: same path, query and content, whatever the order of its fields. */
function requestHash(request: FastifyRequest): string {
  return hash('sha256', JSON.stringify([request.url, canonical(request.body)]), 'hex');
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.keys(value)
    .sort()
    .map((key) => [key, canonical((value as Record<string, unknown>)[key])]);
}
