import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { uuidv7 } from '#canonical/ids';
import { JobOperations } from '#messaging/job-operations';
import type { DeadJob } from '#messaging/job-operations';
import { Jobs } from '#messaging/jobs';
import type { RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { exceptionsConfig } from '../config';
import type { ExceptionsConfig } from '../config';
import { KeepExceptions, type News } from '../keep-exception/keep-exceptions';
import type { Exception } from '../keep-exception/exception';
import * as store from '../out/exception.store';
import { troubleOf } from './trouble';

const QUEUE = 'exceptions.dead-work';
const PER_PAGE = 1_000;
const SOURCE = 'process/exceptions';

/**
 * Every job that is dead, of whatever app, has its exception, and the exception ends with the job. Looked at once in a while and
 * compared, not told by events: a job that tells of dead jobs could itself be the dead one.
 */
@Injectable()
export class WatchDeadWork implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly operations: JobOperations,
    private readonly exceptions: KeepExceptions,
    @Inject(exceptionsConfig.token) private readonly config: ExceptionsConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, () => this.look(), { concurrency: 1, maxAttempts: 1_000_000, maxBackoffSeconds: 60 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [{ queue: QUEUE, key: 'all', payload: null }]);
  }

  /** Re-arms itself in the transaction that completes it. */
  async look(): Promise<RecordOutcome> {
    const waiting = await store.unresolvedOfJobs(this.database);
    const died = await this.died();
    const news = [...otherCauses(waiting, died), ...died.map(openedBy), ...(await this.gone(waiting))];
    return async (tx) => {
      await this.exceptions.apply(tx, news);
      await this.jobs.enqueue(tx, [
        { queue: QUEUE, key: 'all', payload: null, delaySeconds: this.config.deadWorkSeconds },
      ]);
    };
  }

  /** Dead jobs of whose death nobody was told yet. */
  private async died(): Promise<DeadJob[]> {
    const died: DeadJob[] = [];
    for (let after = '0'; ;) {
      const deaths = await this.operations.deaths(after, PER_PAGE);
      const seen = await store.jobsKnownSince(
        this.database,
        deaths.map(({ id, diedAt }) => ({ job: id, since: diedAt })),
      );
      died.push(...(await this.operations.deadOf(deaths.map(({ id }) => id).filter((id) => !seen.has(id)))));
      const last = deaths.at(-1);
      if (last === undefined || deaths.length < PER_PAGE) return died;
      after = last.id;
    }
  }

  private async gone(waiting: readonly Exception[]): Promise<News[]> {
    const present = await this.operations.present(waiting.map(({ objectId }) => objectId));
    return waiting
      .filter(({ objectId }) => !present.has(objectId))
      .map((exception) => clearedBy(exception, 'the job is no longer there: it is done'));
  }
}

/** A job that was tried again and stopped for another reason has that one exception, not two. */
function otherCauses(waiting: readonly Exception[], died: readonly DeadJob[]): News[] {
  const keys = new Map(died.map((job) => [job.id, troubleOf(job).key]));
  return waiting
    .filter(({ objectId, key }) => (keys.get(objectId) ?? key) !== key)
    .map((exception) => clearedBy(exception, 'tried again, the job stopped for another reason'));
}

function clearedBy({ key, correlationId }: Exception, reason: string): News {
  const arrival = { source: SOURCE, correlationId, sequence: null, at: new Date().toISOString() };
  return { type: 'CLEARED', over: { key, reason }, arrival };
}

function openedBy(job: DeadJob): News {
  const { payload } = job;
  const correlation =
    typeof payload === 'object' && payload !== null && 'correlationId' in payload && payload.correlationId;
  const correlationId = typeof correlation === 'string' ? correlation : uuidv7();
  const arrival = { source: SOURCE, correlationId, sequence: null, at: job.diedAt.toISOString() };
  return { type: 'OPENED', trouble: troubleOf(job), arrival };
}
