/**
 * Trouble that a person may have to see. Whoever meets it publishes `exceptionOpened`, in the transaction that met it; whoever sees
 * that its cause is gone publishes `exceptionCleared` for the same trouble. The exceptions app groups, counts and keeps.
 *
 *   await this.outbox.publish(tx, [exceptionOpened('process/orders', { domain: 'orders', code: 'COMMAND_FAILED', … })]);
 *
 * Saying the same trouble again is harmless: it is counted on the one exception that is open. So is clearing what is not open.
 */

/** anyone → exceptions. Key: the exception's. */
export const EXCEPTION_OPENED = 'crossdock.exception.opened.v1';
/** anyone → exceptions. The cause is gone. Key: the exception's. */
export const EXCEPTION_CLEARED = 'crossdock.exception.cleared.v1';

/**
 * TRANSIENT repeats by itself and is shown because it has lasted; BUSINESS waits for a person to mend its cause; CRITICAL has cost
 * goods or money already, or will soon.
 */
export type ExceptionTier = 'TRANSIENT' | 'BUSINESS' | 'CRITICAL';

/** What tells one trouble from another: the same cause at the same object is the same trouble. */
export interface ExceptionIdentity {
  /** Whose trouble it is; picks the owner queue. `orders`, `reference`, `shipments`, `inventory`, `inbound`, `jobs` … */
  readonly domain: string;
  /** SCREAMING_SNAKE cause; those of one domain and code are shown as one group. */
  readonly code: string;
  /** What it is about, e.g. `{ type: 'order', id }`. */
  readonly object: { readonly type: string; readonly id: string };
  /** Line of the object, when one line is in trouble and not the whole. */
  readonly line?: number;
}

/** What sends the stopped work on once the cause is mended. */
export interface ExceptionRetry {
  /** The app that can. */
  readonly app: 'orders' | 'shipments' | 'messaging';
  /** ORDER_HOLDS (id: order), SHIPMENT_EFFECT (id: `<shipment>/<effect>`), JOB (id: job). */
  readonly kind: 'ORDER_HOLDS' | 'SHIPMENT_EFFECT' | 'JOB';
  readonly id: string;
}

export interface ExceptionOpened extends ExceptionIdentity {
  /** Of `exceptionKey`. */
  readonly key: string;
  readonly tier: ExceptionTier;
  readonly partner?: string;
  /** The order that waits, where there is one: its timeline shows the exception. */
  readonly order?: string;
  /** What happened, in one sentence for a person; at most 1,000 characters are kept. Never a secret. */
  readonly cause: string;
  /** The value met, and what would have been accepted. */
  readonly seen?: string;
  readonly expected?: string;
  /** Where it was looked up, candidates, the backend's own words. JSON, at most 16 KB. */
  readonly diagnostics?: Readonly<Record<string, unknown>>;
  /** What to do about it, in one sentence. */
  readonly suggestedAction: string;
  readonly retry?: ExceptionRetry;
}

export interface ExceptionCleared {
  readonly key: string;
  /** Why it is over, in one sentence. */
  readonly reason: string;
}

/** exceptions → whoever alerts people. It was not resolved by its due time; told once. Key: the exception's. */
export const EXCEPTION_BREACHED = 'crossdock.exception.breached.v1';
export interface ExceptionBreached {
  /** The exception's id. */
  readonly exception: string;
  readonly key: string;
  readonly tier: ExceptionTier;
  readonly domain: string;
  readonly code: string;
  /** Whose it is. */
  readonly queue: string;
  readonly assignee?: string;
  readonly partner?: string;
  readonly order?: string;
  /** RFC 3339. */
  readonly dueAt: string;
}

/** exceptions → the app named. The cause is mended: go on with what stopped. Harmless when nothing waits any more. Key: `id`. */
export const EXCEPTION_RETRY_ASKED = 'crossdock.exception.retry-asked.v1';
export interface ExceptionRetryAsked extends ExceptionRetry {
  /** The exception's id. */
  readonly exception: string;
  readonly partner?: string;
  /** Who asked, and what was mended. */
  readonly actor: string;
  readonly reason: string;
}

/** An event that `Outbox.publish` takes. */
interface ExceptionEvent<T> {
  readonly type: string;
  readonly source: string;
  readonly subject: string;
  readonly partitionKey: string;
  readonly data: T;
  readonly correlationId?: string;
}

/** `<domain>/<code>/<type>/<id>[#<line>]`. */
export function exceptionKey({ domain, code, object, line }: ExceptionIdentity): string {
  return `${domain}/${code}/${object.type}/${object.id}${line === undefined ? '' : `#${line}`}`;
}

/** `source` is the app that met it, e.g. `process/orders`; `correlationId` that of the work that stopped. */
export function exceptionOpened(
  source: string,
  trouble: Omit<ExceptionOpened, 'key'>,
  correlationId?: string,
): ExceptionEvent<ExceptionOpened> {
  const key = exceptionKey(trouble);
  return {
    ...{ type: EXCEPTION_OPENED, source, subject: key, partitionKey: key, data: { key, ...trouble } },
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}

/** The same identity as when it was opened. */
export function exceptionCleared(
  source: string,
  trouble: ExceptionIdentity,
  reason: string,
  correlationId?: string,
): ExceptionEvent<ExceptionCleared> {
  const key = exceptionKey(trouble);
  return {
    ...{ type: EXCEPTION_CLEARED, source, subject: key, partitionKey: key, data: { key, reason } },
    ...(correlationId === undefined ? {} : { correlationId }),
  };
}
