import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly key?: string;
  readonly body?: unknown;
  /** The same at every try: the server does it once. */
  readonly idempotencyKey?: string;
}
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The server has answered this request before. */
  readonly repeated: boolean;
  /** Of the try that was answered. */
  readonly milliseconds: number;
}
export interface ClientSettings {
  readonly url: string;
  readonly connections: number;
  /** Seconds that the server may be away or refuse for load before the replay gives up. */
  readonly patience: number;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/** The server stayed away longer than we wait. What was done is in the state file. */
export class ServerAway extends Error {}

/** Network failures, and answers that ask to come again. */
const COME_AGAIN = new Set([408, 429, 502, 503, 504]);
/** A defect of the server may pass: tried so often, then taken as the answer. */
const DEFECT_TRIES = 4;
const ANSWER_TIMEOUT_MS = 60_000;

/**
 * Public HTTP over keep-alive connections. Everything the replay sends may be sent twice (PUT, GET, or POST under a business
 * key), so whatever brings no answer is tried again, with the same Idempotency-Key, as long as patience lasts.
 */
export class Client {
  /** How often the server asked to come again, and how often it was not there. */
  readonly again = { limited: 0, unavailable: 0, network: 0 };
  private readonly pool: Pool;

  constructor(private readonly settings: ClientSettings) {
    this.pool = new Pool(settings.url, {
      connections: settings.connections,
      pipelining: 1,
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
    });
  }

  /** Errors: ServerAway. */
  async call(call: Call): Promise<Answer> {
    const giveUpAt = Date.now() + this.settings.patience * 1000;
    for (let attempt = 1; ; attempt++) {
      const result = await this.once(call);
      if ('status' in result && !this.mustRepeat(result, attempt)) return result;
      const seconds = 'status' in result ? result.retryAfter : undefined;
      if (Date.now() > giveUpAt) {
        const why = 'status' in result ? `answers ${result.status}` : result.failure;
        throw new ServerAway(`${call.method} ${call.path}: the server ${why} for ${this.settings.patience} s`);
      }
      await this.wait(seconds, attempt);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async once({ method, path, key, body, idempotencyKey }: Call): Promise<Reply | { readonly failure: string }> {
    const started = performance.now();
    try {
      const answer = await this.pool.request({
        method,
        path,
        headers: {
          accept: 'application/json',
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        body: jsonOf(text),
        repeated: answer.headers['idempotent-replayed'] === 'true',
        milliseconds: performance.now() - started,
        retryAfter: secondsOf(answer.headers['retry-after']),
      };
    } catch (error) {
      this.again.network++;
      const reason = error instanceof Error ? error.message : String(error);
      return { failure: `does not answer (${reason})` };
    }
  }

  private mustRepeat({ status, retryAfter }: Reply, attempt: number): boolean {
    if (status === 429) this.again.limited++;
    else if (COME_AGAIN.has(status)) this.again.unavailable++;
    // 409 with Retry-After: the first attempt under this key is still running.
    return (
      COME_AGAIN.has(status) ||
      (status === 409 && retryAfter !== undefined) ||
      (status >= 500 && attempt < DEFECT_TRIES)
    );
  }

  private wait(seconds: number | undefined, attempt: number): Promise<unknown> {
    const backoff = Math.min(100 * 2 ** Math.min(attempt, 6), 5_000) * (0.5 + Math.random() / 2);
    // A little after what was asked for, each caller at another moment, or all come back at once.
    const milliseconds = seconds === undefined ? backoff : seconds * 1000 * (1 + Math.random() * 0.1);
    return (this.settings.sleep ?? pause)(milliseconds);
  }
}

type Reply = Answer & { readonly retryAfter: number | undefined };

function jsonOf(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function secondsOf(header: string | string[] | undefined): number | undefined {
  const text = Array.isArray(header) ? header[0] : header;
  if (text === undefined) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
