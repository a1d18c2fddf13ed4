import type { Queryable, Statement } from '#persistence/database';
import { dateOf, type Day } from '../promise/days';
import { micro, text, type Micro } from '../promise/quantity';
import type { ExpectedReceipt } from '../promise/supply';

/** The documents named, the orders that they announce or are, and all that announce those. Indexes: primary key, expected_receipt_announces. */
const readFamilies: Statement = {
  name: 'availability-expected-families',
  text: `
    with named as (
      select id, announces from availability.expected_receipt where id = any($1)
    ), families as (
      select unnest($1::text[]) as id union select announces from named where announces is not null
    )
    select id, kind, item, node, open::text, available_on - date '1970-01-01' as day, announces
      from availability.expected_receipt
     where id in (select id from families) or announces in (select id from families)`,
};

interface ExpectedRow extends Omit<ExpectedReceipt, 'open' | 'announces'> {
  open: string;
  announces: string | null;
}

/** Documents with everything that is netted against them. An id may also be that of an order not known yet. */
export async function familiesOf(db: Queryable, ids: readonly string[]): Promise<ExpectedReceipt[]> {
  const { rows } = await db.query<ExpectedRow>(readFamilies, [ids]);
  return rows.map((row) => ({ ...row, open: micro(row.open), announces: row.announces ?? undefined }));
}

const storeReceipts: Statement = {
  name: 'availability-expected-store',
  text: `
    insert into availability.expected_receipt (id, kind, item, node, open, available_on, announces)
    select id, kind, item, node, open, available_on, announces
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::date[], $7::text[])
           as n (id, kind, item, node, open, available_on, announces)
    on conflict (id) do update
       set kind = excluded.kind, item = excluded.item, node = excluded.node, open = excluded.open,
           available_on = excluded.available_on, announces = excluded.announces`,
};

/** Each id once. The items, old and new, are locked. */
export async function storeExpected(tx: Queryable, receipts: readonly ExpectedReceipt[]): Promise<void> {
  await tx.query(storeReceipts, [
    receipts.map(({ id }) => id),
    receipts.map(({ kind }) => kind),
    receipts.map(({ item }) => item),
    receipts.map(({ node }) => node),
    receipts.map(({ open }) => text(open)),
    receipts.map(({ day }) => dateOf(day)),
    receipts.map(({ announces }) => announces ?? null),
  ]);
}

/** What the ledger has received against documents and not taken back. Indexes: ledger_position (item, node), ledger_reversal. */
const readReceived: Statement = {
  name: 'availability-expected-received',
  text: `
    select l.reference as id, sum(l.quantity)::text as quantity
      from unnest($1::text[], $2::text[], $3::text[]) as n (id, item, node)
      join availability.ledger l on l.item = n.item and l.node = n.node and l.reference = n.id
                                and l.fact in ('RECEIVED', 'TRANSFER_RECEIVED')
     where not exists (select 1 from availability.ledger r where r.source = l.source and r.reverses = l.record_id)
     group by l.reference`,
};

type Received = Pick<ExpectedReceipt, 'id' | 'item' | 'node'>;

export async function receivedAgainst(db: Queryable, receipts: readonly Received[]): Promise<Map<string, Micro>> {
  const { rows } = await db.query<{ id: string; quantity: string }>(readReceived, [
    receipts.map(({ id }) => id),
    receipts.map(({ item }) => item),
    receipts.map(({ node }) => node),
  ]);
  return new Map(rows.map(({ id, quantity }) => [id, micro(quantity)]));
}

/** Documents that still have something open, with what counts of each. Index: expected_receipt_item. */
const itemReceipts: Statement = {
  name: 'availability-item-expected',
  text: `
    select e.id, e.kind, e.item, e.node, e.open::text, e.available_on - date '1970-01-01' as day, e.announces,
           coalesce(s.quantity, 0)::text as quantity
      from availability.expected_receipt e left join availability.supply s on s.id = e.id
     where e.item = any($1) and e.open > 0 order by e.available_on, e.id`,
};

/** A document and what counts of it. */
export interface CountedReceipt extends ExpectedReceipt {
  readonly quantity: Micro;
}

export async function expectedOf(db: Queryable, items: readonly string[]): Promise<CountedReceipt[]> {
  const { rows } = await db.query<ExpectedRow & { quantity: string; day: Day }>(itemReceipts, [items]);
  return rows.map((row) => ({
    ...row,
    open: micro(row.open),
    quantity: micro(row.quantity),
    announces: row.announces ?? undefined,
  }));
}
