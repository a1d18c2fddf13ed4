/**
 * What went wrong, in words that every layer can act on. `kind` is translated in three places only: to an HTTP status
 * (`libs/service`), to a retry decision (`libs/resilience`), to ack or dead letter (`libs/messaging`).
 */
export type ErrorKind =
  | 'invalid' // the request itself is wrong: nothing will make it right but another request
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict' // contradicts what is already recorded
  | 'precondition' // a version or a precondition was missed
  | 'refused' // a business rule of a backend or of ours says no
  | 'limited' // too much, too fast: wait and come back
  | 'unavailable' // a backend or a dependency is away: the same call may work later
  | 'unknown-outcome' // the call may or may not have taken effect: look up before trying again
  | 'defect'; // ours

/** One thing that is wrong with a request. `pointer` is an RFC 6901 JSON pointer into the request body. */
export interface Finding {
  readonly code: string;
  readonly detail: string;
  readonly pointer?: string;
  readonly severity?: 'REJECT' | 'HOLD' | 'WARN' | 'FIX';
  /** What was sent, and what would have been accepted. */
  readonly seen?: string;
  readonly expected?: string;
  /** `YYYY-MM-DD`: the next day on which the same would work. */
  readonly nextDate?: string;
  /** `YYYY-MM-DD`: the day by which what is missing could be bought; nothing is held for it. */
  readonly leadTimeDate?: string;
}

export interface ErrorFields {
  /** SCREAMING_SNAKE code from the registry in `docs/errors.md`. */
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message?: string;
  /** Default: true for `limited`, `unavailable` and `unknown-outcome`. */
  readonly retryable?: boolean;
  /** The app, backend or connection that said so. */
  readonly source?: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly findings?: readonly Finding[];
  /** Seconds to wait, when the source named them. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

const RETRYABLE: readonly ErrorKind[] = ['limited', 'unavailable', 'unknown-outcome'];

export class CrossdockError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly source: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
  readonly retryAfter: number | undefined;

  constructor(fields: ErrorFields) {
    super(fields.message ?? fields.code, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'CrossdockError';
    this.code = fields.code;
    this.kind = fields.kind;
    this.retryable = fields.retryable ?? RETRYABLE.includes(fields.kind);
    this.source = fields.source;
    this.details = fields.details ?? {};
    this.findings = fields.findings ?? [];
    this.retryAfter = fields.retryAfter;
  }
}
