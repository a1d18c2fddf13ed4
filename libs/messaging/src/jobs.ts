import { Inject, Injectable, Optional } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { afterCommit, Database } from '#persistence/database';
import type { Queryable, Transaction } from '#persistence/database';
import type { AskHandler, BatchHandler, BatchOptions, GatheredOptions, HandleOptions, JobHandler, JobSettings, NewJob, RecordAnswers } from './job'; // prettier-ignore
import { JobWorker } from './job-worker';
import type { JobCall, Lane } from './job-worker';
import * as store from './job.store';
import { Listener } from './listener';

export { isLastTry } from './job';
export type {
  AskHandler,
  BatchHandler,
  BatchOptions,
  HandleOptions,
  Job,
  JobHandler,
  JobSettings,
  NewJob,
  RecordAnswers,
  RecordOutcome,
} from './job';

export const JOB_SETTINGS = Symbol('JOB_SETTINGS');
const channel = 'crossdock_jobs';

/** Jobs and timers: rows of PostgreSQL, enqueued and completed in the transactions of the business change. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly lanes = new Map<string, Lane>();
  private readonly worker: JobWorker;
  private readonly ring = (): void => this.worker.wake();
  private started = false;

  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
    @Optional() @Inject(JOB_SETTINGS) settings?: JobSettings,
  ) {
    this.worker = new JobWorker(database, this.lanes, settings ?? {});
  }

  /**
   * Enqueues with one statement, in the transaction of the change that needs the work. Ids are given in array order;
   * hold the aggregate's row lock when jobs share an order key, because only then id order is commit order.
   */
  async enqueue(tx: Queryable, jobs: readonly NewJob[]): Promise<void> {
    await this.insert(tx, jobs, false);
  }

  /**
   * As `enqueue`, but never waits for a transaction that is just completing a job of the same key: while its row is still to be seen, the new
   * job is left out. So the new one is lost when that transaction commits. Only for work whose completion itself asks, under a
   * lock both sides take, whether there is more to do.
   */
  async enqueueMissing(tx: Transaction, jobs: readonly NewJob[]): Promise<void> {
    await this.insert(tx, jobs, true);
  }

  /** Tells every process to look at the queues once the transaction has committed. */
  wakeAfter(tx: Queryable): void {
    afterCommit(tx, () => this.listener.notify(channel));
  }

  /** Takes back a job that nobody has tried, so that nothing outside can know of it. False when there is none such. */
  async withdraw(tx: Queryable, queue: string, key: string): Promise<boolean> {
    return store.withdraw(tx, queue, key);
  }

  /** Ends a job that does not run now, also a timer or one that is to be tried again. False when there is none, or it runs. */
  async cancel(tx: Queryable, queue: string, key: string): Promise<boolean> {
    return store.cancel(tx, queue, key);
  }

  /** Registers the handler of a queue, before start. It calls outside first and returns what to record. */
  handle(queue: string, handler: JobHandler, options: HandleOptions = {}): void {
    this.register({ ...laneOptions(queue, options), batch: false, capacity: options.concurrency ?? 10, one: handler });
  }

  /**
   * For many outside calls whose answers are cheap to record together: each job asks alone, and the answers that are there at the
   * same time commit in one transaction with the completion of their jobs, one by one when that fails. Queues named
   * together share these transactions; one that asks nobody outside may run more at once than the others (`concurrencyOf`).
   */
  handleGathered<Answer>(
    queues: readonly string[],
    ask: AskHandler<Answer>,
    record: RecordAnswers<Answer>,
    { concurrencyOf = {}, ...options }: GatheredOptions = {},
  ): void {
    const settle = this.worker.gatherer(record);
    const gathered: JobCall = async (job) => settle.call({ job, answer: await ask(job) });
    for (const queue of queues) {
      const capacity = concurrencyOf[queue] ?? options.concurrency ?? 10;
      this.register({ ...laneOptions(queue, options), batch: false, capacity, gathered });
    }
  }

  /** For cheap work on the database only: many jobs in one transaction, one by one when that fails. */
  handleBatch(queue: string, handler: BatchHandler, options: BatchOptions = {}): void {
    this.register({ ...laneOptions(queue, options), batch: true, capacity: options.batchSize ?? 200, many: handler });
  }

  async start(): Promise<void> {
    if (this.started) return;
    this.started = true;
    this.listener.on(channel, this.ring);
    await this.listener.start();
    this.worker.start();
  }

  /** Finishes what runs, hands back the rest. */
  async stop(graceSeconds?: number): Promise<void> {
    if (!this.started) return;
    this.started = false;
    this.listener.off(channel, this.ring);
    await this.worker.stop(graceSeconds);
    await this.listener.stop();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** No process claims from a paused queue; what runs goes on. */
  async pause(queue: string): Promise<void> {
    await this.database.query('insert into messaging.paused_queue (queue) values ($1) on conflict do nothing', [queue]);
  }

  async resume(queue: string): Promise<void> {
    await this.database.query('delete from messaging.paused_queue where queue = $1', [queue]);
    this.listener.notify(channel);
  }

  private async insert(tx: Queryable, jobs: readonly NewJob[], onlyMissing: boolean): Promise<void> {
    if (jobs.length === 0) return;
    // Who looks once in a while finds what is due later by itself: a thousand timers a second wake nobody.
    const soon = jobs.some(({ delaySeconds = 0 }) => delaySeconds * 1000 < this.worker.poll);
    if ((await store.insert(tx, jobs, onlyMissing)) > 0 && soon) this.wakeAfter(tx);
  }

  private register(lane: Lane): void {
    if (this.lanes.has(lane.queue)) throw new Error(`queue ${lane.queue} has two handlers`);
    this.lanes.set(lane.queue, lane);
    this.worker.wake();
  }
}

function laneOptions(queue: string, options: BatchOptions | HandleOptions): Omit<Lane, 'batch' | 'capacity'> {
  return {
    queue,
    maxAttempts: options.maxAttempts ?? 20,
    maxDefects: options.maxDefects ?? options.maxAttempts ?? 20,
    maxBackoffMs: Math.round((options.maxBackoffSeconds ?? 3600) * 1000),
    backoffMs: Math.round((options.backoffSeconds ?? 1) * 1000),
    deadBlocksOrderKey: options.deadBlocksOrderKey ?? false,
  };
}
