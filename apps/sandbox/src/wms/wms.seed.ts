import type { Jobs } from '#messaging/jobs';
import type { Transaction } from '#persistence/database';
import { announce } from './wms.inventory';
import * as store from './wms.store';
import type { Installation } from './wms.types';

interface SeedBase {
  /** What the warehouse calls itself: the connection's `warehouseCode`, or its node. */
  readonly node: string;
  /** Items and base units on hand. Items that are there already keep what they have. */
  readonly stock?: readonly { readonly item: string; readonly quantity: string }[];
  /** False: it makes a second order when the same is posted twice. Default true; unchanged when it is there already. */
  readonly deduplicates?: boolean;
  /** Steps per second; default what CROSSDOCK_SANDBOX_SPEED says. */
  readonly speed?: number;
}

export interface WebhookWarehouseSeed extends SeedBase {
  readonly product: 'generic-rest';
  /** Default `sandbox`. */
  readonly token?: string;
  /** `http://…/inbound/wms/<connection>` */
  readonly webhookUrl: string;
  /** `whsec_…` */
  readonly webhookSecret: string;
}

export interface FileWarehouseSeed extends SeedBase {
  readonly product: 'file';
  /** The `directory` of the connection. */
  readonly directory: string;
  /** The `partner` of the connection. */
  readonly partner: string;
}

export type WarehouseSeed = WebhookWarehouseSeed | FileWarehouseSeed;

/**
 * Creates a simulated warehouse or changes how it is reached, fills shelves that are new, and lets it announce what it put there as a
 * snapshot (items it does not name are unchanged). Repeating it with the same seed announces nothing.
 */
export async function seedWarehouse(jobs: Jobs, tx: Transaction, id: string, seed: WarehouseSeed): Promise<void> {
  const webhook = seed.product === 'generic-rest' ? seed : undefined;
  const file = seed.product === 'file' ? seed : undefined;
  await tx.query(
    `insert into sandbox.wms_installation
       (installation, product, node, token, deduplicates, webhook_url, webhook_secret, directory, partner, speed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (installation) do update
        set product = excluded.product, node = excluded.node, token = excluded.token,
            deduplicates = coalesce($11, wms_installation.deduplicates),
            webhook_url = excluded.webhook_url, webhook_secret = excluded.webhook_secret, directory = excluded.directory,
            partner = excluded.partner, speed = coalesce(excluded.speed, wms_installation.speed)`,
    [
      ...[id, seed.product, seed.node, webhook?.token ?? 'sandbox', seed.deduplicates ?? true],
      ...[webhook?.webhookUrl ?? null, webhook?.webhookSecret ?? null, file?.directory ?? null, file?.partner ?? null],
      seed.speed ?? null,
      seed.deduplicates ?? null,
    ],
  );
  const [installation] = await store.installations(tx, [id]);
  if (installation) await fillShelves(jobs, tx, installation, seed.stock ?? []);
}

/** Fills shelves of a warehouse that is there, or makes it forgetful. Errors: a plain Error when there is none. */
export async function changeWarehouse(
  jobs: Jobs,
  tx: Transaction,
  id: string,
  { stock, deduplicates }: Pick<WarehouseSeed, 'stock' | 'deduplicates'>,
): Promise<void> {
  await tx.query(
    'update sandbox.wms_installation set deduplicates = coalesce($2, deduplicates) where installation = $1',
    [id, deduplicates ?? null],
  );
  const [installation] = await store.installations(tx, [id]);
  if (installation === undefined) throw new Error(`no simulated warehouse ${id}: seed it whole first`);
  await fillShelves(jobs, tx, installation, stock ?? []);
}

async function fillShelves(
  jobs: Jobs,
  tx: Transaction,
  installation: Installation,
  stock: readonly { item: string; quantity: string }[],
): Promise<void> {
  const { rows } = await tx.query<{ item: string; quantity: string }>(
    `insert into sandbox.wms_stock (installation, item, on_hand)
     select $1, item, quantity from unnest($2::text[], $3::numeric[]) as s (item, quantity)
     on conflict (installation, item) do nothing
     returning item, trim_scale(on_hand)::text as quantity`,
    [installation.installation, stock.map(({ item }) => item), stock.map(({ quantity }) => quantity)],
  );
  await announce(jobs, tx, installation, 'inventory.snapshot', rows);
}
