import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { newId } from '#canonical/ids';
import { masked, maskedJson } from '#messaging/masking';
import { Log } from '#service/logging';
import { RequestLogStore, type LoggedRequest, type UsageCount } from './request-log.store';

/** One answered request, as the gateway has it in hand. Bodies are masked when they are written, not while the partner waits. */
export interface Answered extends Omit<
  LoggedRequest,
  'id' | 'code' | 'requestBody' | 'responseBody' | 'responseBytes'
> {
  /** The Crossdock-Version it was answered as; empty when it was refused before that was known. */
  readonly date: string;
  /** Parsed JSON; undefined without one. */
  readonly request: unknown;
  readonly response: string;
}

/** An entry until it is written; with the size of an answer that it no longer has. */
type Waiting = Answered & { readonly responseBytes?: number };

const FLUSH_MS = 250;
/** Larger bodies are not kept: their size is. */
const BODY_BYTES = 16 * 1024;
/**
 * Calls without an Idempotency-Key that went well, logged of one flush of one process: reads above all, also those that ask by POST.
 * Those above are counted, not kept. What failed, or changed something under a key, always is.
 */
const PLAIN_AT_MOST = 100;
/** Characters of their answers that are kept of one flush. Those above have an entry with their sizes, and no bodies. */
const PLAIN_BODIES_AT_MOST = 64 * 1024;
/** Entries that wait at most while the database is slow. */
const WAITING_AT_MOST = 5000;

/** Keeps what partners asked and what they got, in batches beside the requests: no request waits for it, none fails because of it. */
@Injectable()
export class RequestLog implements OnApplicationShutdown {
  private waiting: Waiting[] = [];
  private plain = 0;
  private plainBodies = 0;
  private counts = new Map<string, UsageCount>();
  /** The one that was added to last. */
  private last: UsageCount | undefined;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: RequestLogStore,
    private readonly log: Log,
  ) {}

  note(answered: Answered): void {
    this.count(answered);
    const plain = answered.idempotency === null && answered.status < 400;
    if (plain) this.plain += 1;
    if (this.waiting.length < WAITING_AT_MOST && !(plain && this.plain > PLAIN_AT_MOST))
      this.waiting.push(plain ? this.withinBodies(answered) : answered);
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  /** Resolves when what was noted before is written. */
  async settled(): Promise<void> {
    this.flush();
    await this.writing;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.settled();
  }

  /** What is not written is let go at once: bodies that wait for the flush outlive the cheap collections of garbage. */
  private withinBodies(answered: Answered): Waiting {
    this.plainBodies += answered.response.length;
    if (this.plainBodies <= PLAIN_BODIES_AT_MOST) return answered;
    const responseBytes = Buffer.byteLength(answered.response);
    return Object.assign({}, answered, { request: undefined, response: '', responseBytes });
  }

  private count(answered: Answered): void {
    const { partner, at, key: credential, mode, version, date, method, route, status, durationUs } = answered;
    const minute = Math.floor(at.getTime() / 60_000) * 60_000;
    // Under load one call is like the one before it: no name has to be put together to find its count.
    if (this.last !== undefined && isOf(this.last, answered, minute)) {
      this.last.calls += 1;
      this.last.durationUs += durationUs;
      return;
    }
    const key = `${partner}|${credential}|${minute}|${mode}|${version}|${date}|${method}|${route}|${status}`;
    const known = this.counts.get(key);
    if (known === undefined) {
      const what = { partner, key: credential, minute: new Date(minute), mode, version, date, method, route, status };
      this.last = { ...what, calls: 1, durationUs };
      this.counts.set(key, this.last);
    } else {
      known.calls += 1;
      known.durationUs += durationUs;
      this.last = known;
    }
  }

  /** One write at a time: a slow database gets larger batches, not more of them. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const entries = this.waiting;
    const counts = [...this.counts.values()];
    this.waiting = [];
    this.counts = new Map();
    this.last = undefined;
    this.plain = 0;
    this.plainBodies = 0;
    if (counts.length === 0) return;
    this.writing = this.writing
      .then(() => this.store.write(entries.map(entryOf), counts))
      .catch((error: unknown) => this.log.warn({ error, entries: entries.length }, 'requests were not logged'));
  }
}

function isOf(count: UsageCount, answered: Answered, minute: number): boolean {
  const { partner, key, mode, version, date, method, route, status } = answered;
  return (
    count.route === route &&
    count.status === status &&
    count.partner === partner &&
    count.key === key &&
    count.mode === mode &&
    count.method === method &&
    count.version === version &&
    count.date === date &&
    count.minute.getTime() === minute
  );
}

function entryOf({ request, response, target, date: _, ...answered }: Waiting): LoggedRequest {
  const sent = request === undefined ? '' : JSON.stringify(request);
  const responseBytes = answered.responseBytes ?? Buffer.byteLength(response);
  return {
    id: newId('log'),
    target: masked(target),
    code: answered.status >= 400 ? codeOf(response) : null,
    requestBody: isKept(Buffer.byteLength(sent)) ? maskedJson(request, sent) : null,
    responseBody: response !== '' && isKept(responseBytes) ? masked(response) : null,
    ...answered,
    responseBytes,
  };
}

/** The key in the answer that made it is not in the log: see the masking of fields that open something. */
function isKept(bytes: number): boolean {
  return bytes > 0 && bytes <= BODY_BYTES;
}

function codeOf(problem: string): string | null {
  const code = /"code":"([A-Z][A-Z0-9_]*)"/.exec(problem)?.[1];
  return code ?? null;
}
