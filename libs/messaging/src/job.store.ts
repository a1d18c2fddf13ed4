import type { Queryable, Statement } from '#persistence/database';
import type { ClaimedJob, NewJob } from './job';

/** How a process serves one queue: what a claim needs to know. */
export interface ClaimRequest {
  readonly queue: string;
  readonly free: number;
  readonly batch: boolean;
  readonly maxAttempts: number;
  readonly maxDefects: number;
  readonly backoffMs: number;
  readonly deadBlocksOrderKey: boolean;
}

export interface Failure {
  readonly error: string;
  readonly dead: boolean;
  readonly defect: boolean;
  /** What the backend asked for; 0 when it named nothing. */
  readonly retryAfterMs: number;
  readonly maxBackoffMs: number;
}

export interface Hold {
  readonly id: string;
  readonly fence: string;
}

const insertJobs: Statement = {
  name: 'job-insert',
  text: `
    insert into messaging.job (queue, key, order_key, payload, run_at, priority, max_attempts)
    select queue, key, order_key, payload::jsonb, now() + delay * interval '1 second', priority, max_attempts
      from rows from (unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::smallint[], $6::int[]),
                      json_array_elements($7::json))
           with ordinality as n (queue, key, order_key, delay, priority, max_attempts, payload, position)
     where not ($8 and exists (select 1 from messaging.job j where j.queue = n.queue and j.key = n.key))
     order by position
    on conflict (queue, key) where key is not null do nothing`,
};

/**
 * Candidates are due, unpaused and not behind a job of their order key that runs, waits to be tried again or died
 * blocking (index job_blocking). Of each order key only an unbroken run from its oldest live job is taken: a batch
 * queue takes the run, any other its first job. Rows another process has just claimed count as live, so at worst a
 * job is taken one claim later, never out of order. What bars a key is looked up once, at its first candidate, and told to the
 * others by a window: PostgreSQL expects one candidate, and would join hundreds of them with hundreds of keys row by row.
 */
const claimJobs: Statement = {
  name: 'job-claim',
  text: `
    with wanted as (
      select w.* from unnest($1::text[], $2::int[], $3::boolean[], $4::int[], $5::int[], $6::int[], $7::boolean[])
             as w (queue, free, batch, max_attempts, max_defects, backoff_ms, dead_blocks)
       where not exists (select 1 from messaging.paused_queue p where p.queue = w.queue)
    ), candidate as materialized (
      select w.*, c.id, c.order_key
        from wanted w cross join lateral (
          select due.id, due.order_key
            from (values (1), (0), (-1)) as level (priority) cross join lateral (
              select j.id, j.order_key
                from messaging.job j
               where j.queue = w.queue and j.state = 'ready' and j.priority = level.priority and j.run_at <= now()
                 and (j.order_key is null or not exists (
                       select 1 from messaging.job o
                        where o.queue = j.queue and o.order_key = j.order_key and o.id < j.id
                          and (o.state = 'running' or (o.state = 'dead' and o.dead_blocks)
                               or (o.state = 'ready' and (o.attempts > 0 or o.run_at > o.created_at)))))
               order by j.run_at, j.id
               limit w.free
                 for update of j skip locked) due
           limit w.free) c
    ), placed as (
      select c.*, row_number() over (partition by c.queue, c.order_key order by c.id) as place from candidate c
    ), guarded as (
      select p.*, max(case when p.place = 1 and p.order_key is not null then (
               select o.id from messaging.job o
                where o.queue = p.queue and o.order_key = p.order_key and (o.state <> 'dead' or o.dead_blocks)
                  and o.id not in (select id from candidate)
                order by o.queue, o.order_key, o.id limit 1) end) over (partition by p.queue, p.order_key) as barrier_id
        from placed p
    ), taken as (
      select * from guarded g
       where g.order_key is null or ((g.barrier_id is null or g.id < g.barrier_id) and (g.batch or g.place = 1))
    )
    update messaging.job j
       set state = 'running', attempts = j.attempts + 1, fence = nextval('messaging.job_fence'), worker = $9,
           lease_until = now() + $8 * interval '1 second', max_attempts = coalesce(j.max_attempts, t.max_attempts),
           max_defects = t.max_defects, backoff_ms = t.backoff_ms, dead_blocks = t.dead_blocks
      from taken t
     where j.id = t.id
    returning j.id, j.queue, j.key, j.order_key as "orderKey", j.payload, j.attempts,
              j.max_attempts as "maxAttempts", j.defects, j.max_defects as "maxDefects", j.fence`,
};

const nextDue: Statement = {
  name: 'job-next-due',
  text: `
    select (extract(epoch from min(due.run_at) - now()) * 1000)::float8 as milliseconds
      from unnest($1::text[]) as w (queue)
     cross join (values (1), (0), (-1)) as level (priority)
     cross join lateral (
       select run_at from messaging.job j
        where j.queue = w.queue and j.state = 'ready' and j.priority = level.priority and j.run_at > now()
        order by run_at limit 1) due`,
};

const completeJobs: Statement = {
  name: 'job-complete',
  text: `
    delete from messaging.job j using unnest($1::bigint[], $2::bigint[]) as held (id, fence)
     where j.id = held.id and j.fence = held.fence and j.state = 'running'`,
};

const renewLeases: Statement = {
  name: 'job-renew',
  text: `
    update messaging.job set lease_until = now() + $3 * interval '1 second'
     where id in (select j.id from messaging.job j
                    join unnest($1::bigint[], $2::bigint[]) as held (id, fence) on j.id = held.id
                   where j.fence = held.fence and j.state = 'running'
                     for update of j skip locked)`,
};

