import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { Database } from '#persistence/database';
import { crashPoint } from '#persistence/crash-point';
import { Gatherer } from '#persistence/gather';
import { gatherPause } from './gather-pause';
import { isDefect, isLastTry } from './job';
import type { BatchHandler, ClaimedJob, JobHandler, JobSettings, RecordAnswers } from './job';
import * as store from './job.store';
import { Wake } from './wake';

const ONE_SET = { size: 128, inFlight: 1 };

/** Runs a job to its end, completion included. */
export type JobCall = (job: ClaimedJob) => Promise<void>;

/** One queue as this process serves it. A batch lane runs one batch at a time. */
export interface Lane extends Omit<store.ClaimRequest, 'free'> {
  readonly capacity: number;
  readonly maxBackoffMs: number;
  readonly one?: JobHandler;
  readonly gathered?: JobCall;
  readonly many?: BatchHandler;
}

/** Thrown inside the completing transaction: another process has this job now, so nothing of ours may commit. */
class LeaseLost extends Error {}

/** Claims for all queues of a process with one statement, runs what it got, keeps the leases alive. */
export class JobWorker {
  private readonly log = new Logger('jobs');
  private readonly name = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly wakeUp = new Wake();
  private readonly held = new Map<string, ClaimedJob>();
  private readonly running = new Set<Promise<void>>();
  private readonly busy = new Map<string, number>();
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly lease: number;
  /** Milliseconds after which the queues are looked at unasked. */
  readonly poll: number;
  private readonly reapEvery: number;
  private loop: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly lanes: ReadonlyMap<string, Lane>,
    settings: JobSettings,
  ) {
    this.lease = settings.leaseSeconds ?? 30;
    this.poll = (settings.pollSeconds ?? 1) * 1000;
    this.reapEvery = (settings.reapSeconds ?? 5) * 1000;
  }

  start(): void {
    this.stopping = false;
    this.every((this.lease * 1000) / 3, () => this.renew());
    this.every(this.reapEvery, () => this.reap());
    this.loop = this.serve();
  }

  /** Completes jobs in sets, with what is recorded of their answers. One set at a time: two would wait for each other's rows. */
  gatherer<Answer>(record: RecordAnswers<Answer>): Gatherer<{ job: ClaimedJob; answer: Answer }, undefined> {
    return new Gatherer(async (asked) => {
      const jobs = asked.map(({ job }) => job);
      await this.settle(jobs, (tx) => record(tx, asked.map(({ answer }) => answer))); // prettier-ignore
      return asked.map(() => ({ value: undefined }));
    }, ONE_SET);
  }

  wake(): void {
    this.wakeUp.ring();
  }

  /** Claims nothing more and waits for what runs; after `graceSeconds` hands the rest back for others to run. */
  async stop(graceSeconds = 10): Promise<void> {
    this.stopping = true;
    this.wakeUp.ring();
    await this.loop;
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise((resolve) => (timer = setTimeout(resolve, graceSeconds * 1000)));
    await Promise.race([Promise.allSettled(this.running), grace]);
    clearTimeout(timer);
    for (const each of this.timers.splice(0)) clearInterval(each);
    const rest = [...this.held.values()];
    if (rest.length > 0) await this.quietly('release', () => store.release(this.database, rest));
  }

  private async serve(): Promise<void> {
    while (!this.stopping) {
      const taken = await this.round();
      if (taken > 0) {
        // What becomes ready or free within this moment is claimed together.
        await sleep(gatherPause(taken));
        continue;
      }
      // Looks ahead and then once more, because a job can fall due between a claim and the look ahead.
      const idle = await this.idleTime();
      if ((await this.round()) === 0) await this.wakeUp.wait(idle);
    }
  }

  /** How many jobs it has taken. */
  private async round(): Promise<number> {
    const claimed = await this.claim();
    for (const [queue, jobs] of byQueue(claimed)) this.dispatch(queue, jobs);
    return claimed.length;
  }

  private async claim(): Promise<ClaimedJob[]> {
    const requests = [...this.lanes.values()]
      .map((lane) => ({ free: this.freeOf(lane), ...lane }))
      .filter(({ free }) => free > 0);
    if (requests.length === 0) return [];
    const claimed = await this.quietly('claim', () => store.claim(this.database, requests, this.lease, this.name));
    for (const job of claimed ?? []) this.held.set(job.id, job);
    return claimed ?? [];
  }

  private freeOf(lane: Lane): number {
    const busy = this.busy.get(lane.queue) ?? 0;
    return lane.batch && busy > 0 ? 0 : lane.capacity - busy;
  }

  /** Until the next job is due, at most one poll. */
  private async idleTime(): Promise<number> {
    const queues = [...this.lanes.values()].filter((lane) => this.freeOf(lane) > 0).map(({ queue }) => queue);
    if (queues.length === 0) return this.poll;
    const due = await this.quietly('look ahead', () => store.untilNextDue(this.database, queues));
    return Math.min(this.poll, Math.ceil(due ?? this.poll) + 1);
  }

  private dispatch(queue: string, jobs: ClaimedJob[]): void {
    const lane = this.lanes.get(queue);
    if (!lane) return;
    const { one, many, gathered } = lane;
    if (gathered) for (const job of jobs) this.track(queue, [job], () => this.runGathered(gathered, job));
    else if (many) this.track(queue, jobs, () => this.runBatch(many, jobs));
    else if (one) for (const job of jobs) this.track(queue, [job], () => this.runOne(one, job));
  }

  private track(queue: string, jobs: ClaimedJob[], work: () => Promise<void>): void {
    this.busy.set(queue, (this.busy.get(queue) ?? 0) + jobs.length);
    const run = work()
      .catch((error: unknown) => this.log.warn(`${queue}: ${messageOf(error)}; the lease will run out`))
      .finally(() => {
        for (const job of jobs) this.held.delete(job.id);
        this.busy.set(queue, (this.busy.get(queue) ?? 0) - jobs.length);
        this.running.delete(run);
        this.wakeUp.ring();
      });
    this.running.add(run);
  }

  private async runOne(handler: JobHandler, job: ClaimedJob): Promise<void> {
    try {
      const record = await handler(job);
      if (record) await this.settle([job], record);
      else if (!(await store.complete(this.database, [job]))) throw new LeaseLost();
    } catch (error) {
      await this.failed(job, error);
    }
  }

  private async runGathered(call: JobCall, job: ClaimedJob): Promise<void> {
    try {
      await call(job);
    } catch (error) {
      await this.failed(job, error);
    }
  }

  /** The whole batch in one transaction; if that fails, one by one, so that one bad member stops only itself. */
  private async runBatch(handler: BatchHandler, jobs: ClaimedJob[]): Promise<void> {
    try {
      await this.settle(jobs, (tx) => handler(jobs, tx));
    } catch (error) {
      const [only] = jobs;
      if (jobs.length === 1 && only) await this.failed(only, error);
      else await this.oneByOne(handler, jobs);
    }
  }

  private async oneByOne(handler: BatchHandler, jobs: ClaimedJob[]): Promise<void> {
    const failedKeys = new Set<string>();
    const behind: ClaimedJob[] = [];
    for (const job of jobs) {
      if (job.orderKey !== null && failedKeys.has(job.orderKey)) {
        behind.push(job);
        continue;
      }
      try {
        await this.settle([job], (tx) => handler([job], tx));
      } catch (error) {
        await this.failed(job, error);
        if (job.orderKey !== null) failedKeys.add(job.orderKey);
      }
      this.held.delete(job.id);
    }
    if (behind.length > 0) await store.release(this.database, behind);
  }

  /**
   * Deletes first: that proves the lease, and lets a timer re-arm itself under its own key. It goes out together with the first statement
   * of the effect; what that does without the lease never commits.
   */
  private async settle(jobs: ClaimedJob[], record: (tx: Parameters<BatchHandler>[1]) => Promise<void>): Promise<void> {
    await this.database.transaction(async (tx) => {
      const completed = store.complete(tx, jobs);
      const recorded = (async () => record(tx))();
      // Both are waited for: nothing may still be asked when the transaction ends.
      const [lease, effect] = await Promise.allSettled([completed, recorded]);
      if (lease.status === 'rejected') throw lease.reason;
      if (!lease.value) throw new LeaseLost();
      if (effect.status === 'rejected') throw effect.reason;
      crashPoint('job.settling');
    });
    crashPoint('job.settled');
  }

  private async failed(job: ClaimedJob, error: unknown): Promise<void> {
    if (error instanceof LeaseLost) {
      this.log.warn(`${job.queue} ${job.id}: lease lost, the outcome is dropped`);
      return;
    }
    const ours = error instanceof CrossdockError ? error : undefined;
    const state = await store.fail(this.database, job, {
      error: describe(error),
      dead: isLastTry(job, error),
      defect: isDefect(error),
      retryAfterMs: (ours?.retryAfter ?? 0) * 1000,
      maxBackoffMs: this.lanes.get(job.queue)?.maxBackoffMs ?? Infinity,
    });
    const outcome = state === 'dead' ? 'dead' : 'will be tried again';
    this.log.warn(`${job.queue} ${job.id} attempt ${job.attempts} failed, ${outcome}: ${messageOf(error)}`);
  }

  private async renew(): Promise<void> {
    const jobs = [...this.held.values()];
    if (jobs.length > 0) await store.renew(this.database, jobs, this.lease);
  }

  private async reap(): Promise<void> {
    const reaped = await store.reap(this.database);
    if (reaped === 0) return;
    this.log.warn(`${reaped} jobs had lost their worker`);
    this.wakeUp.ring();
  }

  private every(milliseconds: number, work: () => Promise<void>): void {
    let active = false;
    const tick = async (): Promise<void> => {
      if (active) return;
      active = true;
      await this.quietly('housekeeping', work);
      active = false;
    };
    this.timers.push(setInterval(() => void tick(), milliseconds));
  }

  /** The database may be away: say so and let the next round try again. */
  private async quietly<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!this.stopping) this.log.warn(`${what}: ${messageOf(error)}`);
      return undefined;
    }
  }
}

function byQueue(jobs: readonly ClaimedJob[]): Map<string, ClaimedJob[]> {
  const queues = new Map<string, ClaimedJob[]>();
  for (const job of jobs) {
    const queue = queues.get(job.queue);
    if (queue) queue.push(job);
    else queues.set(job.queue, [job]);
  }
  return queues;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the exception queue shows: code and message, and the stack of a defect. */
function describe(error: unknown): string {
  if (error instanceof CrossdockError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message).slice(0, 4000) : String(error);
}
