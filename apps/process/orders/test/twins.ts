import { Decimal } from '#canonical/decimal';
import { CrossdockError } from '#canonical/errors';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import type { ExtendResponse, ReservationView } from '#contracts/availability/reservations.dto';
import type { AvailabilityAnswer } from '#contracts/availability/answer.dto';
import type { DeltaPage } from '#contracts/availability/deltas.dto';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import type { ReleaseRequest, ReleaseResponse } from '#contracts/availability/release.dto';
import type { ReserveRequest, ReserveResponse } from '#contracts/availability/reserve.dto';
import type { PostInventoryResponse, PutSuppliesResponse } from '#contracts/availability/stock.dto';
import type { Timeline } from '#contracts/availability/timeline.dto';
import { ErpApi } from '#contracts/erp/erp.api';
import type {
  CancelSalesOrderRequest,
  CreateSalesOrderRequest,
  ErpStock,
  PostingResult,
  SyncMasterDataResponse,
  CustomerReceivables,
  ErpReceivables,
  ErpReceivablesQuery,
} from '#contracts/erp/erp.dto';
import type { StockAllocated } from '#contracts/events/catalogue';
import { ReferenceApi } from '#contracts/reference/reference.api';
import type {
  FoundItems,
  ItemDto,
  ItemPage,
  NodeDto,
  NodeList,
  OrderSnapshot,
  OrderSnapshotQuery,
  PutResults,
} from '#contracts/reference/reference.dto';
import { WmsApi } from '#contracts/wms/wms.api';
import type {
  CancelFulfilmentRequest,
  CancelFulfilmentResponse,
  FulfilmentState,
  ReleaseFulfilmentRequest,
  ReleaseFulfilmentResponse,
  WmsStock,
} from '#contracts/wms/wms.dto';
import { ADDRESS, node } from './order-fixtures';
import type { CreditTermsDto } from '#contracts/reference/terms.dto';

/** Not part of what an order process asks of the layer. */
function notHere(): never {
  throw new Error('orders does not call this');
}

/** How a twin fails: away before anything happened, or gone after it had taken effect. */
export class Weather {
  down = false;
  /** So many calls take effect and then end without an answer. */
  lostAnswers = 0;

  async around<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    if (this.down) throw new CrossdockError({ code: 'BACKEND_UNAVAILABLE', kind: 'unavailable', message: 'away' });
    const result = work();
    if (this.lostAnswers > 0) {
      this.lostAnswers -= 1;
      throw new CrossdockError({ code: 'OUTCOME_UNKNOWN', kind: 'unknown-outcome', message: 'connection reset' });
    }
    return result;
  }
}

/** Stock in memory, shared first come first served. */
export class AvailabilityTwin extends AvailabilityApi {
  readonly weather = new Weather();
  /** `<node>/<item>` → on hand and free. */
  readonly free = new Map<string, Decimal>();
  readonly waiting: { reservation: string; line: number; item: string; quantity: Decimal; exclude: string[] }[] = [];
  readonly released: ReleaseRequest[] = [];
  private readonly reservations = new Map<string, { request: string; response: ReserveResponse }>();

  stock(place: string, item: string, quantity: string): void {
    this.free.set(`${place}/${item}`, new Decimal(quantity));
  }

  /** Stock comes in and goes to who waits; returns what the real one would publish. */
  receive(place: string, item: string, quantity: string): StockAllocated[] {
    let left = new Decimal(quantity);
    const allocated: StockAllocated[] = [];
    for (const each of this.waiting.filter((waits) => waits.item === item && !waits.exclude.includes(place))) {
      const taken = Decimal.min(left, each.quantity);
      if (taken.lte(0)) continue;
      left = left.minus(taken);
      each.quantity = each.quantity.minus(taken);
      allocated.push({ reservation: each.reservation, line: each.line, item, node: place, quantity: taken.toFixed() });
    }
    this.free.set(`${place}/${item}`, left.plus(this.free.get(`${place}/${item}`) ?? 0));
    return allocated;
  }

  reserve(request: ReserveRequest): Promise<ReserveResponse> {
    return this.weather.around(() => {
      const content = JSON.stringify(request);
      const known = this.reservations.get(request.reservation);
      if (known && known.request !== content)
        throw new CrossdockError({ code: 'RESERVATION_CONFLICT', kind: 'conflict' });
      if (known) return { ...known.response, outcome: 'replayed' };
      const lines = request.lines.map((line) => this.take(request, line));
      const response: ReserveResponse = { reservation: request.reservation, outcome: 'created', lines };
      this.reservations.set(request.reservation, { request: content, response });
      return response;
    });
  }

