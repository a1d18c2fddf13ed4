import { gtin14 } from '#canonical/gtin';
import type { FoundItem, ItemDto, PutResult } from '#contracts/reference/reference.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import { gtinsOf } from '../put-records/check-records';
import { rejectedClaims, type Claim } from '../put-records/claims';

/** Writers of items take turns: a GTIN that moves between two items is decided once. Readers never wait. */
const lockItems: Statement = { name: 'reference-item-lock', text: `select pg_advisory_xact_lock(7243101)` };

const gtinOwners: Statement = {
  name: 'reference-gtin-owners',
  text: `select gtin as name, sku as record from reference.item_gtin where gtin = any($1)`,
};

/** `created`: xmax is 0 only in a row that this statement inserted. A row that did not change is not returned. */
const upsertItems: Statement = {
  name: 'reference-item-upsert',
  text: `
    insert into reference.item as i (sku, document)
    select sku, document::jsonb from unnest($1::text[], $2::text[]) as n (sku, document) order by sku
    on conflict (sku) do update
       set document = excluded.document, version = i.version + 1, updated_at = now()
     where i.document <> excluded.document
    returning sku as id, xmax = 0 as created`,
};

const deleteGtins: Statement = {
  name: 'reference-gtin-delete',
  text: `delete from reference.item_gtin where sku = any($1)`,
};

const insertGtins: Statement = {
  name: 'reference-gtin-insert',
  text: `insert into reference.item_gtin (gtin, sku) select * from unnest($1::text[], $2::text[])`,
};

const listItems: Statement = {
  name: 'reference-item-list',
  text: `
    select document from reference.item
     where sku > $1 and ($2::text is null or sku ilike $2 or document->>'description' ilike $2)
     order by sku limit $3`,
};

const findItem: Statement = {
  name: 'reference-item-find',
  text: `
    select document from reference.item where sku = $1
    union all
    select i.document from reference.item_gtin g join reference.item i using (sku) where g.gtin = $2
    limit 1`,
};

/** A SKU wins over a GTIN of the same digits. */
const findItems: Statement = {
  name: 'reference-items-find',
  text: `
    select asked.requested, i.document as item
      from unnest($1::text[], $2::text[]) as asked (requested, gtin)
      left join reference.item by_sku on by_sku.sku = asked.requested
      left join reference.item_gtin g on by_sku.sku is null and g.gtin = asked.gtin
      join reference.item i on i.sku = coalesce(by_sku.sku, g.sku)`,
};

const lockedItems: Statement = {
  name: 'reference-items-locked',
  text: `select sku, document from reference.item where sku = any($1)`,
};

const nextEdition: Statement = {
  name: 'reference-item-edition-next',
  text: `update reference.item_edition set edition = edition + 1`,
};

const readEdition: Statement = {
  name: 'reference-item-edition',
  text: `select edition::text as edition from reference.item_edition`,
};

export interface Stored {
  readonly id: string;
  readonly created: boolean;
}

/** Outcome per record, from the rows that an upsert returned. */
export function putResults(ids: readonly string[], stored: readonly Stored[]): PutResult[] {
  const created = new Map(stored.map((row) => [row.id, row.created]));
  return ids.map((id) => {
    const isNew = created.get(id);
    return { id, outcome: isNew === undefined ? 'unchanged' : isNew ? 'created' : 'updated' };
  });
}

/** Items as they are stored; they stay so until the transaction ends. */
export async function itemDocuments(tx: Transaction, skus: readonly string[]): Promise<Map<string, ItemDto>> {
  await tx.query(lockItems);
  const { rows } = await tx.query<{ sku: string; document: ItemDto }>(lockedItems, [skus]);
  return new Map(rows.map((row) => [row.sku, row.document]));
}

/** Stores normalised items. A GTIN that another item keeps rejects its record alone. */
export async function putItems(tx: Transaction, items: readonly ItemDto[]): Promise<PutResult[]> {
  await tx.query(lockItems);
  const taken = await gtinFaults(tx, items);
  const good = items.filter((item) => !taken.has(item.sku));
  const { rows } = await tx.query<Stored>(upsertItems, [
    good.map((item) => item.sku),
    good.map((item) => JSON.stringify(item)),
  ]);
  const changed = new Set(rows.map((row) => row.id));
  const moved = good.filter((item) => changed.has(item.sku));
  await tx.query(deleteGtins, [moved.map((item) => item.sku)]);
  if (moved.length > 0) await tx.query(nextEdition);
  const gtins = moved.flatMap((item) => gtinsOf(item).map((gtin) => ({ gtin, sku: item.sku })));
  await tx.query(insertGtins, [gtins.map((row) => row.gtin), gtins.map((row) => row.sku)]);
  const faults = [...taken].map(([id, detail]): PutResult => ({ id, outcome: 'rejected', detail }));
  return [
    ...putResults(
      good.map((item) => item.sku),
      rows,
    ),
    ...faults,
  ];
}

/** SKU → why not: the GTIN stays with another item, or comes twice in the request. */
async function gtinFaults(tx: Transaction, items: readonly ItemDto[]): Promise<Map<string, string>> {
  const wanted = items.flatMap((item) => gtinsOf(item).map((name): Claim => ({ record: item.sku, name })));
  const { rows: held } = await tx.query<Claim>(gtinOwners, [wanted.map(({ name }) => name)]);
  const rejected = rejectedClaims(
    items.map(({ sku }) => sku),
    wanted,
    held,
  );
  return new Map([...rejected].map(([sku, { record, name }]) => [sku, `GTIN ${name} belongs to item ${record}`]));
}

export async function pageOfItems(
  db: Queryable,
  after: string,
  search: string | undefined,
  limit: number,
): Promise<ItemDto[]> {
  const pattern = search === undefined ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await db.query<{ document: ItemDto }>(listItems, [after, pattern, limit]);
  return rows.map((row) => row.document);
}

export async function itemOf(db: Queryable, skuOrGtin: string): Promise<ItemDto | undefined> {
  const { rows } = await db.query<{ document: ItemDto }>(findItem, [skuOrGtin, gtinOrNull(skuOrGtin)]);
  return rows[0]?.document;
}

/** Items by the id they were asked for; those not known are absent. */
export async function itemsOf(db: Queryable, skusOrGtins: readonly string[]): Promise<FoundItem[]> {
  return (await db.query<FoundItem>(findItems, [skusOrGtins, skusOrGtins.map(gtinOrNull)])).rows;
}

/** Names what the items are now: another one after every change of any item. */
export async function itemEdition(db: Queryable): Promise<string> {
  return (await db.query<{ edition: string }>(readEdition)).rows[0]?.edition ?? '';
}

/** What an id would be if it is a GTIN. */
export function gtinOrNull(id: string): string | null {
  return /^(\d{8}|\d{12,14})$/.test(id) ? gtin14(id) : null;
}
