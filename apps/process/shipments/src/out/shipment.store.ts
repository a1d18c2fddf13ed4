import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import type { ConfirmedShipment, FulfilmentOrder, Shipment } from '../confirm-shipment/shipment';

export interface ArrivedShipment {
  readonly id: string;
  readonly fulfilmentOrder: string;
  readonly contentHash: string;
  readonly request: ConfirmShipmentRequest;
  readonly correlationId: string;
}

// In array order, so that of two with one id the first is the one that counts.
const insertParked: Statement = {
  name: 'shipment-insert',
  text: `
    insert into shipments.shipment (id, fulfilment_order, state, parked_reason, content_hash, request, correlation_id)
    select id, fulfilment_order, 'PARKED', 'ORDER_UNKNOWN', content_hash, request, correlation_id
      from jsonb_to_recordset($1::jsonb)
           as r (id text, fulfilment_order text, content_hash text, request jsonb, correlation_id text)
        on conflict (id) do nothing
    returning id`,
};

const storedHashes: Statement = {
  name: 'shipment-hashes',
  text: `select id, content_hash as "contentHash", state from shipments.shipment where id = any($1::text[])`,
};

const insertConflicts: Statement = {
  name: 'shipment-conflict-insert',
  text: `
    insert into shipments.shipment_conflict (shipment_id, content_hash, request)
    select id, content_hash, request
      from jsonb_to_recordset($1::jsonb) as r (id text, content_hash text, request jsonb)
        on conflict do nothing`,
};

const confirmShipments: Statement = {
  name: 'shipment-confirm',
  text: `
    update shipments.shipment s
       set state = 'CONFIRMED', order_id = r.order_id, partner = r.partner, lines = r.lines, findings = r.findings,
           carrier = r.carrier, tracking_numbers = r.tracking_numbers, parked_reason = null, alerted_at = null, updated_at = now(), position = null
      from jsonb_to_recordset($1::jsonb) as r (id text, order_id text, partner text, lines jsonb, findings jsonb,
                                               carrier text, tracking_numbers jsonb)
     where s.id = r.id and s.state = 'PARKED'`,
};

const parkedOf: Statement = {
  name: 'shipment-parked-of',
  text: `
    select id, request, correlation_id as "correlationId", parked_reason as "parkedReason",
           alerted_at is not null as alerted
      from shipments.shipment
     where fulfilment_order = any($1::text[]) and state = 'PARKED' and not voided order by received_at, id`,
};

const parkForUnit: Statement = {
  name: 'shipment-park-unit',
  text: `
    update shipments.shipment set parked_reason = 'UNIT_MISMATCH', alerted_at = now()
     where id = any($1::text[]) and state = 'PARKED'`,
};

const shippedBefore: Statement = {
  name: 'shipment-shipped-before',
  text: `
    select s.fulfilment_order as "fulfilmentOrder", (l ->> 'line')::int as line, l ->> 'item' as item,
           sum((l ->> 'quantity')::numeric)::text as quantity
      from shipments.shipment s, jsonb_array_elements(s.lines) as l
     where s.fulfilment_order = any($1::text[]) and s.state = 'CONFIRMED' and s.id is distinct from $2
     group by 1, 2, 3`,
};

const insertFulfilmentOrders: Statement = {
  name: 'fulfilment-order-insert',
  text: `
    insert into shipments.fulfilment_order
           (id, order_id, partner, customer, purchase_order, node, erp_connection, tms_connection, ship_from, ship_to, lines, channel)
    select id, "order", partner, customer, "purchaseOrder", node, "erpConnection", "tmsConnection", "shipFrom", "shipTo", lines, channel
      from jsonb_to_recordset($1::jsonb)
           as r (id text, channel text, "order" text, partner text, customer text, "purchaseOrder" text, node text, "erpConnection" text,
                 "tmsConnection" text, "shipFrom" jsonb, "shipTo" jsonb, lines jsonb)
        on conflict (id) do nothing`,
};

const fulfilmentOrderJson = `
  jsonb_build_object('id', f.id, 'order', f.order_id, 'partner', f.partner, 'customer', f.customer,
                     'purchaseOrder', f.purchase_order, 'node', f.node, 'erpConnection', f.erp_connection,
                     'tmsConnection', f.tms_connection, 'shipFrom', f.ship_from, 'shipTo', f.ship_to, 'lines', f.lines,
                     'channel', f.channel)`;

/** A shipment and what it fulfils; `s` is the shipment, `f` its fulfilment order. */
export const SHIPMENT_COLUMNS = `
  s.id, s.request, s.correlation_id as "correlationId", s.carrier, s.tracking_numbers as "trackingNumbers", s.tracking,
  s.version, s.revision, s.voided, s.lines, s.label_cost as "labelCost", ${fulfilmentOrderJson} as "fulfilmentOrder"`;

const findFulfilmentOrders: Statement = {
  name: 'fulfilment-order-find',
  text: `select ${fulfilmentOrderJson} as document from shipments.fulfilment_order f where f.id = any($1::text[])`,
};

const findShipments: Statement = {
  name: 'shipment-find',
  text: `
    select ${SHIPMENT_COLUMNS}
      from shipments.shipment s join shipments.fulfilment_order f on f.id = s.fulfilment_order
     where s.id = any($1::text[]) and s.state = 'CONFIRMED'`,
};

