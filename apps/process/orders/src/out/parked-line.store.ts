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

const deletePlaces: Statement = {
  name: 'orders-unplaced-delete',
  text: `delete from orders.unplaced_order where order_id = any($1)`,
};

const insertPlaces: Statement = {
  name: 'orders-unplaced-insert',
  text: `
    insert into orders.unplaced_order (order_id, partner, ship_to)
    select * from unnest($1::text[], $2::text[], $3::text[])`,
};

/** A code of a standard concerns every partner that uses it, so the system is not asked: looking up once more harms nobody. */
const waitingFor: Statement = {
  name: 'orders-parked-waiting',
  text: `
    select order_id as "order" from orders.parked_line where item = any($1)
    union
    select order_id from orders.parked_line where unit = any($2)
    union
    select order_id from orders.parked_line where sku = any($3)
    union
    select order_id from orders.unplaced_order u
      join unnest($4::text[], $5::text[]) as n (partner, ship_to) on (n.partner, n.ship_to) = (u.partner, u.ship_to)`,
};

/** Codes that mean something now. A partner's ship-to is its own. */
export interface MeaningfulCodes {
  readonly items: readonly string[];
  readonly units: readonly string[];
  readonly skus: readonly string[];
  readonly shipTos: readonly { readonly partner: string; readonly code: string }[];
}

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
  await replaceUnplaced(tx, orders);
  if (rows.length === 0) return;
  await tx.query(insertLines, [
    rows.map((row) => row.order),
    rows.map((row) => row.line),
    rows.map((row) => row.item),
    rows.map((row) => row.unit),
    rows.map((row) => row.sku),
  ]);
}

async function replaceUnplaced(tx: Transaction, orders: readonly OrderState[]): Promise<void> {
  const rows = orders.flatMap(({ contents: { id, partner, unplaced }, progress }) =>
    unplaced && progress.lines.some(({ parts }) => parts.length > 0) ? [{ id, partner, shipTo: unplaced.shipTo }] : [],
  );
  await tx.query(deletePlaces, [orders.map(({ contents }) => contents.id)]);
  if (rows.length === 0) return;
  await tx.query(insertPlaces, [
    rows.map((row) => row.id),
    rows.map((row) => row.partner),
    rows.map((row) => row.shipTo),
  ]);
}

/** Orders that wait for one of these codes, or for a unit of one of these items. */
export async function ordersWaitingFor(
  db: Queryable,
  { items, units, skus, shipTos }: MeaningfulCodes,
): Promise<string[]> {
  const { rows } = await db.query<{ order: string }>(waitingFor, [
    items,
    units,
    skus,
    shipTos.map(({ partner }) => partner),
    shipTos.map(({ code }) => code),
  ]);
  return rows.map((row) => row.order);
}
