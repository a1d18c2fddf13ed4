import type { CrossdockEvent } from '#canonical/event';
import type { FulfilmentStatus } from '#canonical/order';
import {
  GOODS_ISSUED,
  ORDER_CHANGED,
  ORDER_ERP_CREATED,
  ORDER_PROMISE_CHANGED,
  ORDER_RELEASED,
  ORDER_SUBSTITUTED,
  SHIPMENT_CONFIRMED,
  SHIPMENT_PROGRESSED,
  STOCK_ALLOCATED,
  WMS_FULFILMENT_PROGRESSED,
  WMS_SHIPMENT_CORRECTED,
  WMS_SHIPMENT_VOIDED,
  WMS_SHIPPED,
  type GoodsIssued,
  type OrderChanged,
  type OrderErpCreated,
  type OrderPromiseChanged,
  type OrderReleased,
  type OrderSubstituted,
  type ShipmentConfirmed,
  type ShipmentProgressed,
  type StockAllocated,
  type WmsFulfilmentProgressed,
  type WmsShipmentCorrected,
  type WmsShipmentVoided,
  type WmsShipped,
} from '#contracts/events/catalogue';
import { SHIPMENT_CORRECTED, type ShipmentCorrected } from '#contracts/events/shipments';

/** One line of a timeline, under what it is about: an order, a reservation, a fulfilment order or a shipment. */
export interface Told {
  readonly subject: string;
  readonly kind: 'ORDER' | 'RESERVATION' | 'ERP' | 'WAREHOUSE' | 'SHIPMENT' | 'POSTING';
  readonly what: string;
  /** Order whose timeline shows these subjects from now on. */
  readonly order?: string;
  readonly subjects?: readonly string[];
  /** What it says of the goods of a fulfilment order: a departure without a pick implies the pick. */
  readonly goods?: 'PICKED' | 'LEFT';
}

/** A pick that nobody has told, in one sentence. */
export function impliedPick(subject: string): string {
  return `the pick of ${subject.replace('fulfilment/', '')} was not told: its departure implies it`;
}

export const orderSubject = (id: string): string => `order/${id}`;
const reservationSubject = (id: string): string => `reservation/${id}`;
const fulfilmentSubject = (id: string): string => `fulfilment/${id}`;
const shipmentSubject = (id: string): string => `shipment/${id}`;

/** What an order's timeline is made of without any link: what carries the order's own id. */
export function ownSubjects(order: string): string[] {
  return [orderSubject(order), reservationSubject(order)];
}

/** Whoever says these says that it was picked. */
const PICKED: readonly FulfilmentStatus[] = ['PICKED', 'PACKED'];

const amountOf = (lines: readonly { readonly quantity: string }[]): string => {
  const what = lines.length === 1 ? 'line' : 'lines';
  return `${lines.length} ${what}, ${lines.map(({ quantity }) => quantity).join(' + ')}`;
};