// Progress is told several times for each shipment, and needs none of its lines.
const findProgress: Statement = {
  name: 'shipment-progress-find',
  text: `
    select id, order_id as "order", partner, correlation_id as "correlationId", carrier, tracking_numbers as "trackingNumbers",
           tracking, version
      from shipments.shipment where id = any($1::text[]) and state = 'CONFIRMED'`,
};

const insertErpOrders: Statement = {
  name: 'erp-order-insert',
  text: `
    insert into shipments.erp_order (order_id, erp_connection, document_number)
    select * from jsonb_to_recordset($1::jsonb) as r ("order" text, "erpConnection" text, "documentNumber" text)
        on conflict (order_id) do nothing`,
};

/** Records what arrived; answers the ids that are new. */
export async function insertArrived(tx: Transaction, arrived: readonly ArrivedShipment[]): Promise<Set<string>> {
  const rows = arrived.map(({ fulfilmentOrder, contentHash, correlationId, ...rest }) => ({
    ...rest,
    fulfilment_order: fulfilmentOrder,
    content_hash: contentHash,
    correlation_id: correlationId,
  }));
  return new Set((await tx.query<{ id: string }>(insertParked, [JSON.stringify(rows)])).rows.map(({ id }) => id));
}

/** How far a shipment is. */
export interface ShipmentProgress extends Pick<
  Shipment,
  'id' | 'correlationId' | 'carrier' | 'trackingNumbers' | 'tracking' | 'version'
> {
  readonly order: string;
  readonly partner: string;
}

export async function progressOf(tx: Queryable, ids: readonly string[]): Promise<ShipmentProgress[]> {
  return (await tx.query<ShipmentProgress>(findProgress, [ids])).rows;
}

export interface StoredHash {
  id: string;
  contentHash: string;
  state: 'PARKED' | 'CONFIRMED';
}

export async function hashesOf(tx: Transaction, ids: readonly string[]): Promise<Map<string, StoredHash>> {
  const { rows } = await tx.query<StoredHash>(storedHashes, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Keeps the evidence of an id that came with other content. */
export async function keepConflicts(tx: Transaction, arrived: readonly ArrivedShipment[]): Promise<void> {
  if (arrived.length === 0) return;
  const rows = arrived.map(({ id, contentHash, request }) => ({ id, content_hash: contentHash, request }));
  await tx.query(insertConflicts, [JSON.stringify(rows)]);
}

export async function confirm(tx: Transaction, shipments: readonly ConfirmedShipment[]): Promise<void> {
  const rows = shipments.map(({ id, order, partner, lines, findings, carrier, trackingNumbers }) => ({
    ...{ id, partner, lines, findings, carrier },
    order_id: order,
    tracking_numbers: trackingNumbers,
  }));
  await tx.query(confirmShipments, [JSON.stringify(rows)]);
}

export interface ParkedShipment {
  id: string;
  request: ConfirmShipmentRequest;
  correlationId: string;
  parkedReason: 'ORDER_UNKNOWN' | 'UNIT_MISMATCH';
  /** A person has been told. */
  alerted: boolean;
}

export async function parkedShipments(tx: Transaction, fulfilmentOrders: readonly string[]): Promise<ParkedShipment[]> {
  return (await tx.query<ParkedShipment>(parkedOf, [fulfilmentOrders])).rows;
}

export interface ShippedQuantity {
  fulfilmentOrder: string;
  line: number;
  item: string;
  quantity: string;
}

/** Base units that confirmed shipments of these fulfilment orders took, one of them left out where it is named. */
export async function shippedQuantities(
  tx: Transaction,
  fulfilmentOrders: readonly string[],
  without?: string,
): Promise<ShippedQuantity[]> {
  return (await tx.query<ShippedQuantity>(shippedBefore, [fulfilmentOrders, without ?? null])).rows;
}

/** Their quantities are in another unit than the release: they stay parked, and a person is told now. */
export async function parkForWrongUnit(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(parkForUnit, [ids]);
}

export async function addFulfilmentOrders(tx: Transaction, all: readonly FulfilmentOrder[]): Promise<void> {
  await tx.query(insertFulfilmentOrders, [JSON.stringify(all)]);
}

export async function fulfilmentOrders(tx: Transaction, ids: readonly string[]): Promise<Map<string, FulfilmentOrder>> {
  const { rows } = await tx.query<{ document: FulfilmentOrder }>(findFulfilmentOrders, [ids]);
  return new Map(rows.map(({ document }) => [document.id, document]));
}

/** Confirmed shipments by id; parked ones are not there yet. */
export async function shipmentsOf(db: Queryable, ids: readonly string[]): Promise<Map<string, Shipment>> {
  const { rows } = await db.query<Shipment & { id: string }>(findShipments, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

export interface ErpOrder {
  readonly order: string;
  readonly erpConnection: string;
  readonly documentNumber: string;
}

export async function addErpOrders(tx: Transaction, orders: readonly ErpOrder[]): Promise<void> {
  await tx.query(insertErpOrders, [JSON.stringify(orders)]);
}
