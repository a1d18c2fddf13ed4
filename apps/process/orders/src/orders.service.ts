import { Injectable } from '@nestjs/common';
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
import { Database } from '#persistence/database';
import { AcceptOrder } from './accept-order/accept-order';
import { purchaseOrderKey } from './accept-order/purchase-order';
import { CancelOrder } from './cancel-order/cancel-order';
import { HoldOrder } from './hold-order/hold-order';
import * as lists from './out/order-list.store';
import * as store from './out/order.store';
import { unknownOrder } from './out/unknown-order';
import { decodeCursor, encodeCursor } from './views/cursor';
import { orderView } from './views/order-view';

/** The API of orders: which are acceptable, and where each stands. */
@Injectable()
export class OrdersService extends OrdersApi {
  constructor(
    private readonly database: Database,
    private readonly acceptOrder: AcceptOrder,
    private readonly cancelOrder: CancelOrder,
    private readonly holdOrder: HoldOrder,
  ) {
    super();
  }

  async accept(request: AcceptOrderRequest): Promise<AcceptOrderResponse> {
    const { outcome, order } = await this.acceptOrder.accept(request);
    return { outcome, order: orderView(order) };
  }

  async get({ partner, id }: OrderQuery): Promise<OrderView> {
    const order = await store.find(this.database, partner, id);
    if (!order) throw unknownOrder(id);
    return orderView(order);
  }

  async list({ partner, status, purchaseOrder, cursor, limit = 50 }: ListOrdersQuery): Promise<OrderPage> {
    const key = purchaseOrder === undefined ? undefined : purchaseOrderKey(purchaseOrder);
    const filter = { partner, status, purchaseOrderKey: key };
    const found = await lists.page(this.database, filter, decodeCursor(cursor, filter), limit + 1);
    const orders = found.slice(0, limit).map(orderView);
    const last = orders.at(-1);
    return found.length > limit && last ? { orders, next: encodeCursor(last.id, filter) } : { orders };
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

  async hold(request: HoldOrderRequest): Promise<OrderView> {
    return orderView(await this.holdOrder.hold(request));
  }

  async releaseHold(request: ReleaseHoldRequest): Promise<OrderView> {
    return orderView(await this.holdOrder.release(request));
  }

  async retryHolds(request: RetryHoldsRequest): Promise<OrderView> {
    return orderView(await this.holdOrder.retry(request));
  }
}
