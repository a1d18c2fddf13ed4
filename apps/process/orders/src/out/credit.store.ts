import type { CustomerReceivables } from '#contracts/erp/erp.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { CreditFigures } from '../credit/figures';

/** An account and everything that counts on it. Amounts are decimal text. */
export interface CreditAccount {
  readonly customer: string;
  readonly asOf: Date | null;
  readonly currency: string | null;
  readonly receivables: string;
  readonly overdue: string;
  readonly billedNotPosted: string;
  readonly limit: string | null;
  readonly failure: string | null;
  /** Open orders without those held for credit, summed by the day for which they are wanted. */
  readonly openOrders: readonly { readonly dueOn: string; readonly amount: string }[];
  /** Shipped, and not among the receivables as of then. */
  readonly deliveredNotBilled: string;
}

const readAccounts: Statement = {
  name: 'orders-credit-accounts',
  text: `
    select a.customer, a.as_of as "asOf", a.currency, trim_scale(a.receivables)::text as receivables,
           trim_scale(a.overdue)::text as overdue, trim_scale(a.billed_not_posted)::text as "billedNotPosted",
           trim_scale(a.credit_limit)::text as "limit", a.failure,
           coalesce((
             select jsonb_agg(jsonb_build_object('dueOn', d.due_on, 'amount', d.amount) order by d.due_on)
               from (select due_on, trim_scale(sum(open))::text as amount from orders.credit_order
                      where customer = a.customer and open > 0 and not held group by due_on) as d), '[]') as "openOrders",
           (select trim_scale(coalesce(sum(case when s.billed_at <= coalesce(a.as_of, 'infinity') then greatest(s.worth - s.billed, 0)
                                                else s.worth + s.charges end), 0))::text
              from orders.credit_shipment s
             where s.customer = a.customer
               and (s.billed_at is null or s.billed < s.worth or s.billed_at > a.as_of)) as "deliveredNotBilled"
      from orders.credit_account a where a.customer = any($1)`,
};

/** In order, so that two sets cannot wait for each other. */
const lockAccounts: Statement = {
  name: 'orders-credit-lock',
  text: `select customer from orders.credit_account where customer = any($1) order by customer for update`,
};

const openAccounts: Statement = {
  name: 'orders-credit-open',
  text: `
    insert into orders.credit_account as a (customer, connection)
    select customer, connection from unnest($1::text[], $2::text[]) as n (customer, connection) order by customer
    on conflict (customer) do update set connection = excluded.connection where a.connection <> excluded.connection
    returning customer, connection`,
};

const keepOrders: Statement = {
  name: 'orders-credit-keep',
  text: `
    insert into orders.credit_order (order_id, customer, due_on, open, held)
    select order_id, customer, coalesce(due_on, current_date), open, held
      from unnest($1::text[], $2::text[], $3::date[], $4::numeric[], $5::boolean[]) as n (order_id, customer, due_on, open, held)
    on conflict (order_id) do update
       set due_on = case when $6 then excluded.due_on else orders.credit_order.due_on end, open = excluded.open, held = excluded.held`,
};

const keepShipments: Statement = {
  name: 'orders-credit-keep-shipments',
  text: `
    insert into orders.credit_shipment as s (shipment, customer, worth, charges)
    select shipment, customer, worth, charges
      from unnest($1::text[], $2::text[], $3::numeric[], $4::numeric[]) as n (shipment, customer, worth, charges)
    on conflict (shipment) do update set worth = excluded.worth, charges = excluded.charges
     where (s.worth, s.charges) is distinct from (excluded.worth, excluded.charges)`,
};

/** The shipment may not have been told yet. What was billed at prices that only the ERP knows is billed whole. */
const keepInvoices: Statement = {
  name: 'orders-credit-invoices',
  text: `
    insert into orders.credit_shipment as s (shipment, customer, billed, billed_at)
    select n.shipment, o.customer, sum(coalesce(n.amount, 'Infinity')), max(n.at)
      from unnest($1::text[], $2::text[], $3::numeric[], $4::timestamptz[]) as n (shipment, order_id, amount, at)
      join orders.credit_order o using (order_id)
     group by n.shipment, o.customer
    on conflict (shipment) do update
       set billed = s.billed + excluded.billed, billed_at = greatest(s.billed_at, excluded.billed_at)`,
};

