import type { CrossdockEvent } from '#canonical/event';
import {
  GOODS_ISSUED,
  ORDER_ERP_CREATED,
  ORDER_RELEASED,
  TMS_TRACKING_UPDATED,
  WMS_SHIPMENT_CORRECTED,
  WMS_SHIPMENT_VOIDED,
  WMS_SHIPPED,
  type GoodsIssued,
  type OrderErpCreated,
  type OrderReleased,
  type TmsTrackingUpdated,
  type WmsShipmentCorrected,
  type WmsShipmentVoided,
  type WmsShipped,
} from '#contracts/events/catalogue';
import type { Transaction } from '#persistence/database';
import { shipmentIdOf } from '../confirm-shipment/shipment-id';
import { lockAll, type Subjects } from './locks';

type Part = Partial<Subjects>;

/** What each event is about; of the others none needs more than what its handler locks. */
const SUBJECTS: Readonly<Record<string, (data: never) => Part>> = {
  [WMS_SHIPPED]: ({ fulfilmentOrder, packages }: WmsShipped) => ({
    fulfilmentOrders: [fulfilmentOrder],
    trackingNumbers: packages.flatMap(({ trackingNumber }) => trackingNumber ?? []),
  }),
  [WMS_SHIPMENT_CORRECTED]: ({ connection, shipmentId, fulfilmentOrder, packages }: WmsShipmentCorrected) => ({
    fulfilmentOrders: [fulfilmentOrder],
    trackingNumbers: packages.flatMap(({ trackingNumber }) => trackingNumber ?? []),
    shipments: [shipmentIdOf(connection, shipmentId)],
  }),
  [WMS_SHIPMENT_VOIDED]: ({ connection, shipmentId, fulfilmentOrder }: WmsShipmentVoided) => ({
    fulfilmentOrders: [fulfilmentOrder],
    shipments: [shipmentIdOf(connection, shipmentId)],
  }),
  [ORDER_RELEASED]: ({ order, fulfilmentOrder }: OrderReleased) => ({
    orders: [order],
    fulfilmentOrders: [fulfilmentOrder],
  }),
  [ORDER_ERP_CREATED]: ({ order }: OrderErpCreated) => ({ orders: [order] }),
  [GOODS_ISSUED]: ({ shipment }: GoodsIssued) => ({ shipments: [shipment] }),
  [TMS_TRACKING_UPDATED]: ({ trackingNumber }: TmsTrackingUpdated) => ({ trackingNumbers: [trackingNumber] }),
};

/** All locks of a set of events at once: its handlers run one after the other in one transaction. */
export function lockForEvents(events: readonly CrossdockEvent<never>[], tx: Transaction): Promise<void> {
  const parts = events.flatMap(({ type, data }) => SUBJECTS[type]?.(data) ?? []);
  const all = (kind: keyof Subjects): string[] => [...new Set(parts.flatMap((part) => part[kind] ?? []))];
  return lockAll(tx, {
    fulfilmentOrders: all('fulfilmentOrders'),
    orders: all('orders'),
    trackingNumbers: all('trackingNumbers'),
    shipments: all('shipments'),
  });
}
