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
  const stock = seed.stock ?? [];
  await db.query(
    `insert into sandbox.erp_stock (installation, node, item, on_hand)
     select $1, node, item, quantity from unnest($2::text[], $3::text[], $4::numeric[]) as s (node, item, quantity)
     on conflict (installation, node, item) do nothing`,
    [installation, stock.map(({ node }) => node), stock.map(({ item }) => item), stock.map(({ quantity }) => quantity)],
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
