import type { CallOptions } from './calls';
import { NoAnswerError, problemError, retryAfterOf } from './problem';

export interface TransportOptions {
  /** Tries after the first; 4 when absent. 0 leaves every decision to you. */
  readonly retries?: number;
  /** Milliseconds for one try to answer; 30,000 when absent. */
  readonly timeoutMs?: number;
  /** Milliseconds that one call may spend waiting between tries, all in all; 60,000 when absent. */
  readonly maxWaitMs?: number;
  /** Instead of the `fetch` of the runtime. */
  readonly fetch?: typeof fetch;
}

/** When a call may be sent again although nobody knows what became of it. */
export type Repeatable = 'always' | 'with-key' | 'never';

export interface Outgoing extends CallOptions {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly repeatable: Repeatable;
}
export interface Incoming {
  readonly response: Response;
  readonly requestId: string;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;

/**
 * Sends a call, and sends it again as long as that is safe: the same idempotency key and request id go with every try. A `Retry-After`
 * is waited for, never cut short: when it is longer than may be waited, the refusal is thrown at once.
 * Errors: ProblemError for an answer from 400 up, NoAnswerError when none came.
 */
export async function send(call: Outgoing, options: TransportOptions): Promise<Incoming> {
  const { retries = 4, maxWaitMs = 60_000 } = options;
  const requestId = call.requestId ?? `sdk_${crypto.randomUUID()}`;
  const key = call.repeatable === 'with-key' ? (call.idempotencyKey ?? crypto.randomUUID()) : undefined;
  const headers = {
    ...call.headers,
    'request-id': requestId,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch }),
  };
  let waited = 0;
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await attemptOf(call, headers, options);
    if ('response' in outcome && outcome.response.status < 400) return { response: outcome.response, requestId };
    const wait = waitBefore(attempt + 1, outcome);
    if (attempt >= retries || !mayRepeat(call.repeatable, outcome) || waited + wait > maxWaitMs)
      throw await errorOf(outcome, requestId, call.signal);
    if ('response' in outcome) await outcome.response.body?.cancel();
    await pause(wait, call.signal);
    waited += wait;
  }
}

type Outcome = { readonly response: Response } | { readonly failure: unknown };

async function attemptOf(
  { method, url, body, signal }: Outgoing,
  headers: Record<string, string>,
  { timeoutMs = 30_000, fetch: ask = fetch }: TransportOptions,
): Promise<Outcome> {
  const inTime = AbortSignal.timeout(timeoutMs);
  try {
    const response = await ask(url, {
      method,
      headers,
      redirect: 'error',
      signal: signal === undefined ? inTime : AbortSignal.any([signal, inTime]),
      ...(body === undefined ? {} : { body }),
    });
    return { response };
  } catch (failure) {
    // Who called it off wants no further try.
    if (signal?.aborted === true) throw failure;
    return { failure };
  }
}

/** 429, 503 and a running key were refused before anything was done; whatever else failed may have been done. */
function mayRepeat(repeatable: Repeatable, outcome: Outcome): boolean {
  if ('failure' in outcome) return repeatable !== 'never';
  const { status, headers } = outcome.response;
  if (status === 429 || status === 503) return true;
  if (status === 409) return headers.has('retry-after');
  return repeatable !== 'never' && (status === 408 || status >= 500);
}

/** What the answer asks for; else a random part of a wait that doubles, so that clients do not come back together. */
function waitBefore(attempt: number, outcome: Outcome): number {
  const asked = 'response' in outcome ? retryAfterOf(outcome.response.headers) : undefined;
  if (asked !== undefined) return asked * 1000;
  return Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}

async function errorOf(outcome: Outcome, requestId: string, signal: AbortSignal | undefined): Promise<unknown> {
  signal?.throwIfAborted();
  return 'response' in outcome
    ? problemError(outcome.response, requestId)
    : new NoAnswerError(requestId, outcome.failure);
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
