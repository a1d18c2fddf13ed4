import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { CrossdockError, type ErrorKind } from '#canonical/errors';
import { Breaker } from './breaker';
import type { BreakerState } from './breaker';
import { brokenOff, fromNetwork, fromStatus, limited, malformed, shed, unavailable } from './outbound-errors';
import type { FailedCall } from './outbound-errors';
import { retryAfterSeconds } from './retry-after';
import { Places, type Priority } from './places';

/** One call to a backend. */
export interface OutboundCall {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to the connection's base URL, without the query. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`; give its content type in the headers. */
  readonly raw?: string | Buffer;
  /** May it be repeated without harm? Default: true for GET, HEAD, PUT and DELETE, false for POST and PATCH. */
  readonly idempotent?: boolean;
  /** Milliseconds in all, waiting for a place included. Default: the connection's. */
  readonly deadlineMs?: number;
  /** Statuses outside 2xx that are answers, not errors, e.g. 404 of a look-up. */
  readonly expect?: readonly number[];
  /** How to read the body; default json. */
  readonly response?: 'json' | 'text' | 'buffer';
}

export interface OutboundAnswer<T> {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** undefined when there was no body. */
  readonly data: T;
}

export interface OutboundLimits {
  /** Milliseconds for one call. */
  readonly deadlineMs: number;
  /** Calls at once, at most: fewer while the backend answers slowly or not at all. */
  readonly concurrency: number;
}

export const DEFAULT_LIMITS: OutboundLimits = { deadlineMs: 15_000, concurrency: 16 };

/** The part of a logger that is needed here. */
export interface OutboundLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** What became of one call that was sent, for whoever keeps it. */
export interface OutboundExchange {
  readonly operation: string;
  readonly milliseconds: number;
  readonly request: string;
  readonly status?: number;
  readonly answer: string;
  readonly error?: string;
}

export interface OutboundOptions {
  /** Names the connection in errors and logs. */
  readonly connection: string;
  readonly baseUrl: string;
  readonly limits?: Partial<OutboundLimits>;
  readonly breaker?: Breaker;
  readonly log: OutboundLog;
  /** Values that must never show in an error or a log: they are masked in what the backend says. */
  readonly secrets?: readonly string[];
  /** Says to which addresses of a name a connection may be made; that of the machine, and its proxy, when absent. */
  readonly lookup?: LookupFunction;
  /** Keeps what was sent and answered. A create waits until it is kept, anything else does not. It must not reject. */
  readonly archive?: (exchange: OutboundExchange) => Promise<void>;
}

export interface OutboundDiagnostics {
  readonly breaker: BreakerState;
  readonly inFlight: number;
  readonly calls: number;
  readonly failures: number;
  readonly lastSuccessAt?: string;
  readonly lastFailureAt?: string;
  readonly lastFailure?: string;
}

const TRIES = 2;
const LARGEST_BODY = 50 * 1024 * 1024;

/**
 * Calls to one backend installation: deadline, a limit on calls at once, a breaker, and errors that say what to do.
 * Only an idempotent call is ever sent twice; a create whose outcome is unknown is the caller's to look up.
 */
export class OutboundHttp {
  private readonly client: AxiosInstance;
  private readonly places: Places;
  private readonly breaker: Breaker;
  private readonly limits: OutboundLimits;
  /** The backend asked for quiet until then (429 with Retry-After). */
  private quietUntil = 0;
  private calls = 0;
  private failures = 0;
  private lastSuccess: Date | undefined;
  private lastFailure: { at: Date; message: string } | undefined;

  constructor(private readonly options: OutboundOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.places = new Places(this.limits.concurrency);
    this.breaker = options.breaker ?? new Breaker();
    const { lookup } = options;
    const agent = { keepAlive: true, maxSockets: this.limits.concurrency, ...(lookup && { lookup }) };
    this.client = axios.create({
      baseURL: options.baseUrl,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      // A proxy would look the name up by itself.
      ...(lookup && { proxy: false }),
      // A redirect would carry credentials to a host nobody configured.
      maxRedirects: 0,
      maxContentLength: LARGEST_BODY,
      maxBodyLength: LARGEST_BODY,
      responseType: 'arraybuffer',
      // What is sent is text already: the usual transformation would parse all of it again to see whether it is JSON.
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
    });
  }

