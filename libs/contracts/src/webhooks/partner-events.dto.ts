import { MoneyDto } from '../values.dto';

/** What the data of each event type looks like: the names of these classes are those of the schemas in the document. */
export class OrderEventData {
  /** @example "ord_019a7c51e2c87d5f8a3be6b1c2d3e4f5" */
  order: string;
  /** @example "PO-10001" */
  purchaseOrder: string;
  /** As the order shows it. @example "RELEASED" */
  status: string;
  /** Of the order: what is read with a smaller one is older than this event. */
  version: number;
  total?: MoneyDto;
}
export class OrderLineEventData {
  order: string;
  line: number;
  /** ITEM_UNKNOWN, UNIT_UNKNOWN or UNIT_INEXACT. @example "ITEM_UNKNOWN" */
  code: string;
}
export class SubstitutionEventLine {
  /** The new line. */
  line: number;
  /** @example "CANDLE-CITRUS" */
  item: string;
  /** The line that asked for another item. */
  insteadOfLine: number;
  /** @example "CANDLE-AMBER" */
  insteadOfItem: string;
}
export class SubstitutionEventData {
  order: string;
  purchaseOrder: string;
  version: number;
  lines: SubstitutionEventLine[];
}
export class BackorderEventLine {
  line: number;
  /** @example "MUG-BLUE" */
  item: string;
  /** Some of the line still waits for stock. */
  waiting: boolean;
  /** Latest day promised for what waits, local to the node; absent when nobody knows. @example "2026-03-09" */
  promisedDate?: string;
  /** What was promised before. @example "2026-03-06" */
  previousDate?: string;
}
export class BackorderEventData {
  order: string;
  purchaseOrder: string;
  version: number;
  lines: BackorderEventLine[];
}
export class ShipmentEventData {
  shipment: string;
  order: string;
  /** @example "2026-03-09T14:05:00Z" */
  shippedAt?: string;
  carrier?: string;
  trackingNumbers?: string[];
  /** @example "IN_TRANSIT" */
  tracking?: string;
  /** shipment.corrected: 2 is the first correction. */
  revision?: number;
  /** shipment.corrected: nothing of it left. */
  voided?: boolean;
}
export class InvoiceEventData {
  /** @example "INV-2026-00042" */
  invoice: string;
  shipment: string;
  order: string;
  /** Absent when a line has no agreed price. */
  total?: MoneyDto;
}
export class ReservationEventLine {
  line: number;
  item: string;
}
export class ReservationEventData {
  reservation: string;
  lines: ReservationEventLine[];
}
export class ExceptionEventData {
  /** What it is about. @example "order" */
  objectType: string;
  objectId: string;
  order?: string;
  line?: number;
  /** @example "CREDIT_HOLD" */
  code: string;
}
export class WebhookEventData {
  /** @example "whe_019a7c51e2c87d5f8a3be6b1c2d3e4f5" */
  endpoint: string;
  /** webhook.disabled: GONE, it answered 410; FAILING, nothing was taken for 120 hours. @example "FAILING" */
  reason?: string;
}

/** The class that describes the data of each type. */
export const EVENT_DATA = {
  'order.accepted': OrderEventData,
  'order.held': OrderEventData,
  'order.resumed': OrderEventData,
  'order.backordered': OrderEventData,
  'order.promised': OrderEventData,
  'order.released': OrderEventData,
  'order.cancel-requested': OrderEventData,
  'order.partially-shipped': OrderEventData,
  'order.shipped': OrderEventData,
  'order.cancelled': OrderEventData,
  'order.line.parked': OrderLineEventData,
  'order.line.resumed': OrderLineEventData,
  'order.line.substituted': SubstitutionEventData,
  'backorder.promised': BackorderEventData,
  'shipment.dispatched': ShipmentEventData,
  'shipment.updated': ShipmentEventData,
  'shipment.delivered': ShipmentEventData,
  'shipment.corrected': ShipmentEventData,
  'invoice.issued': InvoiceEventData,
  'reservation.preempted': ReservationEventData,
  'exception.opened': ExceptionEventData,
  'exception.cleared': ExceptionEventData,
  'webhook.test': WebhookEventData,
  'webhook.disabled': WebhookEventData,
} as const;
