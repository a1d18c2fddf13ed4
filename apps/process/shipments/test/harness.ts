import { CrossdockError } from '#canonical/errors';
import { ErpApi } from '#contracts/erp/erp.api';
import type { AccrueFreightRequest, ErpReceivables, ErpStock, PostCreditMemoRequest, PostDeliveryRequest, PostingResult, PostInvoiceRequest, ReverseDeliveryRequest } from '#contracts/erp/erp.dto'; // prettier-ignore
import type { OrderReleased, WmsShipped } from '#contracts/events/catalogue';
import type { ConfirmShipmentRequest } from '#contracts/shipments/shipments.dto';
import { TmsApi } from '#contracts/tms/tms.api';
import type {
  BuyLabelRequest,
  LabelResult,
  RateResponse,
  TrackingState,
  VoidLabelRequest,
  VoidLabelResponse,
} from '#contracts/tms/tms.dto';
import { messagingMigrations } from '#messaging/migrations';
import type { NewEvent } from '#messaging/outbox';
import { Log } from '#service/logging';
import { testMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { shipmentsMigrations } from '../migrations/migrations';
import { ConfirmShipment } from '../src/confirm-shipment/confirm-shipment';
import { CorrectShipment } from '../src/correct-shipment/correct-shipment';
import { HearCorrections } from '../src/correct-shipment/hear-corrections';
import { CreditMemoEffect, ErpReversalEffect, LabelVoidEffect } from '../src/effects/corrections';
import { EffectRunner } from '../src/effects/effect-runner';
import { ErpDeliveryEffect } from '../src/effects/erp-delivery';
import { ErpInvoiceEffect } from '../src/effects/erp-invoice';
import { FreightAccrualEffect } from '../src/effects/freight-accrual';
import { GoodsIssue } from '../src/effects/goods-issue';
import { LabelEffect } from '../src/effects/label';
import { Notices } from '../src/effects/notice';
import { RetryEvents } from '../src/in/events/retry-events';
import { ShipmentEvents } from '../src/in/events/shipment-events';
import { ShipmentsService } from '../src/shipments.service';
import { TrackShipment } from '../src/track-shipment/track-shipment';
import { Waiting } from '../src/watch/waiting';

/** A failure to give before the next calls succeed. */
type Failures = CrossdockError[];

function unsupported(): Promise<never> {
  return Promise.reject(new Error('not part of this twin'));
}

/** An ERP in memory: idempotent by business key like the real app, refuses a delivery without its sales order. */
export class ErpTwin extends ErpApi {
  readonly salesOrders = new Set<string>();
  readonly deliveries = new Map<string, PostDeliveryRequest>();
  readonly invoices = new Map<string, PostInvoiceRequest>();
  readonly reversals = new Map<string, ReverseDeliveryRequest>();
  readonly creditMemos = new Map<string, PostCreditMemoRequest>();
  readonly accruals = new Map<string, AccrueFreightRequest>();
  readonly deliveryFailures: Failures = [];
  readonly invoiceFailures: Failures = [];
  readonly reversalFailures: Failures = [];
  /** Documents as they were made: kind and business key. */
  readonly journal: string[] = [];
  override createSalesOrder = unsupported;
  override cancelSalesOrder = unsupported;
  override receivables = unsupported as () => Promise<ErpReceivables>;
  override stock = unsupported as () => Promise<ErpStock>;
  override syncMasterData = unsupported;

  override async postDelivery(request: PostDeliveryRequest): Promise<PostingResult> {
    const failure = this.deliveryFailures.shift();
    if (failure) throw failure;
    if (!this.salesOrders.has(request.salesOrder)) throw refusal('no such sales order');
    return this.entered('delivery', post(this.deliveries, request, 'D'));
  }

  override async postInvoice(request: PostInvoiceRequest): Promise<PostingResult> {
    const failure = this.invoiceFailures.shift();
    if (failure) throw failure;
    if (!this.deliveries.has(request.delivery)) throw refusal('no such delivery');
    return this.entered('invoice', post(this.invoices, request, 'I'));
  }

  override async reverseDelivery(request: ReverseDeliveryRequest): Promise<PostingResult> {
    const failure = this.reversalFailures.shift();
    if (failure) throw failure;
    if (!this.deliveries.has(request.delivery)) throw refusal('no such delivery');
    return Promise.resolve(this.entered('reversal', post(this.reversals, request, 'R')));
  }

  override async postCreditMemo(request: PostCreditMemoRequest): Promise<PostingResult> {
    if (!this.invoices.has(request.invoice)) throw refusal('no such invoice');
    return Promise.resolve(this.entered('credit memo', post(this.creditMemos, request, 'C')));
  }

  override async accrueFreight(request: AccrueFreightRequest): Promise<PostingResult> {
    if (!this.deliveries.has(request.delivery)) throw refusal('no such delivery');
    return Promise.resolve(post(this.accruals, request, 'F'));
  }

  private entered(kind: string, result: PostingResult): PostingResult {
    if (result.outcome === 'created') this.journal.push(`${kind} ${result.businessKey}`);
    return result;
  }
}

function post<Request extends { businessKey: string }>(
  ledger: Map<string, Request>,
  request: Request,
  prefix: string,
): PostingResult {
  const { businessKey } = request;
  const known = ledger.get(businessKey);
  if (known && JSON.stringify(known) !== JSON.stringify(request))
    throw new CrossdockError({ code: 'POSTING_CONFLICT', kind: 'conflict' });
  ledger.set(businessKey, request);
  return { businessKey, documentNumber: `${prefix}-${businessKey}`, outcome: known ? 'existing' : 'created' };
}

/** A carrier in memory: one label per business key. */
export class TmsTwin extends TmsApi {
  readonly labels = new Map<string, BuyLabelRequest>();
  readonly failures: Failures = [];
  readonly voided = new Set<string>();
  /** Business keys whose label the carrier has used. */
  readonly used = new Set<string>();
  override rates = unsupported as () => Promise<RateResponse>;
  override track = unsupported as () => Promise<TrackingState>;

  override async voidLabel({ businessKey }: VoidLabelRequest): Promise<VoidLabelResponse> {
    if (!this.labels.has(businessKey)) throw new CrossdockError({ code: 'LABEL_UNKNOWN', kind: 'not-found' });
    if (this.used.has(businessKey)) return Promise.resolve({ outcome: 'refused', detail: 'the label has been used' });
    this.voided.add(businessKey);
    return Promise.resolve({ outcome: 'voided' });
  }

  override async buyLabel(request: BuyLabelRequest): Promise<LabelResult> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    const { businessKey } = request;
    const outcome = this.labels.has(businessKey) ? 'existing' : 'created';
    this.labels.set(businessKey, request);
    const cost = { amount: '4.20', currency: 'GBP' };
    return {
      ...{ businessKey, outcome, cost, carrier: 'parcelforce', service: 'next_day', label: `L-${businessKey}` },
      trackingNumbers: [`T-${businessKey}`],
    };
  }
}

