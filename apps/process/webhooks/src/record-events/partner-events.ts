import type { CrossdockEvent } from '#canonical/event';
import type { OrderStatus } from '#canonical/order';
import { ORDER_CHANGED, ORDER_PROMISE_CHANGED, ORDER_SUBSTITUTED, RESERVATION_PREEMPTED, SHIPMENT_CONFIRMED, SHIPMENT_PROGRESSED } from '#contracts/events/catalogue'; // prettier-ignore
import type { OrderChanged, OrderPromiseChanged, OrderSubstituted, ReservationPreempted, ShipmentConfirmed, ShipmentProgressed } from '#contracts/events/catalogue'; // prettier-ignore
import { SHIPMENT_CORRECTED, SHIPMENT_INVOICED } from '#contracts/events/shipments';
import type { ShipmentCorrected, ShipmentInvoiced } from '#contracts/events/shipments';
import type { EventType } from '#contracts/webhooks/event-types';
import type {
  BackorderEventData,
  InvoiceEventData,
  OrderEventData,
  ReservationEventData,
  ShipmentEventData,
  SubstitutionEventData,
} from '#contracts/webhooks/partner-events.dto';

/** What a partner is to be told, before it has a place in the feed. */
export interface NewPartnerEvent {
  readonly partner: string;
  readonly type: EventType;
  readonly subject: { readonly type: string; readonly id: string };
  readonly occurredAt: string;
  readonly data: object;
  /** The same origin is the same event, however often it comes. */
  readonly origin: string;
}

type Told = Pick<NewPartnerEvent, 'partner' | 'type' | 'subject' | 'data'> & { readonly once?: string };

/** ACCEPTED again, after something stopped the order before it had begun, is going on. */
const OF_STATUS: Readonly<Record<OrderStatus, EventType>> = {
  ACCEPTED: 'order.resumed',
  ON_HOLD: 'order.held',
  BACKORDERED: 'order.backordered',
  PROMISED: 'order.promised',
  RELEASED: 'order.released',
  CANCEL_REQUESTED: 'order.cancel-requested',
  PARTIALLY_SHIPPED: 'order.partially-shipped',
  SHIPPED: 'order.shipped',
  CANCELLED: 'order.cancelled',
};

function orderChanged({ order, partner, purchaseOrder, status, version, total }: OrderChanged): Told[] {
  const data: OrderEventData = { order, purchaseOrder, status, version, ...(total && { total }) };
  const about = { partner, subject: { type: 'order', id: order }, data };
  const accepted: Told[] = version === 1 ? [{ type: 'order.accepted', ...about }] : [];
  return version === 1 && status === 'ACCEPTED' ? accepted : [...accepted, { type: OF_STATUS[status], ...about }];
}

function promiseChanged({ order, partner, purchaseOrder, version, lines }: OrderPromiseChanged): Told[] {
  const data: BackorderEventData = {
    ...{ order, purchaseOrder, version },
    lines: lines.map(({ line, item, quantity, promisedDate, before }) => ({
      ...{ line, item, waiting: Number(quantity) > 0 },
      ...(promisedDate !== undefined && { promisedDate }),
      ...(before.promisedDate !== undefined && { previousDate: before.promisedDate }),
    })),
  };
  return [{ partner, type: 'backorder.promised', subject: { type: 'order', id: order }, data }];
}

function substituted({ order, partner, purchaseOrder, version, lines }: OrderSubstituted): Told[] {
  const data: SubstitutionEventData = {
    ...{ order, purchaseOrder, version },
    lines: lines.map(({ line, item, insteadOf }) => ({
      ...{ line, item, insteadOfLine: insteadOf.line, insteadOfItem: insteadOf.item },
    })),
  };
  return [{ partner, type: 'order.line.substituted', subject: { type: 'order', id: order }, data }];
}

function shipmentTold(type: EventType, partner: string, data: ShipmentEventData, once?: string): Told {
  return { partner, type, subject: { type: 'shipment', id: data.shipment }, data, ...(once !== undefined && { once }) };
}

function confirmed({ shipment, order, partner, shippedAt, carrier, trackingNumbers }: ShipmentConfirmed): Told[] {
  const data = { shipment, order, shippedAt, ...(carrier !== undefined && { carrier }), trackingNumbers: [...trackingNumbers] }; // prettier-ignore
  return [shipmentTold('shipment.dispatched', partner, data)];
}

function progressed({ shipment, order, partner, carrier, trackingNumbers, tracking }: ShipmentProgressed): Told[] {
  const data = {
    ...{ shipment, order, trackingNumbers: [...trackingNumbers] },
    ...(carrier !== undefined && { carrier }),
    ...(tracking !== undefined && { tracking }),
  };
  // It is said again with every later change of the shipment: it arrives once.
  const arrived = tracking === 'DELIVERED' ? [shipmentTold('shipment.delivered', partner, data, shipment)] : [];
  return [shipmentTold('shipment.updated', partner, data), ...arrived];
}

function corrected({ shipment, order, partner, shippedAt, revision, voided }: ShipmentCorrected): Told[] {
  return [shipmentTold('shipment.corrected', partner, { shipment, order, shippedAt, revision, voided })];
}

function invoiced({ shipment, order, partner, invoice, amounts }: ShipmentInvoiced): Told[] {
  const data: InvoiceEventData = { invoice, shipment, order, ...(amounts && { total: amounts.total }) };
  return [{ partner, type: 'invoice.issued', subject: { type: 'shipment', id: shipment }, data }];
}

function preempted({ reservation, partner, lines }: ReservationPreempted): Told[] {
  if (partner === undefined) return [];
  const data: ReservationEventData = { reservation, lines: lines.map(({ line, item }) => ({ line, item })) };
  return [{ partner, type: 'reservation.preempted', subject: { type: 'reservation', id: reservation }, data }];
}

type Teller<T> = (data: T) => Told[];
/** Which of our events partners hear of, and as what. Exceptions are told by `troubles.ts`: their end has to be known by their beginning. */
const TELLERS = {
  [ORDER_CHANGED]: orderChanged,
  [ORDER_PROMISE_CHANGED]: promiseChanged,
  [ORDER_SUBSTITUTED]: substituted,
  [SHIPMENT_CONFIRMED]: confirmed,
  [SHIPMENT_PROGRESSED]: progressed,
  [SHIPMENT_CORRECTED]: corrected,
  [SHIPMENT_INVOICED]: invoiced,
  [RESERVATION_PREEMPTED]: preempted,
} as const satisfies Readonly<Record<string, Teller<never>>>;

export const TOLD_TYPES = Object.keys(TELLERS);

/** Pure. */
export function partnerEvents({ id, type, time, data }: CrossdockEvent): NewPartnerEvent[] {
  const teller = TELLERS[type as keyof typeof TELLERS] as unknown as Teller<unknown>;
  return teller(data).map(({ once, ...told }) => ({
    occurredAt: time,
    origin: `${told.type}/${once ?? id}`,
    ...told,
  }));
}