type Teller<T> = (data: T) => Told;
/** Which events tell of orders, and how each reads. */
export const TELLERS = {
  [ORDER_CHANGED]: ({ order, status, version, purchaseOrder }: OrderChanged) => ({
    ...{ subject: orderSubject(order), kind: 'ORDER' },
    what: version === 1 ? `purchase order ${purchaseOrder} accepted: ${status}` : `the order is ${status}`,
  }),
  [ORDER_PROMISE_CHANGED]: ({ order }: OrderPromiseChanged) => ({
    ...{ subject: orderSubject(order), kind: 'RESERVATION', what: 'what was promised has changed' },
  }),
  [ORDER_SUBSTITUTED]: ({ order, lines }: OrderSubstituted) => ({
    ...{ subject: orderSubject(order), kind: 'ORDER' },
    what: lines
      .map(
        ({ item, quantity, insteadOf }) =>
          `line ${insteadOf.line}: ${quantity} of ${item} instead of ${insteadOf.quantity} of ${insteadOf.item}`,
      )
      .join('; '),
  }),
  [STOCK_ALLOCATED]: ({ reservation, line, quantity, item, node }: StockAllocated) => ({
    ...{ subject: reservationSubject(reservation), kind: 'RESERVATION' },
    what: `line ${line}: ${quantity} of ${item} is on hand at ${node} and held`,
  }),
  [ORDER_RELEASED]: ({ order, fulfilmentOrder, node, lines }: OrderReleased) => ({
    ...{ subject: orderSubject(order), kind: 'WAREHOUSE', order },
    what: `${fulfilmentOrder} is for ${node}: ${amountOf(lines)}`,
    subjects: [
      fulfilmentSubject(fulfilmentOrder),
      ...new Set(lines.map(({ reservation }) => reservationSubject(reservation))),
    ],
  }),
  [ORDER_ERP_CREATED]: ({ order, erpConnection, documentNumber }: OrderErpCreated) => ({
    ...{ subject: orderSubject(order), kind: 'ERP', what: `sales order ${documentNumber} in ${erpConnection}` },
  }),
  [WMS_FULFILMENT_PROGRESSED]: ({ fulfilmentOrder, status, detail, lines }: WmsFulfilmentProgressed) => ({
    ...{ subject: fulfilmentSubject(fulfilmentOrder), kind: 'WAREHOUSE' },
    ...(PICKED.includes(status) && { goods: 'PICKED' }),
    what: [`${fulfilmentOrder} is ${status}`, lines && amountOf(lines), detail].filter(Boolean).join(': '),
  }),
  [WMS_SHIPPED]: ({ fulfilmentOrder, shipmentId, lines, packages }: WmsShipped) => ({
    ...{ subject: fulfilmentSubject(fulfilmentOrder), kind: 'WAREHOUSE', goods: 'LEFT' },
    what: `the warehouse says that ${shipmentId} has left: ${amountOf(lines)}, ${packages.length} packages`,
  }),
  [WMS_SHIPMENT_CORRECTED]: ({ fulfilmentOrder, shipmentId, revision, reason, lines }: WmsShipmentCorrected) => ({
    ...{ subject: fulfilmentSubject(fulfilmentOrder), kind: 'WAREHOUSE' },
    what: `the warehouse says version ${revision} of ${shipmentId}: ${amountOf(lines)}: ${reason}`,
  }),
  [WMS_SHIPMENT_VOIDED]: ({ fulfilmentOrder, shipmentId, revision, reason }: WmsShipmentVoided) => ({
    ...{ subject: fulfilmentSubject(fulfilmentOrder), kind: 'WAREHOUSE' },
    what: `the warehouse says version ${revision} of ${shipmentId}: nothing has left: ${reason}`,
  }),
  [SHIPMENT_CORRECTED]: ({ order, shipment, revision, voided, reason, lines }: ShipmentCorrected) => ({
    ...{ subject: orderSubject(order), kind: 'SHIPMENT' },
    what: [
      `shipment ${shipment} ${voided ? 'is void' : 'was corrected'} by version ${revision}`,
      lines.map(({ line, before, quantity }) => `line ${line}: ${before} are ${quantity}`).join(', '),
      reason,
    ]
      .filter((text) => text !== '')
      .join(': '),
  }),
  [SHIPMENT_CONFIRMED]: ({ order, shipment, node, lines }: ShipmentConfirmed) => ({
    ...{ subject: orderSubject(order), kind: 'SHIPMENT', order, subjects: [shipmentSubject(shipment)] },
    what: `shipment ${shipment} has left ${node}: ${amountOf(lines)}`,
  }),
  [SHIPMENT_PROGRESSED]: ({ order, shipment, tracking, trackingNumbers }: ShipmentProgressed) => ({
    ...{ subject: orderSubject(order), kind: 'SHIPMENT' },
    what: [`shipment ${shipment}`, tracking ?? 'noted', trackingNumbers.join(', ')]
      .filter((text) => text !== '')
      .join(' · '),
  }),
  [GOODS_ISSUED]: ({ shipment }: GoodsIssued) => ({
    ...{
      subject: shipmentSubject(shipment),
      kind: 'POSTING',
      what: `goods issue of ${shipment} is in the stock ledger`,
    },
  }),
} as const satisfies Readonly<Record<string, Teller<never>>>;

export function toldBy(event: CrossdockEvent): Told {
  const teller = TELLERS[event.type as keyof typeof TELLERS] as unknown as Teller<unknown>;
  return teller(event.data);
}
