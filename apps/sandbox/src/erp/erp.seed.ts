import type { ContractPriceDto, CustomerDto, ItemDto } from '#contracts/reference/reference.dto';
import type { Queryable } from '#persistence/database';

export interface ErpSeed {
  /** API token of the installation; default `sandbox`, unchanged when it is there already. */
  readonly token?: string;
  /** False: an ERP that makes a second document when the same is posted twice. Default true. */
  readonly deduplicates?: boolean;
  /** Last day of the closed periods, `YYYY-MM-DD`; the day after it is the first open one. `null` opens all. */
  readonly closedThrough?: string | null;
  /** Percent of an ordered quantity that may be delivered beyond it. Default 0; counts for orders made from now on. */
  readonly overDeliveryPercent?: number;
  readonly items?: readonly ItemDto[];
  readonly customers?: readonly CustomerDto[];
  readonly prices?: readonly ContractPriceDto[];
  /** What customers owe beside the invoices of these books: a payment is a lower `balance`. Each replaces the one of its customer. */
  readonly accounts?: readonly {
    readonly customer: string;
    readonly balance: string;
    readonly overdue?: string;
    readonly billedNotPosted?: string;
    readonly creditLimit?: string;
  }[];
  /** Quantity on hand in the ERP's own books, base units. What is there already stays: deliveries have moved it. */
  readonly stock?: readonly { readonly node: string; readonly item: string; readonly quantity: string }[];
}

/** Creates or changes an installation of the simulated ERP. What is already so stays untouched and is not reported as a change. */
export async function seedErp(db: Queryable, installation: string, seed: ErpSeed): Promise<void> {
  await db.query(
    `insert into sandbox.erp_installation as i (installation, token, deduplicates, closed_through, over_delivery_percent)
     values ($1, coalesce($2, 'sandbox'), coalesce($3, true), $4, coalesce($5, 0))
     on conflict (installation) do update
        set token = coalesce($2, i.token), deduplicates = coalesce($3, i.deduplicates),
            closed_through = case when $6 then $4::date else i.closed_through end,
            over_delivery_percent = coalesce($5, i.over_delivery_percent)`,
    [
      ...[installation, seed.token ?? null, seed.deduplicates ?? null, seed.closedThrough ?? null],
      ...[seed.overDeliveryPercent ?? null, seed.closedThrough !== undefined],
    ],
  );
  await seedMaster(db, installation, 'item', seed.items ?? [], (item) => item.sku);
  await seedMaster(db, installation, 'customer', seed.customers ?? [], (customer) => customer.id);
  await seedMaster(db, installation, 'price', seed.prices ?? [], (price) =>
    JSON.stringify([price.customer, price.item, price.validFrom]),
  );
  await seedAccounts(db, installation, seed);
  const stock = seed.stock ?? [];
  await db.query(
    `insert into sandbox.erp_stock (installation, node, item, on_hand)
     select $1, node, item, quantity from unnest($2::text[], $3::text[], $4::numeric[]) as s (node, item, quantity)
     on conflict (installation, node, item) do nothing`,
    [installation, stock.map(({ node }) => node), stock.map(({ item }) => item), stock.map(({ quantity }) => quantity)],
  );
}

async function seedAccounts(db: Queryable, installation: string, { accounts = [] }: ErpSeed): Promise<void> {
  await db.query(
    `insert into sandbox.erp_account (installation, customer, balance, overdue, billed_not_posted, credit_limit)
     select $1, customer, balance, coalesce(overdue, 0), coalesce("billedNotPosted", 0), "creditLimit"
       from jsonb_to_recordset($2::jsonb)
         as a (customer text, balance numeric, overdue numeric, "billedNotPosted" numeric, "creditLimit" numeric)
     on conflict (installation, customer) do update
        set balance = excluded.balance, overdue = excluded.overdue, billed_not_posted = excluded.billed_not_posted,
            credit_limit = excluded.credit_limit`,
    [installation, JSON.stringify(accounts)],
  );
}

async function seedMaster<T extends object>(
  db: Queryable,
  installation: string,
  kind: string,
  records: readonly T[],
  id: (record: T) => string,
): Promise<void> {
  await db.query(
    `with turn as materialized (select pg_advisory_xact_lock(hashtextextended('sandbox.erp_master/' || $1, 0)))
     insert into sandbox.erp_master as m (installation, kind, id, body)
     select $1, $2, id, body from turn, unnest($3::text[], $4::jsonb[]) as r (id, body)
     on conflict (installation, kind, id) do update set body = excluded.body, change = nextval('sandbox.erp_change')
      where m.body <> excluded.body`,
    [installation, kind, records.map(id), records.map((record) => JSON.stringify(record))],
  );
}
