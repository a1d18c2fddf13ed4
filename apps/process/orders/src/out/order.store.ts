import type { OrderStatus } from '#canonical/order';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { OrderContents, OrderProgress, OrderState } from '../fulfil-order/order-state';
import { awaitsAnswer, isTerminal, lastDay, orderStatus, waitsForStock } from '../fulfil-order/status';

/** An order as it is stored. */
export interface StoredOrder extends OrderState {
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewOrder {
  readonly state: OrderState;
  readonly purchaseOrderKey: string;
  readonly contentHash: string;
}

export interface KnownOrder extends StoredOrder {
  readonly contentHash: string;
}

interface Row {
  contents: OrderContents;
  progress: OrderProgress;
  version: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = 'contents, progress, version, created_at, updated_at';

/**
 * The same purchase order twice, also in one set, is inserted once; sorted, so that two sets cannot wait for each other. Documents come as
 * one JSON list: in an array of texts the driver would escape every quote of them.
 */
const insertOrders: Statement = {
  name: 'orders-insert',
  text: `
    insert into orders.sales_order (id, partner, purchase_order_key, release, content_hash, status, holds, waiting, due_at, timer_at,
                                    contents, progress)
    select id, partner, purchase_order_key, release, content_hash, status, holds, waiting,
           now() + due_hours * interval '1 hour', (last_day::date + 1)::timestamp at time zone 'UTC', contents::jsonb, progress::jsonb
      from rows from (unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::boolean[],
                             $9::int[], $10::text[]), json_array_elements($11::json), json_array_elements($12::json))
           as n (id, partner, purchase_order_key, release, content_hash, status, holds, waiting, due_hours, last_day,
                 contents, progress)
     order by partner, purchase_order_key, release
    on conflict on constraint sales_order_purchase_order do nothing
    returning id, created_at as "createdAt"`,
};

/** In id order, so that two sets cannot wait for each other. The document only of those that have moved since they were seen. */
const lockOrders: Statement = {
  name: 'orders-lock',
  text: `
    select o.id, o.version, o.created_at, o.updated_at,
           case when o.version is distinct from seen.version then o.contents end as contents,
           case when o.version is distinct from seen.version then o.progress end as progress
      from unnest($1::text[], $2::int[]) as seen (id, version)
      join orders.sales_order o on o.id = seen.id
     order by o.id for update of o`,
};

const updateOrders: Statement = {
  name: 'orders-update',
  text: `
    update orders.sales_order o
       set status = n.status, version = n.version, holds = n.holds, waiting = n.waiting,
           due_at = now() + n.due_hours * interval '1 hour',
           timer_at = (n.last_day::date + 1)::timestamp at time zone 'UTC', progress = n.progress::jsonb, updated_at = now(),
           contents = coalesce(nullif(n.contents::jsonb, 'null'), o.contents)
      from rows from (unnest($1::text[], $2::int[], $3::text[], $4::int[], $5::boolean[], $6::int[], $7::text[]),
                      json_array_elements($8::json), json_array_elements($9::json))
           as n (id, version, status, holds, waiting, due_hours, last_day, progress, contents)
     where o.id = n.id and o.version = n.version - 1
    returning o.id, o.updated_at as "updatedAt"`,
};

const findKnown: Statement = {
  name: 'orders-find-purchase-order',
  text: `
    select ${COLUMNS}, content_hash from orders.sales_order
     where partner = $1 and purchase_order_key = $2 and release = $3`,
};

const findOrder: Statement = {
  name: 'orders-find',
  text: `select ${COLUMNS} from orders.sales_order where id = $1 and partner = $2`,
};

const findAny: Statement = {
  name: 'orders-find-any',
  text: `select ${COLUMNS} from orders.sales_order where id = $1`,
};

/** They have the purchase order of the one they follow, so its key finds them. */
const findFollowers: Statement = {
  name: 'orders-find-followers',
  text: `
    select f.contents, f.progress, f.version, f.created_at, f.updated_at
      from orders.sales_order o
      join orders.sales_order f on f.partner = o.partner and f.purchase_order_key = o.purchase_order_key
     where o.id = $1 and f.contents->>'follows' = $1 order by f.id`,
};

const lockOne: Statement = {
  name: 'orders-lock-one',
  text: `select ${COLUMNS} from orders.sales_order where id = $1 and partner = $2 for update`,
};

/** What the row says about the state, for questions that do not open the document. */
function figuresOf(
  state: OrderState,
  answerHours: number,
): { status: OrderStatus; holds: number; waiting: boolean; dueHours: number | null; lastDay: string | null } {
  const status = orderStatus(state);
  const dueHours = !isTerminal(status) && awaitsAnswer(state) ? answerHours : null;
  const holds = state.progress.holds.filter((each) => each.blocking).length;
  return { status, holds, waiting: waitsForStock(state), dueHours, lastDay: lastDay(state) ?? null };
}

/** Returns the creation time of those that were inserted, by id. */
export async function insert(
  tx: Transaction,
  orders: readonly NewOrder[],
  answerHours: number,
): Promise<Map<string, Date>> {
  const figures = orders.map((order) => figuresOf(order.state, answerHours));
  const { rows } = await tx.query<{ id: string; createdAt: Date }>(insertOrders, [
    orders.map(({ state }) => state.contents.id),
    orders.map(({ state }) => state.contents.partner),
    orders.map((order) => order.purchaseOrderKey),
    orders.map(({ state }) => state.contents.release ?? ''),
    orders.map((order) => order.contentHash),
    figures.map((each) => each.status),
    figures.map((each) => each.holds),
    figures.map((each) => each.waiting),
    figures.map((each) => each.dueHours),
    figures.map((each) => each.lastDay),
    JSON.stringify(orders.map(({ state }) => state.contents)),
    JSON.stringify(orders.map(({ state }) => state.progress)),
  ]);
  return new Map(rows.map((row) => [row.id, row.createdAt]));
}

/** Orders as they were last seen committed (recent-orders.ts). */
interface Remembered {
  get(id: string): StoredOrder | undefined;
  keep(order: StoredOrder): void;
}

export async function lock(tx: Transaction, ids: readonly string[], recent?: Remembered): Promise<StoredOrder[]> {
  const seen = new Map(ids.map((id) => [id, recent?.get(id)]));
  type Locked = Omit<Row, 'contents' | 'progress'> & { id: string } & (Pick<Row, 'contents' | 'progress'> | { contents: null }); // prettier-ignore
  const { rows } = await tx.query<Locked>(lockOrders, [ids, ids.map((id) => seen.get(id)?.version ?? null)]);
  return rows.map((row) => {
    const known = seen.get(row.id);
    if (row.contents === null && known) return known;
    if (row.contents === null) throw new Error(`order ${row.id} came without its document`);
    const order = stored(row);
    // This transaction may have written it before.
    tx.afterCommit(() => recent?.keep(order));
    return order;
  });
}

/** Each order carries its next version, and says whether its contents are others than before. Returns when they were saved. Throws when a row has moved: the caller did not lock it. */
export async function save(
  tx: Transaction,
  orders: readonly { state: OrderState; version: number; agreedAnew: boolean }[],
  answerHours: number,
): Promise<Map<string, Date>> {
  const figures = orders.map((order) => figuresOf(order.state, answerHours));
  const { rows } = await tx.query<{ id: string; updatedAt: Date }>(updateOrders, [
    orders.map(({ state }) => state.contents.id),
    orders.map((order) => order.version),
    figures.map((each) => each.status),
    figures.map((each) => each.holds),
    figures.map((each) => each.waiting),
    figures.map((each) => each.dueHours),
    figures.map((each) => each.lastDay),
    JSON.stringify(orders.map(({ state }) => state.progress)),
    JSON.stringify(orders.map(({ state, agreedAnew }) => (agreedAnew ? state.contents : null))),
  ]);
  if (rows.length !== orders.length)
    throw new Error(`${orders.length - rows.length} orders changed under a lock that was not held`);
  return new Map(rows.map((row) => [row.id, row.updatedAt]));
}

export async function known(
  db: Queryable,
  partner: string,
  purchaseOrderKey: string,
  release: string,
): Promise<KnownOrder | undefined> {
  const { rows } = await db.query<Row & { content_hash: string }>(findKnown, [partner, purchaseOrderKey, release]);
  return rows.map((row) => ({ ...stored(row), contentHash: row.content_hash }))[0];
}

export async function find(db: Queryable, partner: string, id: string): Promise<StoredOrder | undefined> {
  const { rows } = await db.query<Row>(findOrder, [id, partner]);
  return rows.map(stored)[0];
}

/** Orders that carry what was added to this one, the oldest first. */
export async function followers(db: Queryable, id: string): Promise<StoredOrder[]> {
  return (await db.query<Row>(findFollowers, [id])).rows.map(stored);
}

/** Of any partner. */
export async function findById(db: Queryable, id: string): Promise<StoredOrder | undefined> {
  const { rows } = await db.query<Row>(findAny, [id]);
  return rows.map(stored)[0];
}

export async function lockOf(tx: Transaction, partner: string, id: string): Promise<StoredOrder | undefined> {
  const { rows } = await tx.query<Row>(lockOne, [id, partner]);
  return rows.map(stored)[0];
}

export function stored(row: Row): StoredOrder {
  const { contents, progress, version } = row;
  return { contents, progress, version, createdAt: row.created_at, updatedAt: row.updated_at };
}
