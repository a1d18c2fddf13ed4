import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { Installation, Order, OrderDocument, OrderState } from './wms.types';

const installationColumns = `
  installation, product, node, token, deduplicates, webhook_url as "webhookUrl", webhook_secret as "webhookSecret",
  directory, partner, speed`;

const findInstallation: Statement = {
  name: 'sandbox-wms-installation',
  text: `select ${installationColumns} from sandbox.wms_installation where installation = any ($1)`,
};

const fileInstallations: Statement = {
  name: 'sandbox-wms-file-installations',
  text: `select ${installationColumns} from sandbox.wms_installation where product = 'file' order by installation`,
};

const unknownItems: Statement = {
  name: 'sandbox-wms-unknown-items',
  text: `
    select distinct item from unnest($2::text[]) as asked (item)
     where not exists (select 1 from sandbox.wms_stock s where s.installation = $1 and s.item = asked.item)`,
};

const insertOrders: Statement = {
  name: 'sandbox-wms-order-insert',
  text: `
    insert into sandbox.wms_order (installation, number, external_id, once, state, document)
    select $1, n.number, n.external_id, case when $2 then n.external_id else n.number end, n.state, n.document
      from (select 'WH' || nextval('sandbox.wms_number') as number, external_id, state, document::jsonb as document
              from unnest($3::text[], $4::text[], $5::text[]) as asked (external_id, state, document)) n
    on conflict (installation, once) do nothing
    returning number, external_id as "externalId", state`,
};

const repeatOrder: Statement = {
  name: 'sandbox-wms-order-repeat',
  text: `
    update sandbox.wms_order set posts = posts + (document = $3::jsonb)::int where installation = $1 and once = $2
    returning number, external_id as "externalId", state, document = $3::jsonb as same`,
};

const readOrder: Statement = {
  name: 'sandbox-wms-order-read',
  text: `
    select number, external_id as "externalId", state from sandbox.wms_order
     where installation = $1 and external_id = $2 order by number limit 1`,
};

const orderColumns = `
  o.installation, o.number, o.external_id as "externalId", o.state, o.document -> 'lines' as lines, o.picked, o.shipments`;

const lockOrders: Statement = {
  name: 'sandbox-wms-order-lock',
  text: `
    select ${orderColumns}
      from sandbox.wms_order o
      join unnest($1::text[], $2::text[]) as asked (installation, number)
        on o.installation = asked.installation and o.number = asked.number
     order by o.installation, o.number
       for update of o`,
};

const lockByExternal: Statement = {
  name: 'sandbox-wms-order-lock-external',
  text: `
    select ${orderColumns} from sandbox.wms_order o
     where o.installation = $1 and o.external_id = $2 order by o.number limit 1 for update`,
};

const saveOrders: Statement = {
  name: 'sandbox-wms-order-save',
  text: `
    update sandbox.wms_order o set state = n.state, picked = n.picked::jsonb, shipments = n.shipments
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])
           as n (installation, number, state, picked, shipments)
     where o.installation = n.installation and o.number = n.number`,
};

const lockStock: Statement = {
  name: 'sandbox-wms-stock-lock',
  text: `
    select s.installation, s.item, s.on_hand as "onHand", s.picked
      from sandbox.wms_stock s
      join (select distinct * from unnest($1::text[], $2::text[]) as a (installation, item)) asked
        on s.installation = asked.installation and s.item = asked.item
     order by s.installation, s.item
       for update of s`,
};

const saveStock: Statement = {
  name: 'sandbox-wms-stock-save',
  text: `
    insert into sandbox.wms_stock as s (installation, item, on_hand, picked)
    select * from unnest($1::text[], $2::text[], $3::numeric[], $4::numeric[])
    on conflict (installation, item) do update set on_hand = excluded.on_hand, picked = excluded.picked`,
};

const readStock: Statement = {
  name: 'sandbox-wms-stock-read',
  text: `select item, on_hand as "onHand" from sandbox.wms_stock where installation = $1 order by item`,
};

const nextSequence: Statement = {
  name: 'sandbox-wms-sequence',
  text: `
    update sandbox.wms_installation set sequence = sequence + $2 where installation = $1
    returning (sequence - $2 + 1)::int as first, clock_timestamp() as now`,
};

const nextFile: Statement = {
  name: 'sandbox-wms-next-file',
  text: `
    update sandbox.wms_installation i
       set file_sequence = i.file_sequence + 1,
           last_file_id = 'W-' || i.installation || '-' || lpad((i.file_sequence + 1)::text, 8, '0')
      from (select installation, last_file_id from sandbox.wms_installation where installation = $1 for update) before
     where i.installation = before.installation
    returning i.last_file_id as "fileId", before.last_file_id as "previousFileId", i.file_sequence::int as sequence,
              clock_timestamp() as now`,
};

const countAll: Statement = {
  name: 'sandbox-wms-counts',
  text: `
    select count(*)::int as "fulfilmentOrders", count(distinct external_id)::int as "externalIds",
           coalesce(sum(posts), 0)::int as posts, coalesce(sum(shipments), 0)::int as shipments,
           count(*) filter (where state = 'shipped')::int as shipped,
           count(*) filter (where state = 'cancelled')::int as cancelled
      from sandbox.wms_order where installation = $1`,
};

