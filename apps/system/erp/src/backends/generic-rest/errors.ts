import { CrossdockError } from '#canonical/errors';
import { brokenOff, refused } from '#resilience/outbound-errors';
import type { FailedCall } from '#resilience/outbound-errors';
import type { NativeError } from './native';

/** Statuses whose body says why; everything else is for `#resilience/outbound` to judge. */
export const SPEAKING_STATUSES = [400, 404, 409, 422];

/** The error body of the contract, undefined for anything else. */
export function nativeError(data: unknown): NativeError | undefined {
  if (typeof data !== 'object' || data === null || !('code' in data) || !('message' in data)) return undefined;
  const { code, message } = data;
  if (typeof code !== 'string' || typeof message !== 'string') return undefined;
  return {
    code,
    message,
    ...('nextOpenDate' in data && typeof data.nextOpenDate === 'string' && { nextOpenDate: data.nextOpenDate }),
    ...('errors' in data && Array.isArray(data.errors) && { errors: data.errors as NativeError['errors'] }),
  };
}

/** A refusal with the ERP's own words, all of them. */
export function refusal(call: FailedCall, status: number, data: unknown): CrossdockError {
  const error = nativeError(data);
  if (!error) return refused(call, `${call.operation} answered ${String(status)} without a reason`, { status });
  if (error.code === 'EXTERNAL_ID_CONFLICT') {
    return new CrossdockError({
      code: 'POSTING_CONFLICT',
      kind: 'conflict',
      message: `${call.connection}: ${error.message}`,
      source: call.connection,
    });
  }
  if (error.code === 'PERIOD_CLOSED' && error.nextOpenDate !== undefined) {
    const { message, nextOpenDate } = error;
    return new CrossdockError({
      code: 'PERIOD_CLOSED',
      kind: 'refused',
      message: `${call.connection}: ${message}`,
      source: call.connection,
      details: { nextOpenDate },
    });
  }
  const reasons = (error.errors ?? []).map(({ message }) => message);
  const words = reasons.length > 0 ? reasons.join('; ') : error.message;
  return refused(call, words, { status, backendCode: error.code, errors: error.errors ?? [] });
}

/** A 2xx that holds no document: whatever it says, it is no proof that something was or was not made. */
export function notADocument(call: FailedCall, data: unknown): CrossdockError {
  const inner = typeof data === 'object' && data !== null && 'error' in data ? nativeError(data.error) : undefined;
  return brokenOff(
    call,
    inner
      ? `${call.operation} answered ${inner.code}: ${inner.message}`
      : `${call.operation} answered without a document`,
  );
}
