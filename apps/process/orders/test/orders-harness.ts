import {
  WMS_FULFILMENT_PROGRESSED,
  SHIPMENT_CONFIRMED,
  STOCK_ALLOCATED,
  type StockAllocated,
} from '#contracts/events/catalogue';
import type { FulfilmentStatus } from '#canonical/order';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { NewEvent } from '#messaging/outbox';
import { messagingMigrations } from '#messaging/migrations';
import { testMessaging, type TestMessaging } from '#testing/messaging';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { ordersMigrations } from '../migrations/orders.migrations';
import { AcceptOrder } from '../src/accept-order/accept-order';
import { ByPurpose } from '../src/accept-order/by-purpose';
import { Gather } from '../src/accept-order/gather';
import { ValidateOrder } from '../src/accept-order/validate-order';
import { CancelOrder } from '../src/cancel-order/cancel-order';
import type { OrdersConfig } from '../src/config';
import { CreditBook } from '../src/credit/credit-book';
import { ReadReceivables } from '../src/credit/read-receivables';
import { Recheck } from '../src/credit/recheck';
import { Effects, RunCommands } from '../src/fulfil-order/commands/run-commands';
import { ProcessOrders } from '../src/fulfil-order/process-orders';
import { WatchDeadlines } from '../src/fulfil-order/watch-deadlines';
import { OrderEvents } from '../src/in/events/order-events';
import { RefusedOrders } from '../src/accept-order/refused-orders';
import { RestateOrder } from '../src/change-order/restate-order';
import { ChangeOrder } from '../src/change-order/change-order';
import { HoldOrder } from '../src/hold-order/hold-order';
import { ReferenceEvents } from '../src/in/events/reference-events';
import { RetryEvents } from '../src/in/events/retry-events';
import { LookUpSubstitutes } from '../src/substitute/look-up-substitutes';
import { OrdersService } from '../src/orders.service';
import { Nodes } from '../src/out/nodes';
import { PlaceOrder } from '../src/resume-lines/place-order';
import { ResumeLines } from '../src/resume-lines/resume-lines';
import { Policies } from '../src/out/policies';
import { ValidationService } from '../src/validation.service';
import { OrderReads } from '../src/views/order-reads';
import { AvailabilityTwin, ErpTwin, ReferenceTwin, WmsTwin } from './twins';

export const CONFIG: OrdersConfig = {
  defaultErpConnection: 'erp-main',
  priceTolerancePercent: '1',
  priceToleranceAbsolute: '0',
  priceDeviation: 'REJECT',
  creditSeconds: 1,
  backendRetrySeconds: 60,
  answerHours: 72,
};

