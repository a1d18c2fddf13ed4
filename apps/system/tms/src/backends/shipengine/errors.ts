import { CrossdockError } from '#canonical/errors';
import { brokenOff, refused } from '#resilience/outbound-errors';
import type { FailedCall } from '#resilience/outbound-errors';
import type { NativeError, NativeErrors } from './native';

/** Faults of the platform or of the carrier's own system: nothing is wrong with the request. */
const AWAY: readonly string[] = ['system', 'integrations'];

/** What a 4xx of ShipEngine means for us. All its errors are told, the first one decides. */
export function mapErrors(call: FailedCall, status: number, body: unknown): CrossdockError {
  const errors = isErrors(body) ? body.errors : [];
  const words = errors.map(wordsOf).join('; ') || `${call.operation} answered ${status}`;
  const [first] = errors;
  if (first && AWAY.includes(first.error_type)) return brokenOff(call, words);
  return refused(call, words, {
    status,
    ...(isErrors(body) ? { requestId: body.request_id, errors: body.errors } : {}),
  });
}

function wordsOf({ error_source: source, error_code: code, message, field_name: field }: NativeError): string {
  return `${source} ${code}: ${message}${field === undefined ? '' : ` (${field})`}`;
}

function isErrors(body: unknown): body is NativeErrors {
  return typeof body === 'object' && body !== null && 'errors' in body && Array.isArray(body.errors);
}