/** Exponential with jitter up to the queue's longest wait; what the error asked for if that is more, at most one hour. */
const failJob: Statement = {
  name: 'job-fail',
  text: `
    update messaging.job
       set state = case when $4 then 'dead' else 'ready' end, died_at = case when $4 then now() end,
           run_at = now() + least(3600000, greatest($5::float8,
                      least($6::float8, backoff_ms * power(2, least(attempts - 1, 20))) * (0.5 + random() / 2)))
                      * interval '1 millisecond',
           defects = defects + $7,
           last_error = $3, fence = null, lease_until = null, worker = null
     where id = $1 and fence = $2 and state = 'running'
    returning state`,
};

const releaseJobs: Statement = {
  name: 'job-release',
  text: `
    update messaging.job j
       set state = 'ready', attempts = j.attempts - 1, fence = null, lease_until = null, worker = null
      from unnest($1::bigint[], $2::bigint[]) as held (id, fence)
     where j.id = held.id and j.fence = held.fence and j.state = 'running'`,
};

/** A job whose worker vanished may be the one that killed it: that counts as a defect. */
const reapJobs: Statement = {
  name: 'job-reap',
  text: `
    update messaging.job
       set state = case when attempts >= max_attempts or defects + 1 >= max_defects then 'dead' else 'ready' end,
           died_at = case when attempts >= max_attempts or defects + 1 >= max_defects then now() end,
           defects = defects + 1,
           last_error = coalesce(last_error || E'\\n', '') || 'lease lost by ' || worker,
           fence = null, lease_until = null, worker = null
     where id in (select id from messaging.job where state = 'running' and lease_until < now()
                   for update skip locked)`,
};

const cancelJob: Statement = {
  name: 'job-cancel',
  text: `delete from messaging.job where queue = $1 and key = $2 and state <> 'running'`,
};

/** A job that was handed back unstarted has given its try back; one whose lease ran out has not. */
const withdrawJob: Statement = {
  name: 'job-withdraw',
  text: `delete from messaging.job where queue = $1 and key = $2 and state = 'ready' and attempts = 0`,
};

function holds(jobs: readonly Hold[]): [string[], string[]] {
  return [jobs.map((job) => job.id), jobs.map((job) => job.fence)];
}

/** With `onlyMissing` a key is left out that has a job in the snapshot: nobody waits then for who is about to delete it. */
export async function insert(db: Queryable, jobs: readonly NewJob[], onlyMissing = false): Promise<number> {
  const { rowCount } = await db.query(insertJobs, [
    jobs.map((job) => job.queue),
    jobs.map((job) => job.key ?? null),
    jobs.map((job) => job.orderKey ?? null),
    jobs.map((job) => job.delaySeconds ?? 0),
    jobs.map((job) => Math.sign(job.priority ?? 0)),
    jobs.map((job) => job.maxAttempts ?? null),
    // One list: in an array of texts the driver would escape every quote.
    JSON.stringify(jobs.map((job) => job.payload ?? null)),
    onlyMissing,
  ]);
  return rowCount;
}

/** Takes what is due and free to run, oldest first. */
export async function claim(
  db: Queryable,
  requests: readonly ClaimRequest[],
  leaseSeconds: number,
  worker: string,
): Promise<ClaimedJob[]> {
  const { rows } = await db.query<ClaimedJob>(claimJobs, [
    requests.map((request) => request.queue),
    requests.map((request) => request.free),
    requests.map((request) => request.batch),
    requests.map((request) => request.maxAttempts),
    requests.map((request) => request.maxDefects),
    requests.map((request) => request.backoffMs),
    requests.map((request) => request.deadBlocksOrderKey),
    leaseSeconds,
    worker,
  ]);
  return rows.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/** Milliseconds until the next job of these queues is due, undefined when none waits. */
export async function untilNextDue(db: Queryable, queues: readonly string[]): Promise<number | undefined> {
  const { rows } = await db.query<{ milliseconds: number | null }>(nextDue, [queues]);
  return rows[0]?.milliseconds ?? undefined;
}

/** True when every job was still held. */
export async function complete(db: Queryable, jobs: readonly Hold[]): Promise<boolean> {
  const { rowCount } = await db.query(completeJobs, holds(jobs));
  return rowCount === jobs.length;
}

export async function renew(db: Queryable, jobs: readonly Hold[], leaseSeconds: number): Promise<void> {
  await db.query(renewLeases, [...holds(jobs), leaseSeconds]);
}

export async function fail(db: Queryable, job: Hold, failure: Failure): Promise<'dead' | 'ready' | undefined> {
  const { rows } = await db.query<{ state: 'dead' | 'ready' }>(failJob, [
    job.id,
    job.fence,
    failure.error,
    failure.dead,
    failure.retryAfterMs,
    failure.maxBackoffMs,
    failure.defect ? 1 : 0,
  ]);
  return rows[0]?.state;
}

export async function release(db: Queryable, jobs: readonly Hold[]): Promise<void> {
  await db.query(releaseJobs, holds(jobs));
}

/** Returns how many leases had run out. */
export async function reap(db: Queryable): Promise<number> {
  return (await db.query(reapJobs)).rowCount;
}

export async function withdraw(db: Queryable, queue: string, key: string): Promise<boolean> {
  return (await db.query(withdrawJob, [queue, key])).rowCount > 0;
}

export async function cancel(db: Queryable, queue: string, key: string): Promise<boolean> {
  return (await db.query(cancelJob, [queue, key])).rowCount > 0;
}
