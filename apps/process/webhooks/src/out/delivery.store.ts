import type { WebhookAttempt } from '#contracts/webhooks/webhooks.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { Verdict } from '../deliver/schedule';
import type { Sent } from '../deliver/sender';

export interface NewDelivery {
  readonly id: string;
  readonly endpoint: string;
  readonly partner: string;
  readonly position: string;
  readonly event: string;
  readonly eventType: string;
}
export interface DueDelivery {
  readonly id: string;
  readonly position: string;
  readonly attempts: number;
}
export interface StoredDelivery extends NewDelivery {
  readonly state: 'PENDING' | 'DELIVERED' | 'FAILED';
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly log: WebhookAttempt[];
  readonly lastStatus: number | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Waits because its partner is deactivated. */
  readonly held: boolean;
}

const KEPT_ATTEMPTS = 20;

/** Sent again, and at once, where there is one already: as if it were new, with its history. */
const upsert: Statement = {
  name: 'webhooks-delivery-put',
  text: `
    insert into webhooks.delivery as d (id, endpoint, partner, position, event, event_type)
    select * from jsonb_to_recordset($1) as n (id text, endpoint text, partner text, position bigint, event text, "eventType" text)
    on conflict (endpoint, position) do update
       set state = 'PENDING', attempts = 0, next_at = now(), finished_at = null
     where d.state <> 'PENDING' or d.next_at > now()`,
};
const readDue: Statement = {
  name: 'webhooks-delivery-due',
  text: `
    select id, position, attempts from webhooks.delivery
     where endpoint = $1 and state = 'PENDING' and next_at <= now() order by next_at, position limit $2`,
};
/** One that was finished, or asked for again, meanwhile stays as it is. */
const record: Statement = {
  name: 'webhooks-delivery-record',
  text: `
    update webhooks.delivery d
       set attempts = d.attempts + 1, state = r.state, last_status = coalesce(r.status, d.last_status),
           next_at = case when r.state = 'PENDING'
             then now() + greatest(r.delay * (1 + 0.1 * random()), r.quiet) * interval '1 second' end,
           finished_at = case when r.state <> 'PENDING' then now() end,
           log = (case when jsonb_array_length(d.log) >= ${KEPT_ATTEMPTS} then d.log - 0 else d.log end)
             || (r.entry || jsonb_build_object('at',
                  to_char((now() - r.ms * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from jsonb_to_recordset($1) as r (id text, tried int, state text, status int, delay float8, quiet float8, ms int, entry jsonb)
     where d.id = r.id and d.state = 'PENDING' and d.attempts = r.tried`,
};
const failAll: Statement = {
  name: 'webhooks-delivery-fail',
  text: `
    update webhooks.delivery set state = 'FAILED', next_at = null, finished_at = now()
     where endpoint = $1 and state = 'PENDING'`,
};
/** What waited while nothing was sent is due at once, and its log says why it waited. */
const resume: Statement = {
  name: 'webhooks-delivery-resume',
  text: `
    update webhooks.delivery d
       set next_at = least(d.next_at, now()),
           log = (case when jsonb_array_length(d.log) >= ${KEPT_ATTEMPTS} then d.log - 0 else d.log end)
             || jsonb_build_object(
                  'at', to_char(greatest(r.since, d.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                  'milliseconds', 0, 'error', 'not sent: the partner was deactivated')
      from jsonb_to_recordset($1) as r (id text, since timestamptz)
     where d.endpoint = r.id and d.state = 'PENDING'`,
};
const readNext: Statement = {
  name: 'webhooks-delivery-next',
  text: `
    select extract(epoch from greatest(min(d.next_at), max(e.quiet_until)) - now())::float8 as seconds
      from webhooks.endpoint e join webhooks.delivery d on d.endpoint = e.id and d.state = 'PENDING'
     where e.id = $1`,
};

const columns = `
  id, endpoint, partner, position, event, event_type as "eventType", state, attempts, next_at as "nextAt", log,
  last_status as "lastStatus", created_at as "createdAt", finished_at as "finishedAt",
  state = 'PENDING' and exists (select 1 from webhooks.endpoint e
                                 where e.id = delivery.endpoint and e.suspended_at is not null) as held`;
