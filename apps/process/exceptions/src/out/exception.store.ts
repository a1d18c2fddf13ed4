import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { Exception } from '../keep-exception/exception';

type Row = Omit<Exception, 'dueAt' | 'openedAt' | 'lastSeenAt'> & { dueAt: Date; openedAt: Date; lastSeenAt: Date };

export const EXCEPTION_COLUMNS = `
  id, key, tier, domain, code, object_type as "objectType", object_id as "objectId", partner, order_id as "order", line, cause, seen,
  expected, diagnostics, suggested_action as "suggestedAction", retry, state, queue, assignee, due_at as "dueAt", occurrences,
  opened_at as "openedAt", last_seen_at as "lastSeenAt", resolution, source, correlation_id as "correlationId", sequence, version`;

/** The newest of each key, resolved or not; in id order, so that two sets cannot wait for each other. Index: exception_key. */
const lockNewest: Statement = {
  name: 'exceptions-lock-newest',
  text: `
    select ${EXCEPTION_COLUMNS} from exceptions.exception
     where id in (select max(id) from exceptions.exception where key = any($1) group by key)
     order by id for update`,
};

const lockByIds: Statement = {
  name: 'exceptions-lock',
  text: `select ${EXCEPTION_COLUMNS} from exceptions.exception where id = any($1) order by id for update`,
};

const saveExceptions: Statement = {
  name: 'exceptions-save',
  text: `
    insert into exceptions.exception as e (id, key, tier, domain, code, object_type, object_id, partner, order_id, line, cause, seen,
        expected, diagnostics, suggested_action, retry, state, queue, assignee, due_at, occurrences, opened_at, last_seen_at,
        resolution, source, correlation_id, sequence, version)
    select id, key, tier, domain, code, "objectType", "objectId", partner, "order", line, cause, seen, expected, diagnostics,
           "suggestedAction", retry, state, queue, assignee, "dueAt", occurrences, "openedAt", "lastSeenAt",
           resolution, source, "correlationId", sequence, version
      from jsonb_to_recordset($1) as n (id text, key text, tier text, domain text, code text, "objectType" text, "objectId" text,
           partner text, "order" text, line int, cause text, seen text, expected text, diagnostics jsonb, "suggestedAction" text,
           retry jsonb, state text, queue text, assignee text, "dueAt" timestamptz, occurrences int, "openedAt" timestamptz,
           "lastSeenAt" timestamptz, resolution jsonb, source text, "correlationId" text, sequence bigint, version int)
    on conflict (id) do update set
        tier = excluded.tier, partner = excluded.partner, order_id = excluded.order_id, cause = excluded.cause,
        seen = excluded.seen, expected = excluded.expected, diagnostics = excluded.diagnostics,
        suggested_action = excluded.suggested_action, retry = excluded.retry, state = excluded.state,
        assignee = excluded.assignee, occurrences = excluded.occurrences, last_seen_at = excluded.last_seen_at,
        resolution = excluded.resolution, source = excluded.source, correlation_id = excluded.correlation_id,
        sequence = excluded.sequence, version = excluded.version`,
};

/** Overdue ones that nobody was told of, oldest first. Index: exception_overdue. */
const takeOverdue: Statement = {
  name: 'exceptions-take-breached',
  text: `
    update exceptions.exception set breach_told_at = now() where id in (
      select id from exceptions.exception
       where state <> 'RESOLVED' and breach_told_at is null and due_at < now()
       order by due_at limit $1 for update skip locked)
    returning ${EXCEPTION_COLUMNS}`,
};

/** Of these jobs, those of whose death somebody was told: also what was resolved by hand since. Index: exception_job. */
const knownJobs: Statement = {
  name: 'exceptions-known-jobs',
  text: `
    select n.job from unnest($1::text[], $2::timestamptz[]) as n (job, since)
     where exists (select 1 from exceptions.exception e
                    where e.object_type = 'job' and e.object_id = n.job
                      and (e.state in ('OPEN', 'ASSIGNED') or e.last_seen_at >= n.since))`,
};

/** Index: exception_unresolved. */
const unresolvedJobs: Statement = {
  name: 'exceptions-unresolved-jobs',
  text: `
    select ${EXCEPTION_COLUMNS} from exceptions.exception
     where state <> 'RESOLVED' and object_type = 'job' order by id`,
};

export async function lockNewestOf(tx: Transaction, keys: readonly string[]): Promise<Map<string, Exception>> {
  const { rows } = await tx.query<Row>(lockNewest, [[...new Set(keys)]]);
  return new Map(rows.map((row) => [row.key, exceptionOf(row)]));
}

export async function lock(tx: Transaction, ids: readonly string[]): Promise<Exception[]> {
  return (await tx.query<Row>(lockByIds, [ids])).rows.map(exceptionOf);
}

export async function save(tx: Transaction, exceptions: readonly Exception[]): Promise<void> {
  if (exceptions.length > 0) await tx.query(saveExceptions, [JSON.stringify(exceptions)]);
}

export async function jobsKnownSince(
  db: Queryable,
  deaths: readonly { readonly job: string; readonly since: Date }[],
): Promise<Set<string>> {
  const values = [deaths.map(({ job }) => job), deaths.map(({ since }) => since)];
  return new Set((await db.query<{ job: string }>(knownJobs, values)).rows.map(({ job }) => job));
}

export async function unresolvedOfJobs(db: Queryable): Promise<Exception[]> {
  return (await db.query<Row>(unresolvedJobs)).rows.map(exceptionOf);
}

export function exceptionOf(row: Row): Exception {
  const { dueAt, openedAt, lastSeenAt, ...rest } = row;
  return {
    ...rest,
    dueAt: dueAt.toISOString(),
    openedAt: openedAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
  };
}

export type ExceptionRow = Row;

/** Marks them as told. */
export async function takeBreached(tx: Transaction, limit: number): Promise<Exception[]> {
  return (await tx.query<Row>(takeOverdue, [limit])).rows.map(exceptionOf);
}
