import type { OrderStatus } from '#canonical/order';
import type { InvariantBreach } from '#contracts/availability/invariants.dto';
import type { OrderName, StatusCount } from '#contracts/orders/orders.dto';
import type { Queryable, Statement } from '#persistence/database';
import { stored, type StoredOrder } from './order.store';

export interface OrderFilter {
  readonly partner: string | undefined;
  readonly status: OrderStatus | undefined;
  readonly purchaseOrderKey: string | undefined;
}

/** The conditions are written out so that the planner sees which index serves: (partner, id), (status, id), the purchase order, or id. */
function listStatement({ partner, status, purchaseOrderKey }: OrderFilter): Statement {
  const used = { partner: partner !== undefined, status: status !== undefined, order: purchaseOrderKey !== undefined };
  const where = [
    `($1::text = '' or id < $1)`,
    used.partner ? 'partner = $3' : '$3::text is null',
    used.status ? 'status = $4' : '$4::text is null',
    used.order ? 'purchase_order_key = $5' : '$5::text is null',
  ];
  return {
    name: `orders-list-${Number(used.partner)}${Number(used.status)}${Number(used.order)}`,
    text: `
      select contents, progress, version, created_at, updated_at from orders.sales_order
       where ${where.join(' and ')} order by id desc limit $2`,
  };
}

/** Not terminal, and neither a hold nor the queue for stock nor an answer that may still come says why. */
const UNEXPLAINED = `status not in ('SHIPPED', 'CANCELLED') and holds = 0 and not waiting and (due_at is null or due_at < now())`;

const nameOrders: Statement = {
  name: 'orders-names',
  text: `
    select id, partner, contents->>'customer' as customer, contents->>'purchaseOrder' as "purchaseOrder",
           contents->>'release' as release, status
      from orders.sales_order where id = any($1) order by id`,
};

const countByStatus: Statement = {
  name: 'orders-summary',
  text: `select status, count(*)::int as count from orders.sales_order group by status order by status`,
};

const countUnexplained: Statement = {
  name: 'orders-unexplained',
  text: `select count(*)::int as count from orders.sales_order where ${UNEXPLAINED}`,
};

const listUnexplained: Statement = {
  name: 'orders-unexplained-list',
  text: `select id, status, due_at as "dueAt" from orders.sales_order where ${UNEXPLAINED} order by id limit 100`,
};

/** I8 in the database's own arithmetic, independent of the code that keeps it. */
const wrongArithmetic: Statement = {
  name: 'orders-arithmetic',
  text: `
    select o.id, l.content->>'line' as line, l.content->>'ordered' as ordered, p.progress->>'cancelled' as cancelled,
           p.progress->>'shipped' as shipped, open.quantity as open
      from orders.sales_order o
     cross join lateral jsonb_array_elements(o.contents->'lines') with ordinality as l (content, position)
      left join lateral (select o.progress->'lines'->(l.position::int - 1) as progress) p on true
     cross join lateral (
       select coalesce(sum((part->>'quantity')::numeric), 0) as quantity, coalesce(min((part->>'quantity')::numeric), 0) as least
         from jsonb_array_elements(p.progress->'parts') as part) open
     where (l.content->>'ordered')::numeric is distinct from
           (p.progress->>'cancelled')::numeric + (p.progress->>'shipped')::numeric + open.quantity
        or least((p.progress->>'cancelled')::numeric, (p.progress->>'shipped')::numeric, open.least) < 0
     limit 100`,
};

const overdueOrders: Statement = {
  name: 'orders-overdue',
  text: `select id from orders.sales_order where due_at < now() and holds = 0 order by due_at limit $1`,
};

const expiredOrders: Statement = {
  name: 'orders-expired',
  text: `select id from orders.sales_order where timer_at <= now() order by timer_at limit $1`,
};

export async function page(db: Queryable, filter: OrderFilter, after: string, limit: number): Promise<StoredOrder[]> {
  const { partner = null, status = null, purchaseOrderKey = null } = filter;
  const { rows } = await db.query<Parameters<typeof stored>[0]>(listStatement(filter), [
    after,
    limit,
    partner,
    status,
    purchaseOrderKey,
  ]);
  return rows.map(stored);
}

/** Those that exist, by id. */
export async function namesOf(db: Queryable, ids: readonly string[]): Promise<OrderName[]> {
  const { rows } = await db.query<Omit<OrderName, 'release'> & { release: string | null }>(nameOrders, [ids]);
  return rows.map(({ release, ...name }) => (release === null ? name : { ...name, release }));
}

export async function statusCounts(db: Queryable): Promise<StatusCount[]> {
  return (await db.query<StatusCount>(countByStatus)).rows;
}

export async function unexplained(db: Queryable): Promise<number> {
  return (await db.query<{ count: number }>(countUnexplained)).rows[0]?.count ?? 0;
}

export async function breaches(db: Queryable): Promise<InvariantBreach[]> {
  const lost = await db.query<{ id: string; status: string; dueAt: Date | null }>(listUnexplained);
  const wrong =
    await db.query<Record<'id' | 'line' | 'ordered' | 'cancelled' | 'shipped' | 'open', string>>(wrongArithmetic);
  return [
    ...lost.rows.map(({ id, status, dueAt }) => {
      const since = dueAt === null ? 'nobody owes an answer' : `an answer was due at ${dueAt.toISOString()}`;
      return { invariant: 'I4', subject: id, detail: `${status} without hold or backorder, and ${since}` };
    }),
    ...wrong.rows.map(({ id, line, ordered, cancelled, shipped, open }) => {
      const detail = `line ${line}: ${ordered} ≠ ${cancelled} + ${shipped} + ${open}`;
      return { invariant: 'I8', subject: id, detail };
    }),
  ];
}

export async function overdue(db: Queryable, limit: number): Promise<string[]> {
  return (await db.query<{ id: string }>(overdueOrders, [limit])).rows.map((row) => row.id);
}

/** Those whose last day has passed, by the clock of the database. */
export async function expired(db: Queryable, limit: number): Promise<string[]> {
  return (await db.query<{ id: string }>(expiredOrders, [limit])).rows.map((row) => row.id);
}
