import type { Queryable, Statement } from '#persistence/database';
import type { Entry, StockRecord } from '../ledger/facts';

export interface Posted {
  /** Ids of the rows that are new; the others were known. */
  readonly inserted: ReadonlySet<string>;
  /** A touched position is negative or overcommitted, or was. */
  readonly trouble: boolean;
}

/**
 * Appends facts and moves positions by those that are really new, in one statement. A fact that the last count of the same
 * source already covers, by sequence, is recorded and moves nothing. The items are locked.
 */
const postFacts: Statement = {
  name: 'availability-post',
  text: `
    with input as (
      select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[],
                           $9::numeric[], $10::numeric[], $11::numeric[], $12::timestamptz[], $13::text[], $14::text[],
                           $15::text[], $16::int[], $17::bigint[])
             as n (record_id, hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit, occurred_at,
                   reason, reference, reservation, line, sequence)
    ), inserted as (
      insert into availability.ledger
             (source, record_id, content_hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit,
              occurred_at, reason, reference, reservation, line, sequence)
      select $1, n.record_id, n.hash, n.item, n.node, n.fact, n.quantity,
             case when covered then 0 else n.on_hand end, case when covered then 0 else n.quarantined end,
             case when covered then 0 else n.damaged end, case when covered then 0 else n.in_transit end,
             n.occurred_at, n.reason, n.reference, n.reservation, n.line, n.sequence
        from input n
        left join availability.position p on p.item = n.item and p.node = n.node
       cross join lateral (select coalesce(p.counted_source = $1 and n.sequence <= p.counted_sequence, false)) c (covered)
      on conflict (source, record_id) do nothing
      returning record_id, item, node, on_hand, quarantined, damaged, in_transit
    ), moved as (
      insert into availability.position as p (item, node, on_hand, quarantined, damaged, in_transit, overcommitted)
      select item, node, sum(on_hand), sum(quarantined), sum(damaged), sum(in_transit),
             greatest(0, greatest(sum(quarantined), 0) + greatest(sum(damaged), 0) - sum(on_hand))
        from inserted group by item, node
      on conflict (item, node) do update
         set on_hand = p.on_hand + excluded.on_hand, quarantined = p.quarantined + excluded.quarantined,
             damaged = p.damaged + excluded.damaged, in_transit = p.in_transit + excluded.in_transit,
             overcommitted = greatest(0, p.allocated + p.reserved - p.on_hand - excluded.on_hand
               + greatest(p.quarantined + excluded.quarantined, 0) + greatest(p.damaged + excluded.damaged, 0))
      returning p.on_hand < 0 or p.overcommitted > 0 or p.flagged as trouble
    )
    select coalesce((select array_agg(record_id) from inserted), '{}') as ids,
           coalesce((select bool_or(trouble) from moved), false) as trouble`,
};

/**
 * A count says what was there at its own time. What it moves is the variance against the ledger at that time, so what
 * happened since stays (domain/inventory.md, examples 2 and 3). "Since" goes by the source's own sequence when both have
 * one, else by time. A count older than the last one is recorded and moves nothing. Index: ledger_position.
 */
const postCounts: Statement = {
  name: 'availability-count',
  text: `
    with input as (
      select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::timestamptz[],
                           $9::text[], $10::text[], $11::bigint[])
             as n (record_id, hash, item, node, fact, quantity, occurred_at, reason, reference, sequence)
    ), measured as (
      select n.*, coalesce(case when p.counted_source = $1 and n.sequence is not null and p.counted_sequence is not null
                                then n.sequence > p.counted_sequence else n.occurred_at > p.counted_at end, true) as fresh,
             coalesce(p.on_hand, 0) - coalesce(since.total, 0) as expected
        from input n
        left join availability.position p on p.item = n.item and p.node = n.node
       cross join lateral (
         select sum(l.on_hand) as total from availability.ledger l
          where l.item = n.item and l.node = n.node
            and case when l.source = $1 and l.sequence is not null and n.sequence is not null
                     then l.sequence > n.sequence else l.occurred_at > n.occurred_at end) since
    ), inserted as (
      insert into availability.ledger
             (source, record_id, content_hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit,
              occurred_at, reason, reference, sequence)
      select $1, record_id, hash, item, node, fact, quantity, case when fresh then quantity - expected else 0 end,
             0, 0, 0, occurred_at, reason, reference, sequence
        from measured
      on conflict (source, record_id) do nothing
      returning record_id, item, node, on_hand
    ), moved as (
      insert into availability.position as p
             (item, node, on_hand, overcommitted, counted_at, counted_source, counted_sequence)
      select i.item, i.node, i.on_hand, greatest(0, -i.on_hand), m.occurred_at, $1, m.sequence
        from inserted i join measured m using (record_id)
       where m.fresh
      on conflict (item, node) do update
         set on_hand = p.on_hand + excluded.on_hand,
             overcommitted = greatest(0, p.allocated + p.reserved - p.usable - excluded.on_hand),
             counted_at = excluded.counted_at, counted_source = excluded.counted_source,
             counted_sequence = excluded.counted_sequence
      returning p.on_hand < 0 or p.overcommitted > 0 or p.flagged as trouble
    )
    select coalesce((select array_agg(record_id) from inserted), '{}') as ids,
           coalesce((select bool_or(trouble) from moved), false) as trouble`,
};

