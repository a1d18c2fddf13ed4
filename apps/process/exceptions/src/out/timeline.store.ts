import type { CrossdockEvent } from '#canonical/event';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { Told } from '../timeline/told';

export interface TimelineRow {
  readonly subject: string;
  readonly kind: string;
  readonly what: string;
  readonly source: string;
  readonly at: Date;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly goods: Told['goods'] | null;
}

/** The event's id keeps it from being told twice. */
const insertEntries: Statement = {
  name: 'timeline-insert',
  text: `
    insert into exceptions.timeline_entry (event_id, subject, at, kind, what, source, correlation_id, causation_id, goods)
    select * from jsonb_to_recordset($1) as n (event_id uuid, subject text, at timestamptz, kind text, what text, source text,
                                               correlation_id text, causation_id text, goods text)
    on conflict do nothing`,
};

const insertLinks: Statement = {
  name: 'timeline-link',
  text: `
    insert into exceptions.timeline_link (order_id, subject)
    select distinct order_id, subject from unnest($1::text[], $2::text[]) as n (order_id, subject)
    on conflict do nothing`,
};

/** Facts that came before their link are found all the same: the link is followed when it is asked, not when it was told. */
const readEntries: Statement = {
  name: 'timeline-read',
  text: `
    select subject, kind, what, source, at, goods, correlation_id as "correlationId", causation_id as "causationId"
      from exceptions.timeline_entry
     where subject = any($2) or subject in (select subject from exceptions.timeline_link where order_id = $1)
     order by at desc, event_id desc limit $3`,
};

export async function tell(
  tx: Transaction,
  entries: readonly { readonly event: CrossdockEvent; readonly told: Told }[],
): Promise<void> {
  const rows = entries.map(({ event, told: { subject, kind, what, goods } }) => ({
    ...{ event_id: event.id, at: event.time, source: event.source, subject, kind, what: what.slice(0, 500) },
    ...{ correlation_id: event.correlationid, causation_id: event.causationid ?? null, goods: goods ?? null },
  }));
  await tx.query(insertEntries, [JSON.stringify(rows)]);
  const links = entries.flatMap(({ told: { order, subjects = [] } }) =>
    order === undefined ? [] : subjects.map((subject) => ({ order, subject })),
  );
  if (links.length > 0)
    await tx.query(insertLinks, [links.map(({ order }) => order), links.map(({ subject }) => subject)]);
}

/** Newest first. */
export async function entriesOf(
  db: Queryable,
  order: string,
  subjects: readonly string[],
  limit: number,
): Promise<TimelineRow[]> {
  return (await db.query<TimelineRow>(readEntries, [order, subjects, limit])).rows;
}
