import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import { crashPoint } from '#persistence/crash-point';
import type { Database } from '#persistence/database';
import { postingStore } from './posting.store';
import type { PostingKey, PostingRow, PostingStore } from './posting.store';
import { requestHash } from './request-hash';

/** What a backend made; it is kept in the ledger as JSON and answered to every repeat. */
export interface PostedDocument {
  /** The backend's own number of it. */
  readonly documentNumber: string;
}

export interface CreateOnce<Document extends PostedDocument> {
  readonly database: Database;
  /** Schema with a `posting` table (`postingMigration`). */
  readonly schema: string;
  /** What is made, e.g. `sales-order`. */
  readonly kind: string;
  /** At most one of this kind is ever made for it, over all connections of the app. */
  readonly businessKey: string;
  readonly connection: string;
  /** What is asked for; a repeat with other content is a conflict. Leave out what may differ between repeats (correlation ids). */
  readonly request: unknown;
  /** Asks the backend by business key. undefined only when it is certain that there is none. */
  lookup(): Promise<Document | undefined>;
  /** Makes it. Called only when no earlier attempt can have made it. */
  create(): Promise<Document>;
  /** How long a caller that died keeps others waiting; one that lives renews it. Default 15. */
  readonly leaseSeconds?: number;
  /**
   * After a call was cut off, the backend may still be at work on it: so long a look-up that finds nothing proves
   * nothing, and no second create is sent. Default 5.
   */
  readonly settleSeconds?: number;
  /** How long to wait for another caller who works on the same key. Default 20. */
  readonly waitSeconds?: number;
}

export interface Posted<Document> {
  readonly document: Document;
  /** `existing`: it was there already; nothing was made by this call. */
  readonly outcome: 'created' | 'existing';
}

/**
 * Makes an external document at most once per business key. The intent is recorded before the call; whoever comes
 * after an attempt that did not end well looks in the backend first. One caller at a time per key, across processes.
 * Errors: POSTING_CONFLICT (other content or connection), POSTING_IN_PROGRESS and
 * POSTING_UNSETTLED (unavailable), and those of the backend.
 */
export async function createOnce<Document extends PostedDocument>(
  options: CreateOnce<Document>,
): Promise<Posted<Document>> {
  const store = postingStore(options.database, options.schema);
  const hash = requestHash(options.request);
  const giveUpAt = Date.now() + (options.waitSeconds ?? 20) * 1000;
  for (let pause = 10; ; pause = Math.min(pause * 2, 250)) {
    const lease = new Lease<Document>(store, options, options.leaseSeconds ?? 15);
    const mine = await lease.take(options.connection, hash);
    if (mine) return attempt(options, store, mine, lease);
    const other = await store.read<Document>(options);
    // A conflict is known at once, even while the first request is still on its way.
    if (other && isConflict(options, hash, other)) throw conflict(options, other);
    if (other?.state === 'DONE' && other.result) return { document: other.result, outcome: 'existing' };
    if (Date.now() > giveUpAt) throw inProgress(options);
    await sleep(pause + Math.random() * pause);
  }
}

async function attempt<Document extends PostedDocument>(
  options: CreateOnce<Document>,
  store: PostingStore,
  mine: PostingRow<Document>,
  lease: Lease<Document>,
): Promise<Posted<Document>> {
  try {
    crashPoint('posting.intended');
    const posted = await lookupOrCreate(options, mine, lease);
    crashPoint('posting.made');
    await store.done(options, mine.fence, posted.document.documentNumber, posted.document);
    crashPoint('posting.done');
    return posted;
  } catch (error) {
    await store.release(options, mine.fence, outcomeOf(error, options.settleSeconds ?? 5));
    throw error;
  } finally {
    lease.end();
  }
}

async function lookupOrCreate<Document extends PostedDocument>(
  options: CreateOnce<Document>,
  mine: PostingRow<Document>,
  lease: Lease<Document>,
): Promise<Posted<Document>> {
  const known = mine.attempts > 1 ? await options.lookup() : undefined;
  if (known) return { document: known, outcome: 'existing' };
  if (mine.unsettledSeconds > 0) throw unsettled(options, Math.ceil(mine.unsettledSeconds));
  // Another caller may hold the key by now; this one made nothing yet, so it can step back.
  if (!lease.holds()) throw inProgress(options);
  return { document: await options.create(), outcome: 'created' };
}

/** A refusal is certain: nothing was made. Everything else leaves the posting open, to be looked up. */
function outcomeOf(error: unknown, settleSeconds: number) {
  const ours = error instanceof CrossdockError ? error : undefined;
  const cutOff = ours?.kind === 'unknown-outcome' && ours.details['mayStillRun'] === true;
  return {
    state: ours?.retryable === false ? ('REFUSED' as const) : ('OPEN' as const),
    lastError: (error instanceof Error ? error.message : String(error)).slice(0, 2000),
    unsettledSeconds: cutOff ? settleSeconds : 0,
  };
}

/** The right to work on one key: kept alive while its holder lives, free soon after the holder died. */
class Lease<Document extends PostedDocument> {
  private endsAt = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: PostingStore,
    private readonly key: PostingKey,
    private readonly seconds: number,
  ) {}

  async take(connection: string, hash: string): Promise<PostingRow<Document> | undefined> {
    // Counted from before the statement: the database's end of the lease is never earlier than ours.
    const endsAt = performance.now() + this.seconds * 1000;
    const row = await this.store.claim<Document>(this.key, connection, hash, this.seconds);
    if (!row) return undefined;
    this.endsAt = endsAt;
    this.timer = setInterval(() => void this.renew(row.fence), (this.seconds * 1000) / 3).unref();
    return row;
  }

  holds(): boolean {
    return performance.now() < this.endsAt;
  }

  end(): void {
    clearInterval(this.timer);
  }

  private async renew(fence: string): Promise<void> {
    const endsAt = performance.now() + this.seconds * 1000;
    try {
      this.endsAt = (await this.store.renew(this.key, fence, this.seconds)) ? endsAt : 0;
    } catch {
      // The database is away: what is left of the lease runs out by itself.
    }
  }
}

function isConflict(options: { connection: string }, hash: string, other: PostingRow<PostedDocument>): boolean {
  return other.state !== 'REFUSED' && (other.requestHash !== hash || other.connection !== options.connection);
}

function conflict(
  options: { kind: string; businessKey: string; connection: string },
  other: PostingRow<PostedDocument>,
): CrossdockError {
  const where =
    other.connection === options.connection ? 'with other content' : `through connection ${other.connection}`;
  return new CrossdockError({
    code: 'POSTING_CONFLICT',
    kind: 'conflict',
    message: `${options.kind} ${options.businessKey} was already asked for ${where}`,
    source: options.connection,
  });
}

function unsettled(
  options: { kind: string; businessKey: string; connection: string },
  seconds: number,
): CrossdockError {
  return new CrossdockError({
    code: 'POSTING_UNSETTLED',
    kind: 'unavailable',
    message: `${options.kind} ${options.businessKey}: an earlier call was cut off and may still take effect`,
    source: options.connection,
    retryAfter: seconds,
  });
}

function inProgress(options: { kind: string; businessKey: string; connection: string }): CrossdockError {
  return new CrossdockError({
    code: 'POSTING_IN_PROGRESS',
    kind: 'unavailable',
    message: `${options.kind} ${options.businessKey} is being posted by another caller`,
    source: options.connection,
    retryAfter: 1,
  });
}