export function refusal(message: string): CrossdockError {
  return new CrossdockError({ code: 'BACKEND_REFUSED', kind: 'refused', message });
}

export function away(): CrossdockError {
  return new CrossdockError({ code: 'BACKEND_UNAVAILABLE', kind: 'unavailable', message: 'the backend is away' });
}

/** The app on a real database and real messaging, with its neighbours as twins in memory. */
export async function shipmentsHarness() {
  const ground = await testDatabase(messagingMigrations, shipmentsMigrations);
  const { database } = ground;
  const messaging = testMessaging(database);
  const { jobs, outbox, subscriptions } = messaging;
  const [erp, tms, log] = [new ErpTwin(), new TmsTwin(), new Log()];
  const config = { effectConcurrency: 10, effectAttempts: 3, defaultParcelWeightKg: 1, parkedAlertHours: 24, backendRetrySeconds: 60, parkedAlertMinutes: 60 }; // prettier-ignore
  const runner = new EffectRunner(database, jobs, outbox, log, config);
  const waiting = new Waiting(database, jobs, outbox, config);
  const notices = new Notices(outbox);
  const goodsIssue = new GoodsIssue(outbox, subscriptions);
  const tracking = new TrackShipment(subscriptions, notices);
  const confirm = new ConfirmShipment(runner, goodsIssue, tracking, notices, outbox);
  const correct = new CorrectShipment(confirm, runner, goodsIssue, notices, outbox);
  const corrections = new HearCorrections(correct, outbox);
  const effects = [
    new LabelEffect(runner, tms, tracking, notices, config),
    new ErpDeliveryEffect(erp, runner),
    new ErpInvoiceEffect(erp, runner, outbox),
    new FreightAccrualEffect(erp, runner),
    new ErpReversalEffect(erp, runner),
    new CreditMemoEffect(erp, runner),
    new LabelVoidEffect(tms, runner),
  ];
  const events = new ShipmentEvents(subscriptions, confirm, corrections, runner, waiting);
  const retries = new RetryEvents(subscriptions, runner);
  const service = new ShipmentsService(database, confirm, correct, corrections, runner, config);
  for (const each of [runner, ...effects, goodsIssue, tracking, waiting, events, retries]) each.onModuleInit();
  await messaging.start();
  return {
    ...{ database, messaging, erp, tms, service, waiting },
    publish: (...published: NewEvent[]) => outbox.publish(database, published),
    settle: () => messaging.drain(),
    close: async () => {
      await messaging.stop();
      await ground.close();
    },
  };
}

