/** One fault of a request. `pointer` is a JSON pointer into its body; `code` is stable (docs/errors.md). */
export interface Fault {
  readonly pointer?: string;
  readonly code: string;
  readonly detail?: string;
  readonly severity?: string;
  readonly seen?: string;
  readonly expected?: string;
}

/** The body of an answer from 400 up (RFC 9457). */
export interface ProblemBody {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly code?: string;
  readonly detail?: string;
  readonly request_id?: string;
  readonly errors?: readonly Fault[];
  readonly 'violated-policies'?: readonly string[];
}

/** An answer that says no. `code` is stable and says why; the words may change. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly faults: readonly Fault[];
  readonly requestId: string;
  /** Seconds after which the same call may succeed, when the answer said so. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly problem: ProblemBody,
    { status, requestId, retryAfter }: { status: number; requestId: string; retryAfter: number | undefined },
  ) {
    const code = problem.code ?? `HTTP_${status}`;
    super(`${status} ${code}: ${problem.detail ?? problem.title ?? 'no words'} (request ${requestId})`);
    this.name = new.target.name;
    this.status = status;
    this.code = code;
    this.faults = problem.errors ?? [];
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/** 400, 413, 415, 422: the request is wrong; `faults` says where. Sending it again changes nothing. */
export class InvalidRequestError extends ProblemError {}
/** 401: no key, or one that is unknown or revoked. */
export class UnauthenticatedError extends ProblemError {}
/** 403: the key may not do this. */
export class ForbiddenError extends ProblemError {}
/** 404: it does not exist, or is not yours. */
export class NotFoundError extends ProblemError {}
/** 409: what is there now contradicts the request. */
export class ConflictError extends ProblemError {}
/** 412, 428: somebody changed it since you saw it, or you did not say which version you saw. */
export class StaleVersionError extends ProblemError {}
/** 429: a quota of the plan is used up for longer than the client was told to wait. */
export class QuotaExceededError extends ProblemError {
  /** Names of the plan's quotas that the call would have broken. */
  get violatedPolicies(): readonly string[] {
    return this.problem['violated-policies'] ?? [];
  }
}
/** 5xx, after all tries. Whether a change was made is unknown: ask again with the same idempotency key. */
export class UnavailableError extends ProblemError {}
/** No answer at all, after all tries: as unknown as a 5xx. `cause` is what the last try met. */
export class NoAnswerError extends Error {
  constructor(
    readonly requestId: string,
    cause: unknown,
  ) {
    super(`no answer (request ${requestId}): ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'NoAnswerError';
  }
}

const BY_STATUS: Readonly<Record<number, typeof ProblemError>> = {
  401: UnauthenticatedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  412: StaleVersionError,
  428: StaleVersionError,
  429: QuotaExceededError,
};

/** The error of an answer from 400 up. A body that is no problem details (a proxy in between, say) still gives one. */
export async function problemError(response: Response, sentId: string): Promise<ProblemError> {
  const { status, headers } = response;
  const text = await response.text().catch(() => '');
  const Kind = BY_STATUS[status] ?? (status >= 500 ? UnavailableError : InvalidRequestError);
  const requestId = headers.get('request-id') ?? sentId;
  return new Kind(bodyOf(text), { status, requestId, retryAfter: retryAfterOf(headers) });
}

/** Seconds, from either form of the header; undefined when absent or unreadable. */
export function retryAfterOf(headers: Headers): number | undefined {
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const seconds = /^\d+$/.test(given.trim()) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function bodyOf(text: string): ProblemBody {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
