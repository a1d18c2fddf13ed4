import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { OrderState } from '../fulfil-order/order-state';

const deleteOf: Statement = {
  name: 'orders-parked-delete',
  text: `delete from orders.parked_line where order_id = any($1)`,
};

const insertLines: Statement = {
  name: 'orders-parked-insert',
  text: `
    insert into orders.parked_line (order_id, line, item, unit, sku)
    select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[])`,
};

/** A code of a standard concerns every partner that uses it, so the system is not asked: looking up once more harms nobody. */
const waitingFor: Statement = {
  name: 'orders-parked-waiting',
  text: `
    select order_id as "order" from orders.parked_line where item = any($1)
    union
    select order_id from orders.parked_line where unit = any($2)
    union
    select order_id from orders.parked_line where sku = any($3)`,
};

/** What is parked of these orders now, instead of what was. */
export async function replaceParked(tx: Transaction, orders: readonly OrderState[]): Promise<void> {
  const rows = orders.flatMap(({ contents, progress }) =>
    contents.lines.flatMap(({ line, item, parked, description }, index) => {
      if (!parked || progress.lines[index]?.parts.length === 0) return [];
      const { item: sent, quantity } = parked.request;
      return [{ order: contents.id, line, item: sent, unit: quantity.unit, sku: description === '' ? null : item }];
    }),
  );
  await tx.query(deleteOf, [orders.map(({ contents }) => contents.id)]);
  if (rows.length === 0) return;
  await tx.query(insertLines, [
    rows.map((row) => row.order),
    rows.map((row) => row.line),
    rows.map((row) => row.item),
    rows.map((row) => row.unit),
    rows.map((row) => row.sku),
  ]);
}

/** Orders that wait for one of these codes, or for a unit of one of these items. */
export async function ordersWaitingFor(
  db: Queryable,
  { items, units, skus }: { items: readonly string[]; units: readonly string[]; skus: readonly string[] },
): Promise<string[]> {
  const { rows } = await db.query<{ order: string }>(waitingFor, [items, units, skus]);
  return rows.map((row) => row.order);
}