  release(request: ReleaseRequest): Promise<ReleaseResponse> {
    return this.weather.around(() => {
      if (!this.released.some((each) => each.reservation === request.reservation && each.key === request.key))
        this.released.push(request);
      return { reservation: request.reservation, lines: [] };
    });
  }

  private take(
    request: ReserveRequest,
    { line, item, quantity }: ReserveRequest['lines'][number],
  ): ReserveResponse['lines'][number] {
    let left = new Decimal(quantity);
    const exclude = request.excludeNodes ?? [];
    const slices: ReserveResponse['lines'][number]['slices'] = [];
    for (const [place, free] of this.free) {
      const [at = '', of = ''] = place.split('/');
      const taken = Decimal.min(left, free);
      if (of !== item || exclude.includes(at) || taken.lte(0)) continue;
      this.free.set(place, free.minus(taken));
      left = left.minus(taken);
      slices.push({
        node: at,
        quantity: taken.toFixed(),
        shipDate: '2026-03-02',
        basis: 'ON_HAND',
        state: 'ALLOCATED',
      });
    }
    if (left.gt(0)) this.waiting.push({ reservation: request.reservation, line, item, quantity: left, exclude });
    return { line, item, slices, uncovered: left.toFixed() };
  }

  postInventory = (): Promise<PostInventoryResponse> => notHere();
  putSupplies = (): Promise<PutSuppliesResponse> => notHere();
  putSafetyStock = (): Promise<PutSuppliesResponse> => notHere();
  query = (): Promise<AvailabilityAnswer> => notHere();
  timeline = (): Promise<Timeline> => notHere();
  reservation = (): Promise<ReservationView> => notHere();
  extend = (): Promise<ExtendResponse> => notHere();
  deltas = (): Promise<DeltaPage> => notHere();
  checkInvariants = (): Promise<InvariantReport> => notHere();
  putItemPolicies = notHere;
  itemPolicies = notHere;
  putNodePolicies = notHere;
  nodePolicies = notHere;
  putChannelQuotas = notHere;
  channelQuotas = notHere;
  putPartnerCaps = notHere;
  partnerCaps = notHere;
}

/** Sales orders in memory, one per business key. */
export class ErpTwin extends ErpApi {
  readonly weather = new Weather();
  readonly orders = new Map<string, CreateSalesOrderRequest>();
  readonly cancellations = new Map<string, CancelSalesOrderRequest>();
  /** Customers that the ERP does not let order. */
  readonly blocked = new Set<string>();

  createSalesOrder(request: CreateSalesOrderRequest): Promise<PostingResult> {
    return this.weather.around(() => {
      if (this.blocked.has(request.customer)) {
        throw new CrossdockError({
          code: 'BACKEND_REFUSED',
          kind: 'refused',
          message: `customer ${request.customer} is blocked`,
        });
      }
      return this.post(this.orders, request);
    });
  }

  cancelSalesOrder(request: CancelSalesOrderRequest): Promise<PostingResult> {
    return this.weather.around(() => {
      if (!this.orders.has(request.salesOrder))
        throw new CrossdockError({ code: 'BACKEND_REFUSED', kind: 'refused', message: 'no such order' });
      return this.post(this.cancellations, request);
    });
  }

  private post<T extends { businessKey: string }>(ledger: Map<string, T>, request: T): PostingResult {
    const { businessKey } = request;
    const known = ledger.get(businessKey);
    if (known && JSON.stringify(known) !== JSON.stringify(request))
      throw new CrossdockError({ code: 'POSTING_CONFLICT', kind: 'conflict' });
    ledger.set(businessKey, request);
    return { businessKey, documentNumber: `SO-${businessKey}`, outcome: known ? 'existing' : 'created' };
  }

  postDelivery = (): Promise<PostingResult> => notHere();
  postInvoice = (): Promise<PostingResult> => notHere();
  reverseDelivery = (): Promise<PostingResult> => notHere();
  postCreditMemo = (): Promise<PostingResult> => notHere();
  accrueFreight = (): Promise<PostingResult> => notHere();
  /** What customers owe; those that are not in it are unknown to the ERP. */
  readonly accounts = new Map<string, Omit<CustomerReceivables, 'customer' | 'currency' | 'overdue'>>();
  receivables({ customers }: ErpReceivablesQuery): Promise<ErpReceivables> {
    return this.weather.around(() => {
      const known = customers.flatMap((customer) => {
        const account = this.accounts.get(customer);
        return account ? [{ customer, currency: 'GBP', overdue: '0', ...account }] : [];
      });
      return { asOf: new Date().toISOString(), customers: known };
    });
  }
  stock = (): Promise<ErpStock> => notHere();
  syncMasterData = (): Promise<SyncMasterDataResponse> => notHere();
}

