import { CrossdockError } from '#canonical/errors';

/** What is known of a call that did not answer as wished. */
export interface FailedCall {
  readonly connection: string;
  readonly operation: string;
  readonly idempotent: boolean;
}

interface More {
  readonly retryAfter?: number;
  readonly cause?: unknown;
  /** No answer of the backend itself has been seen: it may still be at work, and finish later. */
  readonly mayStillRun?: boolean;
}

const EXCERPT = 500;
/** Codes of failures before the first byte of a request: nothing can have happened at the other side. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ERR_INVALID_URL',
  'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]); // prettier-ignore

/** Nothing was sent, or sending it twice does no harm: try again later. */
export function unavailable(call: FailedCall, message: string, more: More = {}): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_UNAVAILABLE',
    kind: 'unavailable',
    message: `${call.connection}: ${message}`,
    source: call.connection,
    details: { operation: call.operation },
    ...more,
  });
}

/** It may have taken effect: look up by business key before another try. */
export function unknownOutcome(call: FailedCall, message: string, more: More = {}): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_OUTCOME_UNKNOWN',
    kind: 'unknown-outcome',
    message: `${call.connection}: ${message}`,
    source: call.connection,
    details: { operation: call.operation, mayStillRun: more.mayStillRun === true },
    ...more,
  });
}

export function limited(call: FailedCall, retryAfter: number, message: string): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_LIMITED',
    kind: 'limited',
    message: `${call.connection}: ${message}; again in ${String(retryAfter)} s`,
    source: call.connection,
    details: { operation: call.operation },
    retryAfter,
  });
}

/** Nothing was sent: so many reads wait for the backend that orders would suffer from one more. */
export function shed(call: FailedCall, retryAfter: number): CrossdockError {
  return new CrossdockError({
    code: 'TEMPORARY_REDUCED_CAPACITY',
    kind: 'unavailable',
    message: `${call.connection}: too many questions wait for it; nothing was sent; again in ${String(retryAfter)} s`,
    source: call.connection,
    details: { operation: call.operation },
    retryAfter,
  });
}

/** A business no. Adapters throw it too, with the backend's own code and words. */
export function refused(
  call: Pick<FailedCall, 'connection' | 'operation'>,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): CrossdockError {
  return new CrossdockError({
    code: 'BACKEND_REFUSED',
    kind: 'refused',
    message: `${call.connection}: ${message}`,
    source: call.connection,
    details: { operation: call.operation, ...details },
  });
}

/** After sending: harmless when the call may be repeated, unknown when not. */
export function brokenOff(call: FailedCall, message: string, more: More = {}): CrossdockError {
  return call.idempotent ? unavailable(call, message, more) : unknownOutcome(call, message, more);
}

/** Retry classes of domain/backends.md §12 for a failure without an answer. */
export function fromNetwork(call: FailedCall, error: unknown, deadlinePassed: boolean): CrossdockError {
  if (deadlinePassed)
    return brokenOff(call, `${call.operation} did not answer in time`, { cause: error, mayStillRun: true });
  const code = codeOf(error);
  const message = `${call.operation} failed: ${code ?? (error instanceof Error ? error.message : String(error))}`;
  if (nothingSent(error)) return unavailable(call, message, { cause: error });
  return brokenOff(call, message, { cause: error, mayStillRun: true });
}

/** Retry classes of domain/backends.md §12 for an answer that is none of the expected ones. */
export function fromStatus(
  call: FailedCall,
  status: number,
  retryAfter: number | undefined,
  body: string,
): CrossdockError {
  const message = `${call.operation} answered ${String(status)}`;
  const after = retryAfter === undefined ? {} : { retryAfter };
  if (status === 429 || status === 423) return limited(call, retryAfter ?? 1, message);
  // A gateway's word, not the backend's: behind it the call may still be at work.
  const mayStillRun = [408, 502, 503, 504].includes(status);
  if (status === 408 || status >= 500) return brokenOff(call, message, { ...after, mayStillRun });
  if (status === 401 || status === 403) {
    return new CrossdockError({
      code: 'BACKEND_CREDENTIALS_REJECTED',
      // Not the caller's fault: work waits until an operator has mended the connection.
      kind: 'unavailable',
      message: `${call.connection}: ${message}: the credentials of the connection are not accepted`,
      source: call.connection,
      details: { operation: call.operation, status },
    });
  }
  const excerpt = body.slice(0, EXCERPT);
  return refused(call, excerpt === '' ? message : `${message}: ${excerpt}`, { status, body: excerpt });
}

export function malformed(call: FailedCall, what: string, cause?: unknown): CrossdockError {
  const kind = call.idempotent ? 'unavailable' : 'unknown-outcome';
  return new CrossdockError({
    code: 'BACKEND_MALFORMED',
    kind,
    message: `${call.connection}: ${call.operation} answered ${what}`,
    source: call.connection,
    details: { operation: call.operation },
    cause,
  });
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}

function nothingSent(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && typeof error.code === 'string' && NOTHING_SENT.has(error.code)) return true;
  if ('syscall' in error && (error.syscall === 'connect' || error.syscall === 'getaddrinfo')) return true;
  return 'cause' in error && nothingSent(error.cause);
}
