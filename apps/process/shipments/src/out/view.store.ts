import type { TrackingStatus } from '#canonical/order';
import type { AddressDto } from '#contracts/values.dto';
import type { ConfirmShipmentRequest, ShipmentEffect, ShipmentFinding } from '#contracts/shipments/shipments.dto';
import type { Database, Queryable, Statement } from '#persistence/database';
import type { ShipmentLine } from '../confirm-shipment/shipment';

export interface ShipmentRow {
  id: string;
  order: string;
  partner: string;
  customer: string;
  purchaseOrder: string;
  fulfilmentOrder: string;
  node: string;
  shippedAt: string;
  carrier: string | null;
  trackingNumbers: string[];
  tracking: TrackingStatus | null;
  shipTo: AddressDto;
  revision: number;
  voided: boolean;
  request: ConfirmShipmentRequest;
  lines: ShipmentLine[];
  effects: ShipmentEffect[];
  findings: ShipmentFinding[];
  version: number;
  updatedAt: Date;
  position: string | null;
}

const columns = `
    select s.id, s.order_id as "order", s.partner, f.customer, f.purchase_order as "purchaseOrder",
           s.fulfilment_order as "fulfilmentOrder", s.request ->> 'node' as node, s.request ->> 'shippedAt' as "shippedAt",
           s.carrier, s.tracking_numbers as "trackingNumbers", s.tracking, f.ship_to as "shipTo", s.lines, s.findings, s.version,
           s.revision, s.voided, s.request,
           s.updated_at as "updatedAt", s.position,
           (select jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', e.name, 'revision', e.revision, 'state', e.state,
                                                                  'reference', e.reference, 'error', e.error,
                                                                  'attempts', e.attempts)))
              from shipments.effect e where e.shipment_id = s.id) as effects
      from shipments.shipment s join shipments.fulfilment_order f on f.id = s.fulfilment_order`;

const one: Statement = {
  name: 'shipment-view',
  text: `${columns} where s.id = $1 and s.state = 'CONFIRMED' and ($2::text is null or s.partner = $2)`,
};

// One text for each way to filter, so that each uses the index made for it.
const feeds = {
  all: { name: 'shipment-feed', text: `${columns} where s.position > $1 order by s.position limit $2` },
  partner: {
    name: 'shipment-feed-partner',
    text: `${columns} where s.partner = $3 and s.position > $1 order by s.position limit $2`,
  },
  order: {
    name: 'shipment-feed-order',
    text: `${columns} where s.order_id = $3 and s.position > $1 order by s.position limit $2`,
  },
  orderOfPartner: {
    name: 'shipment-feed-order-partner',
    text: `${columns} where s.order_id = $3 and s.partner = $4 and s.position > $1 order by s.position limit $2`,
  },
} satisfies Record<string, Statement>;

const anyUnplaced: Statement = {
  name: 'shipment-unplaced',
  text: `select exists (select 1 from shipments.shipment where position is null and state = 'CONFIRMED') as waiting`,
};

const feedLock = 7304;
const PLACED_AT_ONCE = 2000;

// Rows that a business change holds are left for the next reader.
const place: Statement = {
  name: 'shipment-place',
  text: `
    update shipments.shipment s set position = nextval('shipments.feed_position')
      from (select id from shipments.shipment where position is null and state = 'CONFIRMED'
             order by updated_at limit $1 for update skip locked) as unplaced
     where s.id = unplaced.id`,
};

export async function shipmentRow(db: Queryable, id: string, partner?: string): Promise<ShipmentRow | undefined> {
  return (await db.query<ShipmentRow>(one, [id, partner ?? null])).rows[0];
}

export interface FeedFilter {
  readonly partner?: string | undefined;
  readonly order?: string | undefined;
}

/** Changed shipments after `position`, in the order of the feed. */
export async function feedAfter(
  db: Queryable,
  position: string,
  limit: number,
  filter: FeedFilter,
): Promise<ShipmentRow[]> {
  const { partner, order } = filter;
  const page = [position, limit];
  if (order !== undefined && partner !== undefined)
    return (await db.query<ShipmentRow>(feeds.orderOfPartner, [...page, order, partner])).rows;
  if (order !== undefined) return (await db.query<ShipmentRow>(feeds.order, [...page, order])).rows;
  if (partner !== undefined) return (await db.query<ShipmentRow>(feeds.partner, [...page, partner])).rows;
  return (await db.query<ShipmentRow>(feeds.all, page)).rows;
}

/**
 * Gives changed shipments their place in the feed. A number taken by the business transaction itself would not do: numbers are
 * given before commits, so a reader could pass a number whose transaction commits later, and never see it. Here a change only
 * clears the place, and readers give out places one at a time, under a lock held until commit: places become visible in order.
 */
export async function placeChanges(database: Database): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ waiting: boolean }>(anyUnplaced);
    if (rows[0]?.waiting !== true) return;
    const placed = await database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [feedLock]);
      return (await tx.query(place, [PLACED_AT_ONCE])).rowCount;
    });
    if (placed < PLACED_AT_ONCE) return;
  }
}