  /** Errors: see `outbound-errors.ts`; every one is a CrossdockError. */
  async call<T>(call: OutboundCall): Promise<OutboundAnswer<T>> {
    const deadlineMs = call.deadlineMs ?? this.limits.deadlineMs;
    const deadline = AbortSignal.timeout(deadlineMs);
    const failed = this.describe(call);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.guarded(failed, deadline, () => this.send<T>(call, failed, deadline));
      } catch (error) {
        if (!failed.idempotent || tries >= TRIES || !worthAnotherTry(error) || deadline.aborted) throw error;
        await sleep(50 + Math.random() * 150);
      }
    }
  }

  /** Work that does not go through `call` (files, sockets) under the same limit, breaker and diagnostics. */
  async track<T>(operation: string, idempotent: boolean, work: () => Promise<T>): Promise<T> {
    const failed: FailedCall = { connection: this.options.connection, operation, idempotent };
    return this.guarded(failed, AbortSignal.timeout(this.limits.deadlineMs), async () => {
      try {
        return await work();
      } catch (error) {
        throw error instanceof CrossdockError
          ? error
          : brokenOff(failed, `${operation} failed: ${String(error)}`, { cause: error });
      }
    });
  }

  diagnostics(): OutboundDiagnostics {
    return {
      breaker: this.breaker.state(Date.now()),
      inFlight: this.places.inFlight,
      calls: this.calls,
      failures: this.failures,
      ...(this.lastSuccess && { lastSuccessAt: this.lastSuccess.toISOString() }),
      ...(this.lastFailure && {
        lastFailureAt: this.lastFailure.at.toISOString(),
        lastFailure: this.lastFailure.message,
      }),
    };
  }

  private describe(call: OutboundCall): FailedCall {
    const idempotent = call.idempotent ?? (call.method !== 'POST' && call.method !== 'PATCH');
    return { connection: this.options.connection, operation: `${call.method} ${call.url}`, idempotent };
  }

  private async guarded<T>(failed: FailedCall, deadline: AbortSignal, work: () => Promise<T>): Promise<T> {
    // What may be repeated can wait: whoever asks, asks again. A create that goes on is an order that goes on.
    const priority: Priority = failed.idempotent ? 'read' : 'order';
    const entry = await this.places.enter(priority, deadline);
    if (entry === 'shed') throw shed(failed, this.places.retryAfter);
    if (entry === 'late') throw unavailable(failed, 'no free place before the deadline; nothing was sent');
    let shown: { now: number; milliseconds: number; trouble: boolean } | undefined;
    try {
      this.admit(failed);
      const started = Date.now();
      this.calls += 1;
      try {
        const answer = await work();
        this.answered(failed, started);
        shown = seen(started, false);
        return answer;
      } catch (error) {
        this.failed(failed, error, started);
        shown = seen(started, error instanceof CrossdockError && TROUBLES.includes(error.kind));
        throw error;
      }
    } finally {
      this.places.leave(priority, shown);
    }
  }

  private admit(failed: FailedCall): void {
    const now = Date.now();
    if (now < this.quietUntil)
      throw limited(failed, seconds(this.quietUntil - now), 'the backend asked for quiet; nothing was sent');
    const wait = this.breaker.admit(now);
    if (wait > 0)
      throw unavailable(failed, 'the backend does not answer; nothing was sent', { retryAfter: seconds(wait) });
  }

  private answered(failed: FailedCall, started: number): void {
    this.breaker.succeed();
    this.lastSuccess = new Date();
    this.options.log.debug({ ...failed, milliseconds: Date.now() - started }, 'outbound call');
  }

  private failed(failed: FailedCall, error: unknown, started: number): void {
    const now = Date.now();
    this.failures += 1;
    this.lastFailure = {
      at: new Date(now),
      message: (error instanceof Error ? error.message : String(error)).slice(0, 2000),
    };
    const kind = error instanceof CrossdockError ? error.kind : 'defect';
    if (kind === 'limited' && error instanceof CrossdockError) this.quietUntil = now + (error.retryAfter ?? 1) * 1000;
    // Whoever says no is there; only silence and server faults count against a backend.
    if (kind === 'unavailable' || kind === 'unknown-outcome') this.breaker.fail(now);
    else if (kind === 'defect') this.breaker.abandon();
    else this.breaker.succeed();
    this.options.log.warn(
      { ...failed, kind, milliseconds: now - started, reason: this.lastFailure.message },
      'outbound call failed',
    );
  }

  private async send<T>(call: OutboundCall, failed: FailedCall, deadline: AbortSignal): Promise<OutboundAnswer<T>> {
    let response: AxiosResponse<Buffer>;
    const started = Date.now();
    const data = call.raw ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
    try {
      response = await this.client.request<Buffer>({
        method: call.method,
        url: call.url,
        headers: { accept: 'application/json', ...jsonType(call), ...call.headers },
        ...(call.query && { params: call.query }),
        data,
        signal: deadline,
      });
    } catch (error) {
      const trouble = fromNetwork(failed, error, deadline.aborted);
      await this.archived(failed, started, data, { answer: '', error: trouble.message });
      throw trouble;
    }
    const headers = flat(response.headers);
    const body = Buffer.from(response.data);
    await this.archived(failed, started, data, { status: response.status, answer: textOf(body, call) });
    if (!isExpected(call, response.status)) {
      throw fromStatus(
        failed,
        response.status,
        retryAfterSeconds(headers['retry-after'], Date.now()),
        this.masked(body.toString('utf8')),
      );
    }
    return { status: response.status, headers, data: read(call, failed, body) as T };
  }

  private async archived(
    { operation, idempotent }: FailedCall,
    started: number,
    request: string | Buffer | undefined,
    outcome: Pick<OutboundExchange, 'status' | 'answer' | 'error'>,
  ): Promise<void> {
    const kept = this.options.archive?.({
      ...{ operation, milliseconds: Date.now() - started, request: request?.toString() ?? '' },
      ...outcome,
    });
    if (!idempotent) await kept;
  }

  private masked(text: string): string {
    return (this.options.secrets ?? []).reduce(
      (masked, secret) => (secret === '' ? masked : masked.replaceAll(secret, '***')),
      text,
    );
  }
}

