import { defineApi } from '../api';
import { type InvariantReport, InvariantsQuery } from '../availability/invariants.dto';
import {
  ChangeOrderRequest,
  type ChangeOrderResponse,
  type OrderCommands,
  type RetryPreview,
} from './order-changes.dto';
import { AcceptOrderRequest, type AcceptOrderResponse, CancelOrderRequest, type CancelOrderResponse, HoldOrderRequest, ListOrdersQuery, LookUpOrdersRequest, type OrderNames, type OrderPage, OrderQuery, type OrderSummary, OrderSummaryQuery, type OrderView, ReleaseHoldRequest, RetryHoldsRequest } from './orders.dto'; // prettier-ignore

/** Orders: which are acceptable, and where each stands. */
export abstract class OrdersApi {
  /**
   * Checks everything at once, records the order and starts its process. The same (partner, purchase order, release) with the same
   * content answers the first result. REPLACE and CHANGE change the order there is. What is refused is kept. Errors: ORDER_INVALID (invalid,
   * all findings with pointers), PURCHASE_ORDER_CONFLICT, PURCHASE_ORDER_UNKNOWN, CHANGE_STALE, CHANGE_CONFLICT (conflict), and those of `change`.
   */
  abstract accept(request: AcceptOrderRequest): Promise<AcceptOrderResponse>;
  /** Errors: ORDER_UNKNOWN (not-found), also for another partner's order. */
  abstract get(query: OrderQuery): Promise<OrderView>;
  /** Newest first. Errors: CURSOR_INVALID. */
  abstract list(query: ListOrdersQuery): Promise<OrderPage>;
  /** How orders of any partner are called. */
  abstract lookUp(request: LookUpOrdersRequest): Promise<OrderNames>;
  /** Cancels what is still open; never what has shipped. Errors: ORDER_UNKNOWN, VERSION_STALE. */
  abstract cancel(request: CancelOrderRequest): Promise<CancelOrderResponse>;
  /**
   * More or less of a line, another line, day or place. Less is a cancellation; what is added is an order of its own that follows this
   * one. Errors: ORDER_UNKNOWN, VERSION_STALE, ORDER_CLOSED, CHANGE_INVALID with its findings, CHANGE_TOO_LATE (conflict), ORDER_INVALID for
   * what is added.
   */
  abstract change(request: ChangeOrderRequest): Promise<ChangeOrderResponse>;
  /** What the order has asked of the layers below: tries, error and next try of each. Errors: ORDER_UNKNOWN. */
  abstract commands(query: OrderQuery): Promise<OrderCommands>;
  /** Stops an order or one of its lines, by hand. The same code and detail again is the same hold. Errors: ORDER_UNKNOWN, LINE_UNKNOWN, ORDER_CLOSED. */
  abstract hold(request: HoldOrderRequest): Promise<OrderView>;
  /** Ends one hold; one that is over stays over. A failed command goes out again. Errors: ORDER_UNKNOWN, HOLD_UNKNOWN. */
  abstract releaseHold(request: ReleaseHoldRequest): Promise<OrderView>;
  /**
   * Ends every hold that a failure opened (COMMAND, WAREHOUSE, ANSWER): its commands go out again with the same content. Decisions
   * (CREDIT, VALIDATION, MANUAL) are released one by one. Without such holds nothing changes. Errors: ORDER_UNKNOWN.
   */
  abstract retryHolds(request: RetryHoldsRequest): Promise<OrderView>;
  /** Runs the decision of `retryHolds` on the order as it is now, and saves nothing. Errors: ORDER_UNKNOWN. */
  abstract previewRetry(query: OrderQuery): Promise<RetryPreview>;
  abstract summary(query: OrderSummaryQuery): Promise<OrderSummary>;
  /** I4 and I8 of docs/reliability.md. */
  abstract checkInvariants(query: InvariantsQuery): Promise<InvariantReport>;
}

export const ordersContract = defineApi<OrdersApi>({
  token: OrdersApi,
  document: 'process/orders.v1',
  name: 'orders',
  routes: {
    accept: { verb: 'POST', path: '/v1/orders', input: AcceptOrderRequest },
    get: { verb: 'GET', path: '/v1/partners/:partner/orders/:id', input: OrderQuery },
    list: { verb: 'GET', path: '/v1/orders', input: ListOrdersQuery },
    lookUp: { verb: 'POST', path: '/v1/orders/lookup', input: LookUpOrdersRequest },
    cancel: { verb: 'POST', path: '/v1/partners/:partner/orders/:id/cancel', input: CancelOrderRequest },
    change: { verb: 'POST', path: '/v1/partners/:partner/orders/:id/change', input: ChangeOrderRequest },
    commands: { verb: 'GET', path: '/v1/partners/:partner/orders/:id/commands', input: OrderQuery },
    hold: { verb: 'POST', path: '/v1/partners/:partner/orders/:id/holds', input: HoldOrderRequest },
    releaseHold: {
      verb: 'POST',
      path: '/v1/partners/:partner/orders/:id/holds/:hold/release',
      input: ReleaseHoldRequest,
    },
    retryHolds: { verb: 'POST', path: '/v1/partners/:partner/orders/:id/retry-holds', input: RetryHoldsRequest },
    previewRetry: { verb: 'GET', path: '/v1/partners/:partner/orders/:id/retry-preview', input: OrderQuery },
    summary: { verb: 'GET', path: '/v1/summary', input: OrderSummaryQuery },
    checkInvariants: { verb: 'GET', path: '/v1/invariants', input: InvariantsQuery },
  },
});