const keepReport: Statement = {
  name: 'orders-credit-report',
  text: `
    update orders.credit_account a
       set as_of = $2, currency = n.currency, receivables = n.receivables, overdue = n.overdue,
           billed_not_posted = coalesce(n."billedNotPosted", 0), credit_limit = n."creditLimit", failure = null, asked_at = now()
      from jsonb_to_recordset($1::jsonb)
        as n (customer text, currency text, receivables numeric, overdue numeric, "billedNotPosted" numeric, "creditLimit" numeric)
     where a.customer = n.customer and (a.as_of is null or a.as_of < $2)`,
};

const keepFailure: Statement = {
  name: 'orders-credit-failure',
  text: `update orders.credit_account set failure = $2, asked_at = now() where customer = any($1)`,
};

const listAccounts: Statement = {
  name: 'orders-credit-list',
  text: `select customer, connection from orders.credit_account order by connection, customer`,
};

const heldOrders: Statement = {
  name: 'orders-credit-held',
  text: `select order_id as id from orders.credit_order where held and customer = $1 order by order_id limit $2`,
};

const customersHeld: Statement = {
  name: 'orders-credit-customers-held',
  text: `select distinct customer from orders.credit_order where held and customer = any($1) order by customer`,
};

export async function accounts(db: Queryable, customers: readonly string[]): Promise<Map<string, CreditAccount>> {
  const { rows } = await db.query<CreditAccount>(readAccounts, [customers]);
  return new Map(rows.map((row) => [row.customer, row]));
}

/** Nobody else gives these customers credit until the transaction ends. */
export async function lock(tx: Transaction, customers: readonly string[]): Promise<void> {
  await tx.query(lockAccounts, [customers]);
}

/** Locks their accounts. Returns those that are new, or that another ERP speaks for from now on. */
export async function open(
  tx: Transaction,
  wanted: readonly { readonly customer: string; readonly connection: string }[],
): Promise<{ customer: string; connection: string }[]> {
  const connections = new Map(wanted.map(({ customer, connection }) => [customer, connection]));
  const values = [[...connections.keys()], [...connections.values()]];
  return (await tx.query<{ customer: string; connection: string }>(openAccounts, values)).rows;
}

export async function keep(tx: Transaction, figures: readonly CreditFigures[]): Promise<void> {
  if (figures.length === 0) return;
  const dated = figures.filter(({ dueOn }) => dueOn !== undefined);
  const undated = figures.filter(({ dueOn }) => dueOn === undefined);
  for (const set of [dated, undated]) {
    if (set.length === 0) continue;
    await tx.query(keepOrders, [
      set.map(({ order }) => order),
      set.map(({ customer }) => customer),
      set.map(({ dueOn }) => dueOn ?? null),
      set.map((each) => each.open),
      set.map(({ held }) => held),
      set === dated,
    ]);
  }
  const shipments = figures.flatMap(({ customer, shipments: all }) => all.map((each) => ({ ...each, customer })));
  if (shipments.length === 0) return;
  await tx.query(keepShipments, [
    shipments.map(({ id }) => id),
    shipments.map(({ customer }) => customer),
    shipments.map(({ worth }) => worth),
    shipments.map(({ charges }) => charges),
  ]);
}

/** Of orders of customers with a limit; others are left out. `amount` absent: only the ERP knows it. */
export async function keepBilled(
  tx: Transaction,
  invoices: readonly {
    readonly shipment: string;
    readonly order: string;
    readonly amount?: string;
    readonly at: string;
  }[],
): Promise<void> {
  await tx.query(keepInvoices, [
    invoices.map(({ shipment }) => shipment),
    invoices.map(({ order }) => order),
    invoices.map(({ amount }) => amount ?? null),
    invoices.map(({ at }) => at),
  ]);
}

/** An answer older than the one that is known changes nothing. */
export async function report(tx: Transaction, told: readonly CustomerReceivables[], asOf: string): Promise<void> {
  await tx.query(keepReport, [JSON.stringify(told), asOf]);
}

export async function unanswered(tx: Transaction, customers: readonly string[], why: string): Promise<void> {
  await tx.query(keepFailure, [customers, why]);
}

export async function list(db: Queryable): Promise<{ customer: string; connection: string }[]> {
  return (await db.query<{ customer: string; connection: string }>(listAccounts)).rows;
}

/** Oldest first. */
export async function held(db: Queryable, customer: string, limit: number): Promise<string[]> {
  return (await db.query<{ id: string }>(heldOrders, [customer, limit])).rows.map(({ id }) => id);
}

export async function withHeld(db: Queryable, customers: readonly string[]): Promise<string[]> {
  return (await db.query<{ customer: string }>(customersHeld, [customers])).rows.map(({ customer }) => customer);
}