/** Which failures say that the backend has too much to do, or is not there to do it. */
const TROUBLES: readonly ErrorKind[] = ['unavailable', 'unknown-outcome', 'limited'];

function seen(started: number, trouble: boolean): { now: number; milliseconds: number; trouble: boolean } {
  const now = Date.now();
  return { now, milliseconds: now - started, trouble };
}

/** Labels and other documents are not kept: their text would be noise. */
function textOf(body: Buffer, { response }: OutboundCall): string {
  return response === 'buffer' ? `(${body.length} bytes)` : body.toString('utf8');
}

function jsonType(call: OutboundCall): Record<string, string> {
  return call.raw === undefined && call.body !== undefined ? { 'content-type': 'application/json' } : {};
}

function isExpected(call: OutboundCall, status: number): boolean {
  return (status >= 200 && status < 300) || (call.expect ?? []).includes(status);
}

function read(call: OutboundCall, failed: FailedCall, body: Buffer): unknown {
  if (call.response === 'buffer') return body;
  const text = body.toString('utf8');
  if (call.response === 'text') return text;
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw malformed(failed, 'something that is no JSON', error);
  }
}

/** A second try at once helps against a lost connection or a hiccup, never against a backend that said what it wants. */
function worthAnotherTry(error: unknown): boolean {
  return error instanceof CrossdockError && error.code === 'BACKEND_UNAVAILABLE' && error.retryAfter === undefined;
}

function flat(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.ceil(milliseconds / 1000));
}
