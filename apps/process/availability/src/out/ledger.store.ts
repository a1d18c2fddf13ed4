import type { Queryable, Statement } from '#persistence/database';
import type { Entry, StockRecord } from '../ledger/facts';
import { text } from '../promise/quantity';

export interface Posted {
  /** Ids of the rows that are new; the others were known. */
  readonly inserted: ReadonlySet<string>;
  /** A touched position is negative or overcommitted, or was. */
  readonly trouble: boolean;
}

/** Moves positions and lots by the rows of `inserted`. */
export const MOVED = `lots as (
      insert into availability.lot_position as q (item, node, lot, expires_on, on_hand, quarantined, damaged)
      select item, node, lot, max(expires_on), sum(on_hand), sum(quarantined), sum(damaged)
        from inserted where lot is not null and (on_hand <> 0 or quarantined <> 0 or damaged <> 0)
       group by item, node, lot
      on conflict (item, node, lot) do update
         set on_hand = q.on_hand + excluded.on_hand, quarantined = q.quarantined + excluded.quarantined,
             damaged = q.damaged + excluded.damaged, expires_on = coalesce(excluded.expires_on, q.expires_on)
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
    )`;

/** Ends the statement: names the new rows unless all were. */
export const RESULT = `
    select (select count(*) from inserted)::int as count,
           (select array_agg(record_id) from inserted having count(*) < (select count(*) from input)) as ids,
           coalesce((select bool_or(trouble) from moved), false) as trouble`;

/**
 * Appends facts and moves positions by those that are really new, in one statement. A fact that the last count of the same
 * source has seen, by sequence, is recorded and moves no stock on hand. The items are locked.
 */
const postFacts: Statement = {
  name: 'availability-post',
  text: `
    with input as (
      select * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::numeric[],
                           $9::numeric[], $10::numeric[], $11::numeric[], $12::timestamptz[], $13::text[], $14::text[],
                           $15::text[], $16::int[], $17::bigint[], $18::text[], $19::date[], $20::text[], $21::boolean[],
                           $22::boolean[], $23::text[], $24::numeric[])
             as n (record_id, hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit, occurred_at,
                   reason, reference, reservation, line, sequence, lot, expires_on, message_id, late, after_gap, implied, matches)
    ), inserted as (
      insert into availability.ledger
             (source, record_id, content_hash, item, node, fact, quantity, on_hand, quarantined, damaged, in_transit,
              occurred_at, reason, reference, reservation, line, sequence, lot, expires_on, message_id, late, after_gap,
              implied, matches, covered)
      select $1, n.record_id, n.hash, n.item, n.node, n.fact, n.quantity, case when covered then 0 else n.on_hand end,
             coalesce(n.quarantined, 0), coalesce(n.damaged, 0), coalesce(n.in_transit, 0), n.occurred_at, n.reason, n.reference, n.reservation, n.line,
             n.sequence, n.lot, n.expires_on, n.message_id, coalesce(n.late, false), coalesce(n.after_gap, false),
             n.implied, n.matches, covered
        from input n
        left join availability.position p on p.item = n.item and p.node = n.node
        left join availability.lot_position q on q.item = n.item and q.node = n.node and q.lot = n.lot
       cross join lateral (select coalesce(p.counted_source = $1 and n.sequence <= p.counted_sequence, false)
                               or coalesce(q.counted_source = $1 and n.sequence <= q.counted_sequence, false)) c (covered)
      on conflict (source, record_id) do nothing
      returning record_id, item, node, lot, expires_on, on_hand, quarantined, damaged, in_transit
    ), ${MOVED}${RESULT}`,
};

export interface PostedRow {
  count: number;
  /** Null when all of the input was new. */
  ids: string[] | null;
  trouble: boolean;
}

/**
 * A column of `unnest`. One that is empty throughout is left out, as a shorter one is filled up with null: to write and to read a
 * list of nothing costs as much as one of something.
 */
export function column<Row, Value>(rows: readonly Row[], value: (row: Row) => Value | undefined): (Value | null)[] {
  const values = rows.map((row) => value(row) ?? null);
  return values.some((each) => each !== null) ? values : [];
}

/** The same for quantities and marks, most of which are none. */
function some<Row, Value>(rows: readonly Row[], value: (row: Row) => Value, none: Value): Value[] {
  const values = rows.map(value);
  return values.some((each) => each !== none) ? values : [];
}

/** Said of the row at the node that it left, as only that one is matched. */
function matchedOf({ record, recordId, marks }: Entry): string | undefined {
  return marks.matches === undefined || recordId !== record.id ? undefined : text(marks.matches);
}

export async function appendFacts(tx: Queryable, source: string, entries: readonly Entry[]): Promise<Posted> {
  const records = entries.map((entry) => entry.record);
  const { rows } = await tx.query<PostedRow>(postFacts, [
    source,
    entries.map((entry) => entry.recordId),
    entries.map((entry) => entry.hash),
    records.map((record) => record.item),
    entries.map((entry) => entry.node),
    records.map((record) => record.fact),
    entries.map((entry) => entry.quantity),
    entries.map((entry) => entry.onHand),
    some(entries, (entry) => entry.quarantined, '0'),
    some(entries, (entry) => entry.damaged, '0'),
    some(entries, (entry) => entry.inTransit, '0'),
    records.map((record) => record.occurredAt),
    column(records, (record) => record.reason),
    column(records, (record) => record.reference),
    column(records, (record) => record.reservation),
    column(records, (record) => record.line),
    column(records, (record) => record.sequence),
    column(records, (record) => record.lot),
    column(records, (record) => record.expiresOn),
    column(records, (record) => record.messageId),
    some(entries, (entry) => entry.marks.late, false),
    some(entries, (entry) => entry.marks.afterGap, false),
    column(entries, (entry) => entry.marks.implied),
    column(entries, matchedOf),
  ]);
  return postedOf(rows[0], entries.map((entry) => entry.recordId)); // prettier-ignore
}

/** `asked`: what was to be inserted. */
export function postedOf(row: PostedRow | undefined, asked: readonly string[]): Posted {
  const inserted = row === undefined || row.count === 0 ? [] : (row.ids ?? asked);
  return { inserted: new Set(inserted), trouble: row?.trouble ?? false };
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
