import type { Queryable, Statement } from '#persistence/database';
import type { StandingIssue } from '../ledger/corrected-issues';
import type { Hashed } from '../ledger/facts';
import { MOVED, postedOf, type Posted, type PostedRow } from './ledger.store';

/** A record that is to be taken back, as the ledger has it. */
export interface Original {
  readonly id: string;
  readonly item: string;
  readonly node: string;
  readonly fact: string;
  readonly quantity: string;
  readonly lot: string | null;
  /** The record that has taken it back already. */
  readonly reversedBy: string | null;
}

const readOriginals: Statement = {
  name: 'availability-originals',
  text: `
    select l.record_id as id, l.item, l.node, l.fact, l.quantity::text as quantity, l.lot, r.record_id as "reversedBy"
      from availability.ledger l
      left join availability.ledger r on r.source = l.source and r.reverses = l.record_id
     where l.source = $1 and l.record_id = any($2)`,
};

export async function originalsOf(
  tx: Queryable,
  source: string,
  ids: readonly string[],
): Promise<Map<string, Original>> {
  const { rows } = await tx.query<Original>(readOriginals, [source, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

// Rare, so that the ledger's own index of the item has to do.
const readIssues: Statement = {
  name: 'availability-standing-issues',
  text: `
    select l.record_id as id, l.item, l.node, l.line, l.quantity::text as quantity, l.lot
      from availability.ledger l
     where l.item = any($3) and l.source = $1 and l.reference = $2 and l.fact = 'SHIPPED'
       and not exists (select from availability.ledger r where r.source = l.source and r.reverses = l.record_id)
     order by l.record_id`,
};

/** Goods issues of a shipment that stand. */
export async function issuesOf(
  tx: Queryable,
  source: string,
  shipment: string,
  items: readonly string[],
): Promise<StandingIssue[]> {
  return (await tx.query<StandingIssue>(readIssues, [source, shipment, items])).rows;
}

/**
 * New rows that take back what others moved, of a transfer both. On hand that a later count has seen already is right by that
 * count and stays. The items are locked.
 */
const postReversals: Statement = {
  name: 'availability-reverse',
  text: `
    with input as (
      select * from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::bigint[],
                           $9::text[], $10::boolean[], $11::boolean[])
             as n (record_id, hash, reverses, occurred_at, reason, reference, sequence, message_id, late, after_gap)
    ), inserted as (
      insert into availability.ledger
             (source, record_id, content_hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit,
              occurred_at, reason, reference, sequence, lot, expires_on, message_id, late, after_gap, reverses, original_at,
              original_sequence, covered)
      select $1, n.record_id || case when o.record_id = n.reverses then '' else '#in-transit' end, n.hash, o.item, o.node,
             'REVERSED', o.quantity, case when c.covered then 0 else -o.on_hand end, -o.quarantined, -o.damaged, -o.in_transit,
             n.occurred_at, n.reason, coalesce(n.reference, o.reference), n.sequence, o.lot, o.expires_on, n.message_id, n.late, n.after_gap,
             o.record_id, o.occurred_at, o.sequence, c.covered
        from input n
        join availability.ledger o on o.source = $1 and o.record_id in (n.reverses, n.reverses || '#in-transit')
        left join availability.position p on p.item = o.item and p.node = o.node
        left join availability.lot_position q on q.item = o.item and q.node = o.node and q.lot = o.lot
       cross join lateral (
         select coalesce(case when p.counted_source = $1 and p.counted_sequence is not null and o.sequence is not null
                              then o.sequence <= p.counted_sequence else o.occurred_at <= p.counted_at end, false)
             or coalesce(case when q.counted_source = $1 and q.counted_sequence is not null and o.sequence is not null
                              then o.sequence <= q.counted_sequence else o.occurred_at <= q.counted_at end, false)) c (covered)
      on conflict (source, record_id) do nothing
      returning record_id, item, node, lot, expires_on, on_hand, quarantined, damaged, in_transit
    ), ${MOVED}
    -- Of a transfer there are two, so there may be as many as asked for without all being new.
    select (select count(*) from inserted)::int as count, (select array_agg(record_id) from inserted) as ids,
           coalesce((select bool_or(trouble) from moved), false) as trouble`,
};

export async function appendReversals(tx: Queryable, source: string, reversals: readonly Hashed[]): Promise<Posted> {
  const records = reversals.map(({ record }) => record);
  const { rows } = await tx.query<PostedRow>(postReversals, [
    source,
    records.map((record) => record.id),
    reversals.map(({ hash }) => hash),
    records.map((record) => record.reverses ?? ''),
    records.map((record) => record.occurredAt),
    records.map((record) => record.reason ?? null),
    records.map((record) => record.reference ?? null),
    records.map((record) => record.sequence ?? null),
    records.map((record) => record.messageId ?? null),
    reversals.map(({ marks }) => marks.late),
    reversals.map(({ marks }) => marks.afterGap),
  ]);
  return postedOf(rows[0], records.map((record) => record.id)); // prettier-ignore
}
