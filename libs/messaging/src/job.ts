import { CrossdockError } from '#canonical/errors';
import type { Transaction } from '#persistence/database';

/** Work to be done later, recorded in the transaction of the change that asks for it. */
export interface NewJob {
  queue: string;
  /** JSON. */
  payload: unknown;
  /** At most one unfinished or dead job of the queue has this key; a second one is dropped. */
  key?: string;
  /** Jobs of one queue with the same order key run one at a time, in the order they were enqueued. */
  orderKey?: string;
  /** Counted by the database's clock from the start of the enqueuing transaction. A timer is a job with a delay. */
  delaySeconds?: number;
  /** Above 0: before all others of the queue. Below 0: behind them. Only the sign counts. */
  priority?: number;
  /** Default: what the handler of the queue says. */
  maxAttempts?: number;
}

export interface Job {
  id: string;
  queue: string;
  key: string | null;
  orderKey: string | null;
  payload: unknown;
  /** This one included, so 1 the first time. */
  attempts: number;
  maxAttempts: number;
  /** Attempts before this one that failed for another reason than a backend being away: faults of ours, lost workers. */
  defects: number;
  maxDefects: number;
}

/** A job this process holds: the fence proves it when the outcome is recorded. */
export interface ClaimedJob extends Job {
  fence: string;
}

/**
 * What a handler wants recorded: it commits with the completion of the job, or not at all. Never by `tx.commit`, here and in what follows: that
 * the job is still held is known last.
 */
export type RecordOutcome = (tx: Transaction) => Promise<void>;

/** Does the outside call first, holding no transaction, and returns what to record. */
export type JobHandler = (job: Job) => Promise<RecordOutcome | void>;

/** Does the outside call and returns its answer; what is to be recorded of it is for RecordAnswers. */
export type AskHandler<Answer> = (job: Job) => Promise<Answer>;

/** Records the answers of many jobs: it commits with the completion of all of them, or not at all. */
export type RecordAnswers<Answer> = (tx: Transaction, answers: readonly Answer[]) => Promise<void>;

export type BatchHandler = (jobs: readonly Job[], tx: Transaction) => Promise<void>;

export interface HandleOptions {
  /** Jobs of the queue at once in this process; default 10. */
  concurrency?: number;
  /** Default 20: with the default backoff, about nine hours. */
  maxAttempts?: number;
  /**
   * Attempts that may fail otherwise than by a backend that is away or busy (a retryable CrossdockError). Default: maxAttempts.
   * With many attempts and few of these a job outlasts any outage, and a fault of ours still comes to light.
   */
  maxDefects?: number;
  /** Wait after the first failure; doubles each time, with jitter, up to maxBackoffSeconds. Default 1. */
  backoffSeconds?: number;
  /** Longest wait of ours between two attempts, default 3,600. A backend that names a longer one (Retry-After) is obeyed, up to an hour. */
  maxBackoffSeconds?: number;
  /** A dead job keeps the younger ones of its order key waiting. Default false. */
  deadBlocksOrderKey?: boolean;
}

export interface BatchOptions extends Omit<HandleOptions, 'concurrency'> {
  /** Jobs in one transaction at most; default 200. */
  batchSize?: number;
}

export interface GatheredOptions extends HandleOptions {
  /** Jobs at once in this process, of the queues that are named here; `concurrency` of the others. */
  concurrencyOf?: Readonly<Record<string, number>>;
}

export interface JobSettings {
  /** Default 30; renewed at a third of it. */
  leaseSeconds?: number;
  /** Default 5. */
  reapSeconds?: number;
  /** Longest wait between two looks at the queues; default 1. */
  pollSeconds?: number;
}

/** True for a failure that is not a backend being away, busy or silent. */
export function isDefect(error: unknown): boolean {
  return !(error instanceof CrossdockError && error.retryable);
}

/** True when the job is dead once this attempt fails with this error. */
export function isLastTry(
  { attempts, maxAttempts, defects, maxDefects }: Pick<Job, 'attempts' | 'maxAttempts' | 'defects' | 'maxDefects'>,
  error: unknown,
): boolean {
  const final = error instanceof CrossdockError && !error.retryable;
  return final || attempts >= maxAttempts || (isDefect(error) && defects + 1 >= maxDefects);
}
