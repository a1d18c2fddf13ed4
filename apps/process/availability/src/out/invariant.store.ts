import type { InvariantBreach } from '#contracts/availability/invariants.dto';
import type { Queryable } from '#persistence/database';

/** Every breach, from one snapshot; at most 1,000. Reads everything: for a job or a test, not for a request path. */
const breaches = `
  with held as (
    select item, node, sum(quantity) filter (where state = 'ALLOCATED') as allocated,
           sum(quantity) filter (where state = 'RESERVED') as reserved
      from availability.slice where held group by item, node
  ), booked as (
    select item, node, sum(on_hand) as on_hand, sum(quarantined) as quarantined, sum(damaged) as damaged,
           sum(in_transit) as in_transit
      from availability.ledger group by item, node
  ), lotted as (
    select item, node, lot, sum(on_hand) as on_hand, sum(quarantined) as quarantined, sum(damaged) as damaged
      from availability.ledger where lot is not null group by item, node, lot
  ), told as (
    select source, node, max(occurred_at) as at, max(sequence) as sequence
      from availability.ledger where record_id not like '%#in-transit' and record_id not like '%#implied' group by source, node
  )
  select 'I1' as invariant, coalesce(p.item, h.item) || ' at ' || coalesce(p.node, h.node) as subject,
         'allocated ' || coalesce(p.allocated, 0) || ', reserved ' || coalesce(p.reserved, 0) || ' but slices hold '
           || coalesce(h.allocated, 0) || ' and ' || coalesce(h.reserved, 0) as detail
    from availability.position p full join held h on h.item = p.item and h.node = p.node
   where coalesce(p.allocated, 0) <> coalesce(h.allocated, 0) or coalesce(p.reserved, 0) <> coalesce(h.reserved, 0)
  union all
  select 'I1', p.item || ' at ' || p.node,
         'commitments ' || (p.allocated + p.reserved) || ' exceed usable ' || p.usable || ' and no exception says so'
    from availability.position p
   where p.allocated + p.reserved > p.usable and p.allocated + p.reserved > 0
     and not exists (select 1 from availability.exception e
                      where e.item = p.item and e.node = p.node and e.kind = 'OverAllocated' and e.resolved_at is null)
  union all
  select 'I2', coalesce(p.item, b.item) || ' at ' || coalesce(p.node, b.node),
         'position has on hand ' || coalesce(p.on_hand, 0) || ' but the ledger sums to ' || coalesce(b.on_hand, 0)
    from availability.position p full join booked b on b.item = p.item and b.node = p.node
   where coalesce(p.on_hand, 0) <> coalesce(b.on_hand, 0) or coalesce(p.quarantined, 0) <> coalesce(b.quarantined, 0)
      or coalesce(p.damaged, 0) <> coalesce(b.damaged, 0) or coalesce(p.in_transit, 0) <> coalesce(b.in_transit, 0)
  union all
  select 'I2', coalesce(q.item, b.item) || ' at ' || coalesce(q.node, b.node) || ' lot ' || coalesce(q.lot, b.lot),
         'the lot has on hand ' || coalesce(q.on_hand, 0) || ' but the ledger sums to ' || coalesce(b.on_hand, 0)
    from availability.lot_position q full join lotted b on b.item = q.item and b.node = q.node and b.lot = q.lot
   where coalesce(q.on_hand, 0) <> coalesce(b.on_hand, 0) or coalesce(q.quarantined, 0) <> coalesce(b.quarantined, 0)
      or coalesce(q.damaged, 0) <> coalesce(b.damaged, 0)
  union all
  select 'I2', p.item || ' at ' || p.node, 'on hand is ' || p.on_hand || ' and no exception says so'
    from availability.position p
   where p.on_hand < 0
     and not exists (select 1 from availability.exception e
                      where e.item = p.item and e.node = p.node and e.kind = 'NegativeStock' and e.resolved_at is null)
  union all
  select 'I6', t.source || ' at ' || t.node, 'the watermark is behind the ledger'
    from told t left join availability.source_watermark w on w.source = t.source and w.node = t.node
   where w.last_at is null or w.last_at < t.at or (t.sequence is not null and not w.seen @> t.sequence)
  limit 1000`;

export async function findBreaches(db: Queryable): Promise<InvariantBreach[]> {
  return (await db.query<InvariantBreach>(breaches)).rows;
}

/** Positions, reservations and ledger rows, i.e. how much was looked at. */
export async function countChecked(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ checked: number }>(`
    select ((select count(*) from availability.position) + (select count(*) from availability.slice)
            + (select count(*) from availability.ledger))::int as checked`);
  return rows[0]?.checked ?? 0;
}
