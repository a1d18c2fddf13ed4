import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
import type { Queryable, Statement } from '#persistence/database';
import { Jobs } from './jobs';

export interface QueueStats {
  queue: string;
  ready: number;
  /** Of those ready: not due yet. */
  delayed: number;
  running: number;
  dead: number;
  paused: boolean;
  /** Seconds the oldest due job has waited; 0 when none waits. */
  oldestSeconds: number;
}

export interface DeadJob {
  id: string;
  queue: string;
  key: string | null;
  orderKey: string | null;
  payload: unknown;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  diedAt: Date;
}

/** A job that is not finished. */
export interface LiveJob {
  queue: string;
  key: string;
  state: 'ready' | 'running' | 'dead';
  attempts: number;
  lastError: string | null;
  /** When it is tried next; of one that runs, when it was due. */
  runAt: Date;
}

const findLive: Statement = {
  name: 'job-find',
  text: `
    select j.queue, j.key, j.state, j.attempts, j.last_error as "lastError", j.run_at as "runAt"
      from unnest($1::text[], $2::text[]) as n (queue, key)
      join messaging.job j on j.queue = n.queue and j.key = n.key`,
};

const queueStats: Statement = {
  name: 'job-stats',
  text: `
    select coalesce(j.queue, p.queue) as queue,
           count(*) filter (where state = 'ready')::int as ready,
           count(*) filter (where state = 'ready' and run_at > now())::int as delayed,
           count(*) filter (where state = 'running')::int as running,
           count(*) filter (where state = 'dead')::int as dead,
           bool_or(p.queue is not null) as paused,
           coalesce(extract(epoch from now() - min(run_at) filter (where state = 'ready' and run_at <= now())), 0)::float8
             as "oldestSeconds"
      from messaging.job j full join messaging.paused_queue p on p.queue = j.queue
     group by 1 order by 1`,
};

const listDead: Statement = {
  name: 'job-dead-list',
  text: `
    select id, queue, key, order_key as "orderKey", payload, attempts, last_error as "lastError",
           created_at as "createdAt", died_at as "diedAt"
      from messaging.job
     where state = 'dead' and id > $1 and ($2::text is null or queue = $2)
     order by id limit $3`,
};

const listDeaths: Statement = {
  name: 'job-dead-deaths',
  text: `select id, died_at as "diedAt" from messaging.job where state = 'dead' and id > $1 order by id limit $2`,
};

const readDead: Statement = {
  name: 'job-dead-read',
  text: `
    select id, queue, key, order_key as "orderKey", payload, attempts, last_error as "lastError",
           created_at as "createdAt", died_at as "diedAt"
      from messaging.job where state = 'dead' and id = any($1::bigint[]) order by id`,
};

const stillThere: Statement = {
  name: 'job-still-there',
  text: `select id from messaging.job where id = any($1::bigint[])`,
};

const retryDead: Statement = {
  name: 'job-dead-retry',
  text: `
    update messaging.job set state = 'ready', attempts = 0, defects = 0, run_at = now(), died_at = null
     where id = any($1::bigint[]) and state = 'dead'`,
};

const discardDead: Statement = {
  name: 'job-dead-discard',
  text: `delete from messaging.job where id = any($1::bigint[]) and state = 'dead'`,
};

/** The exception queue and the state of all queues, for the operations screen. */
@Injectable()
export class JobOperations {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  async stats(): Promise<QueueStats[]> {
    return (await this.database.query<QueueStats>(queueStats)).rows;
  }

  /** Those of these jobs that are not finished. */
  async find(jobs: readonly { queue: string; key: string }[]): Promise<LiveJob[]> {
    const names = [jobs.map(({ queue }) => queue), jobs.map(({ key }) => key)];
    return (await this.database.query<LiveJob>(findLive, names)).rows;
  }

  /** Dead jobs, oldest first; `next` continues the list and is undefined at its end. */
  async dead(
    page: { queue?: string; after?: string; limit?: number } = {},
  ): Promise<{ jobs: DeadJob[]; next?: string }> {
    const limit = page.limit ?? 50;
    const { rows } = await this.database.query<DeadJob>(listDead, [page.after ?? '0', page.queue ?? null, limit]);
    const last = rows.at(-1);
    return rows.length === limit && last ? { jobs: rows, next: last.id } : { jobs: rows };
  }

  /** Which jobs are dead since when, by id and after the id given: cheap, whatever they carry. */
  async deaths(after: string, limit: number): Promise<{ id: string; diedAt: Date }[]> {
    return (await this.database.query<{ id: string; diedAt: Date }>(listDeaths, [after, limit])).rows;
  }

  /** Those of these jobs that are dead, whole. */
  async deadOf(ids: readonly string[]): Promise<DeadJob[]> {
    return (await this.database.query<DeadJob>(readDead, [ids])).rows;
  }

  /** Those of these jobs that are not done and not discarded. */
  async present(ids: readonly string[]): Promise<Set<string>> {
    return new Set((await this.database.query<{ id: string }>(stillThere, [ids])).rows.map(({ id }) => id));
  }

  /** Gives dead jobs all their attempts again. Returns how many there were. */
  async retry(ids: readonly string[], db: Queryable = this.database): Promise<number> {
    const { rowCount } = await db.query(retryDead, [ids]);
    this.jobs.wakeAfter(db);
    return rowCount;
  }

  /** Gives up on dead jobs for good; what waited behind them goes on. */
  async discard(ids: readonly string[]): Promise<number> {
    const { rowCount } = await this.database.query(discardDead, [ids]);
    this.jobs.wakeAfter(this.database);
    return rowCount;
  }
}