const listOrders: Statement = {
  name: 'sandbox-wms-documents',
  text: `
    select external_id as "externalId", number as "documentNumber" from sandbox.wms_order
     where installation = $1 and external_id collate "C" > $2 order by external_id collate "C", number limit $3`,
};

export interface KnownOrder {
  readonly number: string;
  readonly externalId: string;
  readonly state: OrderState;
}

export interface StockRow {
  readonly installation: string;
  readonly item: string;
  readonly onHand: string;
  readonly picked: string;
}

export async function installations(db: Queryable, ids: readonly string[]): Promise<Installation[]> {
  return (await db.query<Installation>(findInstallation, [ids])).rows;
}

export async function withFolders(db: Queryable): Promise<Installation[]> {
  return (await db.query<Installation>(fileInstallations)).rows;
}

export async function unknownOf(db: Queryable, installation: string, items: readonly string[]): Promise<string[]> {
  return (await db.query<{ item: string }>(unknownItems, [installation, items])).rows.map(({ item }) => item);
}

/** Those that are new; the others were known. */
export async function insert(
  tx: Transaction,
  { installation, deduplicates }: Installation,
  orders: readonly { document: OrderDocument; state: OrderState }[],
): Promise<KnownOrder[]> {
  const { rows } = await tx.query<KnownOrder>(insertOrders, [
    ...[
      installation,
      deduplicates,
      orders.map(({ document }) => document.externalId),
      orders.map(({ state }) => state),
    ],
    orders.map(({ document }) => JSON.stringify(document)),
  ]);
  return rows;
}

export async function repeat(
  tx: Transaction,
  installation: string,
  document: OrderDocument,
): Promise<(KnownOrder & { same: boolean }) | undefined> {
  const values = [installation, document.externalId, JSON.stringify(document)];
  return (await tx.query<KnownOrder & { same: boolean }>(repeatOrder, values)).rows[0];
}

export async function read(db: Queryable, installation: string, externalId: string): Promise<KnownOrder | undefined> {
  return (await db.query<KnownOrder>(readOrder, [installation, externalId])).rows[0];
}

export async function lock(
  tx: Transaction,
  keys: readonly { installation: string; number: string }[],
): Promise<Order[]> {
  const values = [keys.map(({ installation }) => installation), keys.map(({ number }) => number)];
  return (await tx.query<Order>(lockOrders, values)).rows;
}

export async function lockOne(tx: Transaction, installation: string, externalId: string): Promise<Order | undefined> {
  return (await tx.query<Order>(lockByExternal, [installation, externalId])).rows[0];
}

export async function save(tx: Transaction, orders: readonly Order[]): Promise<void> {
  if (orders.length === 0) return;
  await tx.query(saveOrders, [
    orders.map(({ installation }) => installation),
    orders.map(({ number }) => number),
    orders.map(({ state }) => state),
    orders.map(({ picked }) => JSON.stringify(picked)),
    orders.map(({ shipments }) => shipments),
  ]);
}

export async function stockOf(
  tx: Transaction,
  keys: readonly { installation: string; item: string }[],
): Promise<StockRow[]> {
  if (keys.length === 0) return [];
  const values = [keys.map(({ installation }) => installation), keys.map(({ item }) => item)];
  return (await tx.query<StockRow>(lockStock, values)).rows;
}

export async function saveStockRows(tx: Transaction, rows: readonly StockRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(saveStock, [
    rows.map(({ installation }) => installation),
    rows.map(({ item }) => item),
    rows.map(({ onHand }) => onHand),
    rows.map(({ picked }) => picked),
  ]);
}

export async function allStock(db: Queryable, installation: string): Promise<{ item: string; onHand: string }[]> {
  return (await db.query<{ item: string; onHand: string }>(readStock, [installation])).rows;
}

export async function sequence(
  tx: Queryable,
  installation: string,
  lines: number,
): Promise<{ first: number; now: Date }> {
  const { rows } = await tx.query<{ first: number; now: Date }>(nextSequence, [installation, lines]);
  const [row] = rows;
  if (!row) throw new Error(`there is no simulated warehouse ${installation}`);
  return row;
}

export interface NextFile {
  readonly fileId: string;
  readonly previousFileId: string;
  readonly sequence: number;
  readonly now: Date;
}

export async function fileNumber(tx: Queryable, installation: string): Promise<NextFile> {
  const { rows } = await tx.query<NextFile>(nextFile, [installation]);
  const [row] = rows;
  if (!row) throw new Error(`there is no simulated warehouse ${installation}`);
  return row;
}

export async function counts(db: Queryable, installation: string): Promise<Record<string, number>> {
  return (await db.query<Record<string, number>>(countAll, [installation])).rows[0] ?? {};
}

/** Fulfilment orders by external id, each one, after the one named. */
export async function documents(
  db: Queryable,
  installation: string,
  after: string,
  limit: number,
): Promise<{ externalId: string; documentNumber: string }[]> {
  const values = [installation, after, limit];
  return (await db.query<{ externalId: string; documentNumber: string }>(listOrders, values)).rows;
}