const ADDRESS = {
  name: 'Harbour Gifts Ltd',
  street: '1 Quay Street',
  city: 'Bristol',
  postalCode: 'BS1 4DJ',
  country: 'GB',
};

export function released(order: string, changes: Partial<OrderReleased> = {}): OrderReleased {
  return {
    order,
    partner: 'harbour',
    customer: 'C1',
    purchaseOrder: `PO-${order}`,
    fulfilmentOrder: `${order}-F1`,
    node: 'north',
    erpConnection: 'erp-main',
    tmsConnection: 'carrier-main',
    currency: 'GBP',
    shipFrom: ADDRESS,
    shipTo: ADDRESS,
    lines: [
      { line: 1, item: 'MUG', quantity: '10', reservation: order, weightKg: '0.4' },
      { line: 2, item: 'TRAY', quantity: '4', reservation: order },
    ],
    ...changes,
  };
}

export function shipped(order: string, changes: Partial<WmsShipped> = {}): WmsShipped {
  return {
    connection: 'wms-north',
    shipmentId: `S-${order}`,
    fulfilmentOrder: `${order}-F1`,
    node: 'north',
    shippedAt: '2026-11-20T10:00:00Z',
    lines: [
      { line: 1, item: 'MUG', quantity: '10' },
      { line: 2, item: 'TRAY', quantity: '4' },
    ],
    packages: [{ id: 'BOX1', trackingNumber: `TRK-${order}` }],
    ...changes,
  };
}

/** The same as a warehouse would say it over HTTP. */
export function confirmation(
  shipmentId: string,
  { connection: _, lines, packages, ...rest }: WmsShipped,
): ConfirmShipmentRequest {
  return {
    ...rest,
    shipmentId,
    lines: lines.map(({ serials, ...line }) => ({ ...line, ...(serials && { serials: [...serials] }) })),
    packages: packages.map((each) => ({ ...each })),
  };
}

export function event<T>(type: string, key: string, data: T): NewEvent<T> {
  return { type, source: 'test', subject: key, partitionKey: key, data };
}