export interface OrdersHarness {
  readonly orders: OrdersService;
  readonly validation: ValidationService;
  readonly reference: ReferenceTwin;
  readonly availability: AvailabilityTwin;
  readonly erp: ErpTwin;
  readonly wms: WmsTwin;
  readonly messaging: TestMessaging;
  readonly db: TestDatabase;
  /** Publishes as the other apps would. */
  publish(...events: NewEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** The whole app on a real database, its own or one with a past; what lies beyond its contracts is in memory. */
export async function ordersHarness(past?: TestDatabase): Promise<OrdersHarness> {
  const db = past ?? (await testDatabase(messagingMigrations, ordersMigrations));
  const messaging = testMessaging(db.database);
  const [reference, availability, erp, wms] = [
    new ReferenceTwin(),
    new AvailabilityTwin(),
    new ErpTwin(),
    new WmsTwin(),
  ];
  const process = new ProcessOrders(new Nodes(reference), messaging.jobs, messaging.outbox, CONFIG);
  const policies = new Policies(db.database, CONFIG);
  const credit = new CreditBook(db.database, messaging.jobs);
  const gather = new Gather(reference, policies, credit);
  const accept = new AcceptOrder(db.database, gather, process, messaging.jobs, credit, CONFIG);
  const cancel = new CancelOrder(db.database, messaging.jobs, process);
  const change = new ChangeOrder(db.database, reference, accept, process, messaging.jobs);
  const hold = new HoldOrder(db.database, process);
  const refused = new RefusedOrders(db.database, messaging.outbox);
  const restate = new RestateOrder(db.database, gather, process, change);
  const byPurpose = new ByPurpose(db.database, gather, accept, cancel, restate, refused);
  const reads = new OrderReads(db.database, gather, messaging.operations);
  const orders = new OrdersService(reads, byPurpose, cancel, change, hold);
  const validation = new ValidationService(
    new ValidateOrder(db.database, gather, availability, process),
    policies,
    refused,
  );
  new RunCommands(
    messaging.jobs,
    new Effects(availability, erp, wms, new LookUpSubstitutes(gather, process)),
    process,
    CONFIG,
  ).onModuleInit();
  new WatchDeadlines(db.database, messaging.jobs, process).onModuleInit();
  const placing = new PlaceOrder(gather, process, credit, messaging.jobs);
  new ResumeLines(db.database, messaging.jobs, gather, process, placing).onModuleInit();
  new ReferenceEvents(messaging.jobs, messaging.subscriptions).onModuleInit();
  new OrderEvents(messaging.subscriptions, process).onModuleInit();
  const recheck = new Recheck(db.database, messaging.jobs, reference, policies, process, credit);
  recheck.onModuleInit();
  const reading = new ReadReceivables(db.database, messaging.jobs, messaging.subscriptions, erp, recheck, CONFIG);
  reading.onModuleInit();
  await reading.onApplicationBootstrap();
  new RetryEvents(messaging.subscriptions, process).onModuleInit();
  return {
    ...{ orders, validation, reference, availability, erp, wms, messaging, db },
    publish: (...events) => messaging.outbox.publish(db.database, events),
    close: async () => {
      await messaging.stop();
      await db.close();
    },
  };
}

export function request(
  purchaseOrder: string,
  lines: Record<string, string>,
  more: Partial<AcceptOrderRequest> = {},
): AcceptOrderRequest {
  return {
    partner: 'harbour',
    channel: 'portal',
    purchaseOrder,
    shipTo: 'BRISTOL',
    lines: Object.entries(lines).map(([item, value], index) => ({
      line: index + 1,
      item,
      quantity: { value, unit: 'EA' },
    })),
    ...more,
  };
}

export function stockAllocated(data: StockAllocated): NewEvent {
  return {
    type: STOCK_ALLOCATED,
    source: 'process/availability',
    subject: data.reservation,
    partitionKey: data.reservation,
    data,
  };
}

export function fulfilmentProgressed(
  fulfilmentOrder: string,
  status: FulfilmentStatus,
  lines?: { line: number; item: string; quantity: string }[],
): NewEvent {
  const data = {
    connection: 'wms-N',
    fulfilmentOrder,
    node: 'N',
    status,
    occurredAt: '2026-03-02T12:00:00Z',
    ...(lines && { lines }),
  };
  return {
    type: WMS_FULFILMENT_PROGRESSED,
    source: 'system/wms',
    subject: fulfilmentOrder,
    partitionKey: fulfilmentOrder,
    data,
  };
}

export function shipmentConfirmed(
  order: string,
  fulfilmentOrder: string,
  lines: { line: number; item: string; quantity: string }[],
): NewEvent {
  const data = {
    shipment: `shp-${fulfilmentOrder}`,
    ...{
      order,
      partner: 'harbour',
      fulfilmentOrder,
      node: 'N',
      shippedAt: '2026-03-02T12:00:00Z',
      trackingNumbers: ['1Z'],
    },
    lines: lines.map((line) => ({ ...line, reservation: order })),
  };
  return { type: SHIPMENT_CONFIRMED, source: 'process/shipments', subject: order, partitionKey: order, data };
}