/** A warehouse system in memory, one fulfilment order per id. */
export class WmsTwin extends WmsApi {
  readonly weather = new Weather();
  readonly fulfilments = new Map<string, ReleaseFulfilmentRequest>();
  readonly cancelled: string[] = [];
  cancelOutcome: CancelFulfilmentResponse['outcome'] = 'CANCELLED';

  release(request: ReleaseFulfilmentRequest): Promise<ReleaseFulfilmentResponse> {
    return this.weather.around(() => {
      const { fulfilmentOrder } = request;
      if (this.cancelled.includes(fulfilmentOrder))
        throw new CrossdockError({ code: 'FULFILMENT_CANCELLED', kind: 'refused' });
      const known = this.fulfilments.has(fulfilmentOrder);
      this.fulfilments.set(fulfilmentOrder, request);
      return { fulfilmentOrder, outcome: known ? 'existing' : 'created' };
    });
  }

  cancel({ fulfilmentOrder }: CancelFulfilmentRequest): Promise<CancelFulfilmentResponse> {
    return this.weather.around(() => {
      if (!this.fulfilments.has(fulfilmentOrder))
        throw new CrossdockError({ code: 'FULFILMENT_UNKNOWN', kind: 'not-found' });
      if (this.cancelOutcome === 'CANCELLED') this.cancelled.push(fulfilmentOrder);
      return { fulfilmentOrder, outcome: this.cancelOutcome };
    });
  }

  fulfilment = (): Promise<FulfilmentState> => notHere();
  stock = (): Promise<WmsStock> => notHere();
}

/** Reference data in memory: every partner has the ship-to BRISTOL; items are those that were added. */
export class ReferenceTwin extends ReferenceApi {
  readonly items = new Map<string, ItemDto>();
  /** Credit terms of the customer, by partner. */
  readonly credit = new Map<string, CreditTermsDto>();
  /** What partners may call the one ship-to. */
  readonly shipTos = new Set(['BRISTOL']);
  nodes: NodeDto[] = [node('N', 10), node('S', 20)];

  add(sku: string, more: Partial<ItemDto> = {}): void {
    const listPrice = { amount: '2', currency: 'GBP' };
    this.items.set(sku, {
      sku,
      description: sku,
      status: 'ACTIVE',
      baseUnit: 'EA',
      packs: [{ unit: 'XCS', baseQuantity: '12' }],
      listPrice,
      ...more,
    });
  }

  async orderSnapshot({ shipTo: id, partner, items }: OrderSnapshotQuery): Promise<OrderSnapshot> {
    const resolved = items.flatMap((requested) => {
      const item = this.items.get(requested);
      return item
        ? [{ requested, item, ...(item.listPrice && { price: item.listPrice, priceBasis: 'LIST' as const }) }]
        : [];
    });
    const known = new Set(resolved.map((each) => each.requested));
    const missing = items
      .filter((requested) => !known.has(requested))
      .map((requested) => ({ requested, lookedUp: ['SKU'], candidates: [] }));
    const rest = { items: resolved, units: [], missing };
    if (!this.shipTos.has(id)) {
      const missingShipTo = { lookedUp: [`ship-tos of ${partner}`], candidates: [{ id: 'BRISTOL' }] };
      return Promise.resolve({ ...rest, missingShipTo });
    }
    const shipTo = { id: 'BRISTOL', address: ADDRESS };
    const credit = this.credit.get(partner);
    const customer = {
      ...(credit && { credit }),
      id: `customer-of-${partner}`,
      name: partner,
      status: 'ACTIVE' as const,
      partner,
      currency: 'GBP',
      shipTos: [shipTo],
    };
    return Promise.resolve({ customer, shipTo, ...rest });
  }

  findItems = (): Promise<FoundItems> => notHere();
  listNodes = (): Promise<NodeList> => Promise.resolve({ nodes: this.nodes });
  putItems = (): Promise<PutResults> => notHere();
  putCustomers = (): Promise<PutResults> => notHere();
  putPrices = (): Promise<PutResults> => notHere();
  putNodes = (): Promise<PutResults> => notHere();
  listItems = (): Promise<ItemPage> => notHere();
  getItem = (): Promise<ItemDto> => notHere();
}
