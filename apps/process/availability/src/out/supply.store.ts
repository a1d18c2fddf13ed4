import type { SafetyStockDto } from '#contracts/availability/stock.dto';
import type { Queryable, Statement } from '#persistence/database';
import type { Supply } from '../promise/book';
import { dateOf } from '../promise/days';
import { text } from '../promise/quantity';

const supplyItems: Statement = {
  name: 'availability-supply-items',
  text: `select distinct item from availability.expected_receipt where id = any($1)`,
};

/** Quantity 0 counts for nothing. Every node that expects stock has a position, so that it is known. */
const storeSupplies: Statement = {
  name: 'availability-supply-store',
  text: `
    with input as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::date[])
             as n (id, kind, item, node, quantity, available_on)
    ), ended as (
      delete from availability.supply s using input n where s.id = n.id and n.quantity = 0
    ), expecting as (
      insert into availability.position (item, node)
      select distinct item, node from input where quantity > 0
      on conflict (item, node) do nothing
    )
    insert into availability.supply (id, kind, item, node, quantity, available_on)
    select id, kind, item, node, quantity, available_on from input where quantity > 0
    on conflict (id) do update
       set kind = excluded.kind, item = excluded.item, node = excluded.node, quantity = excluded.quantity,
           available_on = excluded.available_on`,
};

const storeSafety: Statement = {
  name: 'availability-safety-store',
  text: `
    insert into availability.position (item, node, safety)
    select * from unnest($1::text[], $2::text[], $3::numeric[])
    on conflict (item, node) do update set safety = excluded.safety`,
};

/** Items that these supplies were for until now. */
export async function itemsOfSupplies(db: Queryable, ids: readonly string[]): Promise<string[]> {
  return (await db.query<{ item: string }>(supplyItems, [ids])).rows.map((row) => row.item);
}

/** What counts of documents, each id once. The items, old and new, are locked. */
export async function putSupplies(
  tx: Queryable,
  supplies: readonly (Supply & { readonly item: string; readonly node: string })[],
): Promise<void> {
  await tx.query(storeSupplies, [
    supplies.map((supply) => supply.id),
    supplies.map((supply) => supply.kind),
    supplies.map((supply) => supply.item),
    supplies.map((supply) => supply.node),
    supplies.map((supply) => text(supply.quantity)),
    supplies.map((supply) => dateOf(supply.day)),
  ]);
}

/** Each position once. The items are locked. */
export async function putSafety(tx: Queryable, levels: readonly SafetyStockDto[]): Promise<void> {
  await tx.query(storeSafety, [
    levels.map((level) => level.item),
    levels.map((level) => level.node),
    levels.map((level) => level.quantity),
  ]);
}
