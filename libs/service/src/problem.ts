import { HttpException } from '@nestjs/common';
import { CrossdockError, type ErrorKind, type Finding } from '#canonical/errors';
import { maskedText } from './masking';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

/** RFC 9457 with our members: `code` from the registry in docs/errors.md, `request_id`, and one entry per fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly instance?: string;
  readonly request_id?: string;
  readonly errors?: readonly Finding[];
  /** Between our own apps only: what a retry or an acknowledgement decides on. */
  readonly kind?: ErrorKind;
  readonly retryable?: boolean;
  readonly source?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

const STATUS: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  precondition: 412,
  refused: 422,
  limited: 429,
  unavailable: 503,
  'unknown-outcome': 504,
  defect: 500,
};

/** Codes whose status is not that of their kind: they say that the request was not understood, not that it was refused. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = { CURSOR_INVALID: 400, REQUEST_MALFORMED: 400 };

export function problemType(code: string): string {
  return `https://crossdock.dev/problems#${code.toLowerCase().replaceAll('_', '-')}`;
}

/** The one place where an error of ours becomes an HTTP status. `internal` adds what only our own apps may see. */
export function problemOf(
  error: unknown,
  context: { requestId?: string; instance?: string; internal?: boolean } = {},
): Problem {
  const known = crossdockErrorOf(error);
  const status = statusOf(error, known);
  return {
    type: problemType(known.code),
    title: titleOf(known.code),
    status,
    code: known.code,
    ...(known.kind === 'defect'
      ? { detail: 'The fault is ours and is logged under this request id.' }
      : { detail: known.message }),
    ...(context.instance === undefined ? {} : { instance: maskedText(context.instance) }),
    ...(context.requestId === undefined ? {} : { request_id: context.requestId }),
    ...(known.findings.length === 0 ? {} : { errors: known.findings.map(faultOf) }),
    ...(context.internal === true
      ? { kind: known.kind, retryable: known.retryable, source: known.source, details: known.details }
      : {}),
  };
}

/** An error that came over HTTP from another app of ours, as it was thrown there. `retryAfter` is its Retry-After, in seconds. */
export function errorOfProblem(problem: Problem, source: string, retryAfter?: number): CrossdockError {
  return new CrossdockError({
    code: problem.code,
    kind: problem.kind ?? 'defect',
    message: problem.detail ?? problem.title,
    retryable: problem.retryable,
    source: problem.source ?? source,
    details: problem.details,
    findings: problem.errors,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

function crossdockErrorOf(error: unknown): CrossdockError {
  if (error instanceof CrossdockError) return error;
  if (error instanceof HttpException) return fromNest(error);
  if (isFastifyError(error)) return fromFastify(error);
  return new CrossdockError({ code: 'INTERNAL_ERROR', kind: 'defect', message: 'internal error', cause: error });
}

function statusOf(error: unknown, known: CrossdockError): number {
  if (error instanceof HttpException) return error.getStatus();
  if (isFastifyError(error)) return error.statusCode;
  const status = known.details['status'];
  return typeof status === 'number' ? status : (STATUS_OF_CODE[known.code] ?? STATUS[known.kind]);
}

const BY_STATUS: Readonly<Record<number, readonly [code: string, kind: ErrorKind]>> = {
  400: ['REQUEST_MALFORMED', 'invalid'],
  401: ['UNAUTHENTICATED', 'unauthenticated'],
  403: ['FORBIDDEN', 'forbidden'],
  404: ['ROUTE_UNKNOWN', 'not-found'],
  405: ['METHOD_NOT_ALLOWED', 'invalid'],
  413: ['BODY_TOO_LARGE', 'invalid'],
  415: ['MEDIA_TYPE_UNSUPPORTED', 'invalid'],
  429: ['QUOTA_EXCEEDED', 'limited'],
  503: ['TEMPORARY_REDUCED_CAPACITY', 'unavailable'],
};

function fromNest(error: HttpException): CrossdockError {
  const [code, kind] = BY_STATUS[error.getStatus()] ?? [
    'REQUEST_REFUSED',
    error.getStatus() >= 500 ? 'defect' : 'invalid',
  ];
  return new CrossdockError({ code, kind, message: error.message, cause: error });
}

function isFastifyError(error: unknown): error is Error & { statusCode: number; code: string } {
  return (
    error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500
  );
}

function fromFastify(error: Error & { statusCode: number }): CrossdockError {
  const [code, kind] = BY_STATUS[error.statusCode] ?? ['REQUEST_REFUSED', 'invalid'];
  return new CrossdockError({ code, kind, message: error.message, cause: error });
}

function titleOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A finding without its unset fields, in the order people read it. */
function faultOf({ pointer, code, detail, severity, seen, expected, nextDate, leadTimeDate }: Finding): Finding {
  const fault = { pointer, code, detail, severity, seen, expected, nextDate, leadTimeDate };
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined)) as typeof fault;
}
