import type { Queryable, Statement } from '#persistence/database';
import type { Entry } from '../ledger/facts';
import { postedOf, RESULT, type Posted, type PostedRow } from './ledger.store';

/**
 * A count says what was there at its own time. What it moves is the variance against the ledger at that time, so what
 * happened since stays (domain/inventory.md, examples 2 and 3). "Since" goes by the source's own sequence when both have
 * one, else by time; what takes a record back stands where that record stood. A count older than the last one is recorded and
 * moves nothing. One of a lot is measured against that lot alone. Index: ledger_position.
 */
const postCounts: Statement = {
  name: 'availability-count',
  text: `
    with input as (
      select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::timestamptz[],
                           $9::text[], $10::text[], $11::bigint[], $12::text[], $13::date[], $14::text[], $15::boolean[],
                           $16::boolean[])
             as n (record_id, hash, item, node, fact, quantity, occurred_at, reason, reference, sequence, lot, expires_on,
                   message_id, late, after_gap)
    ), measured as (
      select n.*,
             coalesce(case when p.counted_source = $1 and n.sequence is not null and p.counted_sequence is not null
                           then n.sequence > p.counted_sequence else n.occurred_at > p.counted_at end, true)
             and coalesce(case when q.counted_source = $1 and n.sequence is not null and q.counted_sequence is not null
                           then n.sequence > q.counted_sequence else n.occurred_at > q.counted_at end, true) as fresh,
             case when n.lot is null then coalesce(p.on_hand, 0) else coalesce(q.on_hand, 0) end
               - coalesce(since.total, 0) as expected
        from input n
        left join availability.position p on p.item = n.item and p.node = n.node
        left join availability.lot_position q on q.item = n.item and q.node = n.node and q.lot = n.lot
       cross join lateral (
         select sum(l.on_hand) as total from availability.ledger l
          where l.item = n.item and l.node = n.node and (n.lot is null or l.lot = n.lot)
            and case when l.source = $1 and l.sequence is not null and n.sequence is not null
                     then coalesce(l.original_sequence, l.sequence) > n.sequence
                     else coalesce(l.original_at, l.occurred_at) > n.occurred_at end) since
    ), inserted as (
      insert into availability.ledger
             (source, record_id, content_hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit,
              occurred_at, reason, reference, sequence, lot, expires_on, message_id, late, after_gap, covered)
      select $1, record_id, hash, item, node, fact, quantity, case when fresh then quantity - expected else 0 end,
             0, 0, 0, occurred_at, reason, reference, sequence, lot, expires_on, message_id, late, after_gap, not fresh
        from measured
      on conflict (source, record_id) do nothing
      returning record_id, item, node, lot, expires_on, on_hand
    ), fresh as (
      select i.*, m.occurred_at, m.sequence from inserted i join measured m using (record_id) where m.fresh
    ), lots as (
      insert into availability.lot_position as q
             (item, node, lot, expires_on, on_hand, counted_at, counted_source, counted_sequence)
      select item, node, lot, expires_on, on_hand, occurred_at, $1, sequence from fresh where lot is not null
      on conflict (item, node, lot) do update
         set on_hand = q.on_hand + excluded.on_hand, expires_on = coalesce(excluded.expires_on, q.expires_on),
             counted_at = excluded.counted_at, counted_source = excluded.counted_source,
             counted_sequence = excluded.counted_sequence
    ), moved as (
      insert into availability.position as p
             (item, node, on_hand, overcommitted, counted_at, counted_source, counted_sequence)
      select item, node, sum(on_hand), greatest(0, -sum(on_hand)), max(occurred_at) filter (where lot is null),
             case when bool_or(lot is null) then $1 end, max(sequence) filter (where lot is null)
        from fresh group by item, node
      on conflict (item, node) do update
         set on_hand = p.on_hand + excluded.on_hand,
             overcommitted = greatest(0, p.allocated + p.reserved - p.usable - excluded.on_hand),
             counted_at = coalesce(excluded.counted_at, p.counted_at),
             counted_source = coalesce(excluded.counted_source, p.counted_source),
             counted_sequence = case when excluded.counted_source is null then p.counted_sequence
                                     else excluded.counted_sequence end
      returning p.on_hand < 0 or p.overcommitted > 0 or p.flagged as trouble
    )${RESULT}`,
};

/** At most one count of a position, or of each of its lots, in a call. */
export async function appendCounts(tx: Queryable, source: string, entries: readonly Entry[]): Promise<Posted> {
  const records = entries.map((entry) => entry.record);
  const { rows } = await tx.query<PostedRow>(postCounts, [
    source,
    entries.map((entry) => entry.recordId),
    entries.map((entry) => entry.hash),
    records.map((record) => record.item),
    entries.map((entry) => entry.node),
    records.map((record) => record.fact),
    entries.map((entry) => entry.quantity),
    records.map((record) => record.occurredAt),
    records.map((record) => record.reason ?? null),
    records.map((record) => record.reference ?? null),
    records.map((record) => record.sequence ?? null),
    records.map((record) => record.lot ?? null),
    records.map((record) => record.expiresOn ?? null),
    records.map((record) => record.messageId ?? null),
    entries.map((entry) => entry.marks.late),
    entries.map((entry) => entry.marks.afterGap),
  ]);
  return postedOf(rows[0], entries.map((entry) => entry.recordId)); // prettier-ignore
}
