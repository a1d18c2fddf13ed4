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
import type {
  ChangeOrderRequest,
  ChangeOrderResponse,
  OrderCommands,
  RetryPreview,
} from '#contracts/orders/order-changes.dto';
import { ByPurpose } from './accept-order/by-purpose';
import { CancelOrder } from './cancel-order/cancel-order';
import { ChangeOrder } from './change-order/change-order';
import { HoldOrder } from './hold-order/hold-order';
import { OrderReads } from './views/order-reads';
import { orderView } from './views/order-view';

/** The API of orders: which are acceptable, and where each stands. */
@Injectable()
export class OrdersService extends OrdersApi {
  constructor(
    private readonly reads: OrderReads,
    private readonly byPurpose: ByPurpose,
    private readonly cancelOrder: CancelOrder,
    private readonly changeOrder: ChangeOrder,
    private readonly holdOrder: HoldOrder,
  ) {
    super();
  }

  get(query: OrderQuery): Promise<OrderView> {
    return this.reads.get(query);
  }

  list(query: ListOrdersQuery): Promise<OrderPage> {
    return this.reads.list(query);
  }

  lookUp(request: LookUpOrdersRequest): Promise<OrderNames> {
    return this.reads.lookUp(request);
  }

  commands(query: OrderQuery): Promise<OrderCommands> {
    return this.reads.commands(query);
  }

  summary(): Promise<OrderSummary> {
    return this.reads.summary();
  }

  checkInvariants(): Promise<InvariantReport> {
    return this.reads.checkInvariants();
  }

  async accept(request: AcceptOrderRequest): Promise<AcceptOrderResponse> {
    const { outcome, order } = await this.byPurpose.accept(request);
    return { outcome, order: orderView(order) };
  }

  async cancel(request: CancelOrderRequest): Promise<CancelOrderResponse> {
    const { outcome, order } = await this.cancelOrder.cancel(request);
    return { outcome, order: orderView(order) };
  }

  async change(request: ChangeOrderRequest): Promise<ChangeOrderResponse> {
    const { change, order } = await this.changeOrder.change(request);
    const { outcome, followOn } = change;
    return { outcome, order: orderView(order), ...(followOn !== undefined && { followOn }) };
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
