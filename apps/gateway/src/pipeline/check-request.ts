import type { FastifyRequest } from 'fastify';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { Operation } from '../documents/operations';
import { refusal } from './problems';

export const DEPTH_LIMIT = 32;

/** Errors: PRECONDITION_REQUIRED (428). */
export function checkHeaders(request: FastifyRequest, operation: Operation): void {
  if (operation.ifMatch === 'required' && request.headers['if-match'] === undefined) {
    throw refusal(428, 'PRECONDITION_REQUIRED', 'send If-Match with the ETag of the version you saw');
  }
}

/** A body where one is expected is JSON, as it is: nothing is unpacked. Errors: MEDIA_TYPE_UNSUPPORTED, CODING_UNSUPPORTED (415). */
export function checkMediaType(request: FastifyRequest): void {
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  const coding = request.headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity')
    throw refusal(415, 'CODING_UNSUPPORTED', 'send the body as it is, without Content-Encoding');
  const hasBody = chunked !== undefined || (length !== undefined && length !== '0');
  if (!hasBody || /^application\/json *(;|$)/i.test(type ?? '')) return;
  throw refusal(415, 'MEDIA_TYPE_UNSUPPORTED', 'send application/json');
}

/** Query and path against the document; text becomes numbers. Errors: PARAMETER_INVALID (400) with all faults. */
export function checkParameters(request: FastifyRequest, operation: Operation): void {
  const faults = [
    ...operation.query(request.query as Record<string, unknown>),
    ...operation.params(request.params as Record<string, unknown>),
  ];
  if (faults.length === 0) return;
  throw new CrossdockError({
    code: 'PARAMETER_INVALID',
    kind: 'invalid',
    message: faults.map(({ detail }) => detail).join('; '),
    details: { status: 400 },
    findings: faults,
  });
}

/** The body against the document. Errors: BODY_TOO_DEEP, REQUEST_INVALID (422) with a pointer to each fault. */
export function checkBody(request: FastifyRequest, { body }: Operation): void {
  const given = request.body ?? undefined;
  if (body === undefined) {
    if (given === undefined) return;
    if (typeof given === 'object' && Object.keys(given).length === 0) return;
    throw refusal(422, 'BODY_UNEXPECTED', 'the operation takes no body');
  }
  if (given === undefined) {
    if (body.required) throw refusal(400, 'BODY_REQUIRED', 'the operation needs a JSON body');
    return;
  }
  if (deeperThan(given, DEPTH_LIMIT))
    throw refusal(422, 'BODY_TOO_DEEP', `the body is nested deeper than ${DEPTH_LIMIT} levels`);
  const wrong = body.faults(given);
  const faults = wrong.length > 0 || keepable(given) ? wrong : unkeepable(given);
  if (faults.length === 0) return;
  throw new CrossdockError({
    code: 'REQUEST_INVALID',
    kind: 'invalid',
    message: 'the body does not match the contract',
    findings: faults,
  });
}

/** Recurses no deeper than the limit: a hostile body must not be able to overflow the stack. */
export function deeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit < 0) return true;
  for (const inner of Array.isArray(value) ? value : Object.values(value))
    if (deeperThan(inner, limit - 1)) return true;
  return false;
}

/** A null character, or half of a surrogate pair: JSON can say both, no database keeps them as text. */
const UNKEEPABLE = /\0|\p{Surrogate}/u;

/** Nearly always: asked first, because it copies nothing. */
function keepable(value: unknown): boolean {
  if (typeof value === 'string') return !UNKEEPABLE.test(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(keepable);
  for (const [name, inner] of Object.entries(value)) if (!keepable(name) || !keepable(inner)) return false;
  return true;
}

/** Texts and names of fields with a character that cannot be kept. The value has been found no deeper than the limit. */
function unkeepable(value: unknown, pointer = ''): Finding[] {
  if (typeof value === 'string')
    return UNKEEPABLE.test(value)
      ? [{ pointer, code: 'FIELD_FORMAT', detail: 'has a character that is no text: U+0000 or half of a pair' }]
      : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(Array.isArray(value) ? [] : unkeepable(name, pointer)),
    ...unkeepable(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  ]);
}
