import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { InvariantReport } from '#contracts/availability/invariants.dto';
import { OrdersApi } from '#contracts/orders/orders.api';
import type {
  AcceptOrderRequest,
  AcceptOrderResponse,
  CancelOrderRequest,
  CancelOrderResponse,
  HoldOrderRequest,
  ListOrdersQuery,
  LookUpOrdersRequest,
  OrderNames,
  OrderPage,
  OrderQuery,
  OrderSummary,
  OrderView,
  ReleaseHoldRequest,
  RetryHoldsRequest,
} from '#contracts/orders/orders.dto';
import type {
  PartnerPolicy,
  PartnerPolicyQuery,
  PutPartnerPolicyRequest,
} from '#contracts/orders/fulfilment-policy.dto';
import type {
  ChangeOrderRequest,
  ChangeOrderResponse,
  OrderCommands,
  RetryPreview,
} from '#contracts/orders/order-changes.dto';
import { JobOperations } from '#messaging/job-operations';
import { Database } from '#persistence/database';
import { ByPurpose } from './accept-order/by-purpose';
import { Gather } from './accept-order/gather';
import { EVERYBODY } from './accept-order/policy';
import { CancelOrder } from './cancel-order/cancel-order';
import { ChangeOrder } from './change-order/change-order';
import { HoldOrder } from './hold-order/hold-order';
import * as lists from './out/order-list.store';
import * as store from './out/order.store';
import { PartnerPolicies } from './out/partner-policies';
import { unknownOrder } from './out/unknown-order';
import { commandViews, jobsOf } from './views/commands';
import { orderView } from './views/order-view';

/** The API of orders: which are acceptable, and where each stands. */
@Injectable()
export class OrdersService extends OrdersApi {
  constructor(
    private readonly database: Database,
    private readonly byPurpose: ByPurpose,
    private readonly gather: Gather,
    private readonly cancelOrder: CancelOrder,
    private readonly changeOrder: ChangeOrder,
    private readonly holdOrder: HoldOrder,
    private readonly policies: PartnerPolicies,
    private readonly jobs: JobOperations,
  ) {
    super();
  }

  async accept(request: AcceptOrderRequest): Promise<AcceptOrderResponse> {
    const { outcome, order } = await this.byPurpose.accept(request);
    return { outcome, order: orderView(order) };
  }

  async get({ partner, id }: OrderQuery): Promise<OrderView> {
    const order = await store.find(this.database, partner, id);
    if (!order) throw unknownOrder(id);
    return orderView(order);
  }

  async list({ partner, status, purchaseOrder, cursor, limit = 50 }: ListOrdersQuery): Promise<OrderPage> {
    // Across partners there is no one rule: the house's spelling finds most.
    const key =
      purchaseOrder === undefined
        ? undefined
        : await this.gather.keyOf({ partner: partner ?? EVERYBODY, purchaseOrder });
    const filter = { partner, status, purchaseOrderKey: key };
    const found = await lists.page(
      this.database,
      filter,
      decodeCursor(cursor, 1, 'orders', filter)?.[0] ?? '',
      limit + 1,
    );
    const orders = found.slice(0, limit).map(orderView);
    const last = orders.at(-1);
    return found.length > limit && last ? { orders, next: encodeCursor([last.id], 'orders', filter) } : { orders };
  }

  async lookUp({ ids }: LookUpOrdersRequest): Promise<OrderNames> {
    return { orders: await lists.namesOf(this.database, ids) };
  }

  async cancel(request: CancelOrderRequest): Promise<CancelOrderResponse> {
    const { outcome, order } = await this.cancelOrder.cancel(request);
    return { outcome, order: orderView(order) };
  }

  async summary(): Promise<OrderSummary> {
    const statuses = await lists.statusCounts(this.database);
    return { statuses, unexplained: await lists.unexplained(this.database) };
  }

  async checkInvariants(): Promise<InvariantReport> {
    const counts = await lists.statusCounts(this.database);
    const checked = counts.reduce((sum, each) => sum + each.count, 0);
    return { checked, breaches: await lists.breaches(this.database) };
  }

  async change(request: ChangeOrderRequest): Promise<ChangeOrderResponse> {
    const { change, order } = await this.changeOrder.change(request);
    const { outcome, followOn } = change;
    return { outcome, order: orderView(order), ...(followOn !== undefined && { followOn }) };
  }

  async commands({ partner, id }: OrderQuery): Promise<OrderCommands> {
    const order = await store.find(this.database, partner, id);
    if (!order) throw unknownOrder(id);
    return { commands: commandViews(order, await this.jobs.find(jobsOf(order))) };
  }

  partnerPolicy({ partner }: PartnerPolicyQuery): Promise<PartnerPolicy> {
    return this.policies.get(partner);
  }

  putPartnerPolicy(request: PutPartnerPolicyRequest): Promise<PartnerPolicy> {
    return this.policies.put(request);
  }

  async hold(request: HoldOrderRequest): Promise<OrderView> {
    return orderView(await this.holdOrder.hold(request));
  }

  async releaseHold(request: ReleaseHoldRequest): Promise<OrderView> {
    return orderView(await this.holdOrder.release(request));
  }

  async retryHolds(request: RetryHoldsRequest): Promise<OrderView> {
    return orderView(await this.holdOrder.retry(request));
  }

  previewRetry({ partner, id }: OrderQuery): Promise<RetryPreview> {
    return this.holdOrder.previewRetry(partner, id);
  }
}
