import { newId } from '#canonical/ids';
import type { PartnerEvent } from '#contracts/webhooks/webhooks.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { NewPartnerEvent } from '../record-events/partner-events';

export interface PlacedEvent {
  readonly id: string;
  readonly partner: string;
  readonly position: string;
  readonly type: string;
}
export type StoredEvent = PartnerEvent & { readonly position: string };

const makeFeeds: Statement = {
  name: 'webhooks-feed-make',
  text: `insert into webhooks.feed (partner) select * from unnest($1::text[]) on conflict do nothing`,
};
const lockFeeds: Statement = {
  name: 'webhooks-feed-lock',
  text: `select 1 from webhooks.feed where partner = any($1) order by partner for update`,
};

/** Under the locks of the feeds: what is read here is what was committed last. */
const appendEvents: Statement = {
  name: 'webhooks-event-append',
  text: `
    with fresh as materialized (
      select g.* from jsonb_to_recordset($1) as g (n int, id text, partner text, origin text, type text, "subjectType" text,
                                                   "subjectId" text, "occurredAt" timestamptz, data jsonb)
       where not exists (select 1 from webhooks.event e where e.partner = g.partner and e.origin = g.origin)
    ), numbered as materialized (
      select f.*, feed.position + row_number() over (partition by f.partner order by n) as position,
             coalesce(s.sequence, 0) + row_number() over (partition by f.partner, "subjectType", "subjectId" order by n) as sequence
        from fresh f join webhooks.feed on feed.partner = f.partner
        left join webhooks.subject s
          on s.partner = f.partner and s.subject_type = f."subjectType" and s.subject_id = f."subjectId"
    ), moved as (
      update webhooks.feed f set position = m.last
        from (select partner, max(position) as last from numbered group by partner) m where f.partner = m.partner
    ), counted as (
      insert into webhooks.subject (partner, subject_type, subject_id, sequence)
      select partner, "subjectType", "subjectId", max(sequence) from numbered group by 1, 2, 3
      on conflict (partner, subject_type, subject_id) do update set sequence = excluded.sequence
    )
    insert into webhooks.event (partner, position, id, origin, type, subject_type, subject_id, sequence, occurred_at, data)
    select partner, position, id, origin, type, "subjectType", "subjectId", sequence, "occurredAt", data from numbered order by n
    returning id, partner, position, type`,
};

const shape = `
  position, id, type, 1 as "schemaVersion",
  to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "occurredAt",
  jsonb_build_object('type', subject_type, 'id', subject_id) as subject, sequence::int as sequence, data`;

const readPage: Statement = {
  name: 'webhooks-event-page',
  text: `
    select ${shape} from webhooks.event
     where partner = $1 and position > $2
       and ($3::text is null or type = $3) and ($4::text is null or (subject_type = $4 and subject_id = $5))
     order by position limit $6`,
};
const readOne: Statement = {
  name: 'webhooks-event-one',
  text: `select ${shape} from webhooks.event where partner = $1 and id = $2`,
};
const readEnds: Statement = {
  name: 'webhooks-feed-ends',
  text: `select position, forgotten from webhooks.feed where partner = $1`,
};
const readSome: Statement = {
  name: 'webhooks-event-some',
  text: `select ${shape} from webhooks.event where partner = $1 and position = any($2::bigint[])`,
};

/** Keeps the order: whoever appends to one of these feeds, or disables an endpoint of theirs, waits. */
export async function lockFeed(tx: Transaction, partners: readonly string[]): Promise<void> {
  await Promise.all([tx.query(makeFeeds, [partners]), tx.query(lockFeeds, [partners])]);
}

/** Gives each event its place and its number; those whose origin is known already are left out. Needs the locks of the feeds. */
export async function append(tx: Transaction, events: readonly NewPartnerEvent[]): Promise<PlacedEvent[]> {
  const distinct = new Map(events.map((event) => [`${event.partner}\n${event.origin}`, event]));
  const rows = [...distinct.values()].map(({ subject, ...event }, n) => ({
    n,
    id: newId('evt'),
    subjectType: subject.type,
    subjectId: subject.id,
    ...event,
  }));
  return (await tx.query<PlacedEvent>(appendEvents, [JSON.stringify(rows)])).rows;
}

export interface EventFilter {
  readonly type?: string | undefined;
  readonly subjectType?: string | undefined;
  readonly subjectId?: string | undefined;
}

/** Oldest first. */
export async function eventsAfter(
  db: Queryable,
  partner: string,
  position: string,
  { type, subjectType, subjectId }: EventFilter,
  limit: number,
): Promise<StoredEvent[]> {
  const values = [partner, position, type ?? null, subjectType ?? null, subjectId ?? null, limit];
  return (await db.query<StoredEvent>(readPage, values)).rows;
}

export async function findEvent(db: Queryable, partner: string, id: string): Promise<StoredEvent | undefined> {
  return (await db.query<StoredEvent>(readOne, [partner, id])).rows[0];
}

/** By position. */
export async function eventsAt(
  db: Queryable,
  partner: string,
  positions: readonly string[],
): Promise<Map<string, StoredEvent>> {
  const { rows } = await db.query<StoredEvent>(readSome, [partner, positions]);
  return new Map(rows.map((event) => [event.position, event]));
}

/** Places of the newest event and of the newest one that is no longer kept; 0 where there is none. */
export async function feedEnds(
  db: Queryable,
  partner: string,
): Promise<{ readonly position: string; readonly forgotten: string }> {
  const { rows } = await db.query<{ position: string; forgotten: string }>(readEnds, [partner]);
  return rows[0] ?? { position: '0', forgotten: '0' };
}

const deleteOld: Statement = {
  name: 'webhooks-event-delete',
  text: `
    with gone as (
      delete from webhooks.event where (partner, position) in (
        select partner, position from webhooks.event where recorded_at < now() - $1 * interval '1 day' order by recorded_at limit $2)
      returning partner, position
    ), noted as (
      update webhooks.feed f set forgotten = greatest(f.forgotten, g.last)
        from (select partner, max(position) as last from gone group by partner) g where f.partner = g.partner
    )
    select count(*)::int as gone from gone`,
};

/** Forgets what is older; returns how many there were. */
export async function forgetEvents(tx: Transaction, days: number, limit: number): Promise<number> {
  return (await tx.query<{ gone: number }>(deleteOld, [days, limit])).rows[0]?.gone ?? 0;
}