const readOne: Statement = {
  name: 'webhooks-delivery-one',
  text: `select ${columns} from webhooks.delivery where partner = $1 and id = $2`,
};
const readPage: Statement = {
  name: 'webhooks-delivery-page',
  text: `
    select ${columns} from webhooks.delivery
     where endpoint = $1 and ($2::text is null or id < $2) and ($3::text is null or state = $3)
       and ($4::text is null or event_type = $4)
       -- by the index of (endpoint, position): an event has one place in the feed
       and ($6::text is null or position = (select e.position from webhooks.event e where e.id = $6))
     order by id desc limit $5`,
};
const forget: Statement = {
  name: 'webhooks-delivery-forget',
  text: `
    delete from webhooks.delivery where id in (
      select id from webhooks.delivery where finished_at < now() - $1 * interval '1 day' order by finished_at limit $2)`,
};
const readRange: Statement = {
  name: 'webhooks-replay-range',
  text: `
    select e.position, e.id as event, e.type as "eventType",
           to_char(e.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAt"
      from webhooks.event e
     where e.partner = $1 and e.recorded_at >= $2 and e.recorded_at < coalesce($3, 'infinity'::timestamptz)
       and e.type <> 'webhook.test' and ($4::text[] is null or e.type = any($4))
       and (not $5 or exists (select 1 from webhooks.delivery d
                               where d.endpoint = $6 and d.position = e.position and d.state = 'FAILED'))
     order by e.recorded_at, e.position limit $7`,
};

export async function addDeliveries(tx: Transaction, deliveries: readonly NewDelivery[]): Promise<void> {
  if (deliveries.length > 0) await tx.query(upsert, [JSON.stringify(deliveries)]);
}

export async function dueDeliveries(db: Queryable, endpoint: string, limit: number): Promise<DueDelivery[]> {
  return (await db.query<DueDelivery>(readDue, [endpoint, limit])).rows;
}

export async function recordAttempts(
  tx: Transaction,
  outcomes: readonly (Verdict & { readonly id: string; readonly tried: number; readonly sent: Sent })[],
): Promise<void> {
  const rows = outcomes.map(({ id, tried, state, delaySeconds, sent }) => {
    const { retryAfter = 0, ...entry } = sent;
    return { id, tried, state, status: sent.status, delay: delaySeconds, quiet: retryAfter, ms: sent.milliseconds, entry }; // prettier-ignore
  });
  await tx.query(record, [JSON.stringify(rows)]);
}

/** Whatever still waits of an endpoint that is sent nothing any more. */
export async function failPending(tx: Transaction, endpoint: string): Promise<void> {
  await tx.query(failAll, [endpoint]);
}

export async function resumePending(
  tx: Transaction,
  endpoints: readonly { readonly id: string; readonly suspendedAt: Date }[],
): Promise<void> {
  const rows = endpoints.map(({ id, suspendedAt }) => ({ id, since: suspendedAt }));
  await tx.query(resume, [JSON.stringify(rows)]);
}

/** Seconds until something is due; undefined when nothing waits. */
export async function nextDue(tx: Transaction, endpoint: string): Promise<number | undefined> {
  return (await tx.query<{ seconds: number | null }>(readNext, [endpoint])).rows[0]?.seconds ?? undefined;
}

export async function findDelivery(db: Queryable, partner: string, id: string): Promise<StoredDelivery | undefined> {
  return (await db.query<StoredDelivery>(readOne, [partner, id])).rows[0];
}

/** Newest first, of those before `before`. */
export async function deliveriesOf(
  db: Queryable,
  endpoint: string,
  filter: Readonly<Partial<Record<'state' | 'eventType' | 'event', string | undefined>>>,
  before: string | undefined,
  limit: number,
): Promise<StoredDelivery[]> {
  const values = [
    endpoint,
    before ?? null,
    filter.state ?? null,
    filter.eventType ?? null,
    limit,
    filter.event ?? null,
  ];
  return (await db.query<StoredDelivery>(readPage, values)).rows;
}

/** Events of a time that an endpoint may be sent again, oldest first. */
export async function replayable(
  db: Queryable,
  endpoint: { readonly id: string; readonly partner: string; readonly eventTypes: readonly string[] | null },
  range: { readonly from: string; readonly to: string | undefined; readonly failedOnly: boolean },
  limit: number,
): Promise<(Pick<NewDelivery, 'position' | 'event' | 'eventType'> & { readonly recordedAt: string })[]> {
  const { id, partner, eventTypes } = endpoint;
  const values = [partner, range.from, range.to ?? null, eventTypes, range.failedOnly, id, limit];
  return (await db.query<Pick<NewDelivery, 'position' | 'event' | 'eventType'> & { recordedAt: string }>(readRange, values)).rows; // prettier-ignore
}

/** Finished ones whose days are over; returns how many there were. */
export async function forgetDeliveries(tx: Transaction, days: number, limit: number): Promise<number> {
  return (await tx.query(forget, [days, limit])).rowCount;
}