interface PostedRow {
  ids: string[];
  trouble: boolean;
}

export async function appendFacts(tx: Queryable, source: string, entries: readonly Entry[]): Promise<Posted> {
  const { rows } = await tx.query<PostedRow>(postFacts, [
    source,
    entries.map((entry) => entry.recordId),
    entries.map((entry) => entry.hash),
    entries.map((entry) => entry.record.item),
    entries.map((entry) => entry.node),
    entries.map((entry) => entry.record.fact),
    entries.map((entry) => entry.quantity),
    entries.map((entry) => entry.onHand),
    entries.map((entry) => entry.quarantined),
    entries.map((entry) => entry.damaged),
    entries.map((entry) => entry.inTransit),
    entries.map((entry) => entry.record.occurredAt),
    entries.map((entry) => entry.record.reason ?? null),
    entries.map((entry) => entry.record.reference ?? null),
    entries.map((entry) => entry.record.reservation ?? null),
    entries.map((entry) => entry.record.line ?? null),
    entries.map((entry) => entry.record.sequence ?? null),
  ]);
  return postedOf(rows[0]);
}

/** At most one count for each item and node in a call. */
export async function appendCounts(tx: Queryable, source: string, entries: readonly Entry[]): Promise<Posted> {
  const { rows } = await tx.query<PostedRow>(postCounts, [
    source,
    entries.map((entry) => entry.recordId),
    entries.map((entry) => entry.hash),
    entries.map((entry) => entry.record.item),
    entries.map((entry) => entry.node),
    entries.map((entry) => entry.record.fact),
    entries.map((entry) => entry.quantity),
    entries.map((entry) => entry.record.occurredAt),
    entries.map((entry) => entry.record.reason ?? null),
    entries.map((entry) => entry.record.reference ?? null),
    entries.map((entry) => entry.record.sequence ?? null),
  ]);
  return postedOf(rows[0]);
}

function postedOf(row: PostedRow | undefined): Posted {
  return { inserted: new Set(row?.ids ?? []), trouble: row?.trouble ?? false };
}

const readHashes: Statement = {
  name: 'availability-hashes',
  text: `select record_id as id, content_hash as hash from availability.ledger where source = $1 and record_id = any($2)`,
};

/** The content of records that are already in the ledger, by id. */
export async function hashesOf(tx: Queryable, source: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; hash: string }>(readHashes, [source, ids]);
  return new Map(rows.map((row) => [row.id, row.hash]));
}

const keepConflicts: Statement = {
  name: 'availability-conflict',
  text: `
    insert into availability.ledger_conflict (source, record_id, content_hash, record)
    select $1, id, hash, record from unnest($2::text[], $3::text[], $4::jsonb[]) as n (id, hash, record)
    on conflict do nothing`,
};

export async function conflicts(
  tx: Queryable,
  source: string,
  records: readonly { record: StockRecord; hash: string }[],
): Promise<void> {
  await tx.query(keepConflicts, [
    source,
    records.map(({ record }) => record.id),
    records.map(({ hash }) => hash),
    records.map(({ record }) => JSON.stringify(record)),
  ]);
}

const lowerSupplies: Statement = {
  name: 'availability-supply-received',
  text: `
    with received as (
      select id, item, node, sum(quantity) as quantity
        from unnest($1::text[], $2::text[], $3::text[], $4::numeric[]) as n (id, item, node, quantity) group by 1, 2, 3
    ), ended as (
      delete from availability.supply s using received r
       where s.id = r.id and s.item = r.item and s.node = r.node and s.quantity <= r.quantity
    )
    update availability.supply s set quantity = s.quantity - r.quantity from received r
     where s.id = r.id and s.item = r.item and s.node = r.node and s.quantity > r.quantity`,
};

/** What has come is not expected any more: a receipt that refers to a supply lowers it. */
export async function receive(tx: Queryable, records: readonly StockRecord[]): Promise<void> {
  await tx.query(lowerSupplies, [
    records.map((record) => record.reference),
    records.map((record) => record.item),
    records.map((record) => record.node),
    records.map((record) => record.quantity),
  ]);
}
