import { Injectable } from '@nestjs/common';
import { cancelKey, cancelLines, edgeOrder } from '#contracts/edge/edge-orders';
import type { CancelEdgeOrderRequest, CancelEdgeOrderResponse, EdgeOrder, EdgeOrderPage, ListEdgeOrdersQuery } from '#contracts/edge/edge-orders.dto'; // prettier-ignore
import type { OrderContent } from '#contracts/orders/orders.dto';
import type { Caller } from '#service/caller';
import { correlationId } from '#service/correlation';
import { idempotencyKeyOf, versionOf } from '#service/headers';
import { PortalProcesses } from '../out/processes';

@Injectable()
export class OrdersView {
  constructor(private readonly processes: PortalProcesses) {}

  async place(caller: Caller, request: OrderContent): Promise<{ created: boolean; order: EdgeOrder }> {
    const { outcome, order } = await this.processes.orders.accept({
      ...request,
      partner: caller.partner,
      channel: 'portal',
      correlationId: correlationId(),
    });
    return { created: outcome === 'created', order: edgeOrder(order) };
  }

  async get(caller: Caller, id: string): Promise<EdgeOrder> {
    return edgeOrder(await this.processes.orders.get({ partner: caller.partner, id }));
  }

  async list(caller: Caller, query: ListEdgeOrdersQuery): Promise<EdgeOrderPage> {
    const { orders, next } = await this.processes.orders.list({ ...query, partner: caller.partner });
    return { orders: orders.map(edgeOrder), ...(next === undefined ? {} : { next }) };
  }

  async cancel(
    caller: Caller,
    id: string,
    request: CancelEdgeOrderRequest,
    headers: { ifMatch?: string; idempotencyKey?: string },
  ): Promise<CancelEdgeOrderResponse> {
    const expectedVersion = versionOf(headers.ifMatch);
    const order = await this.processes.orders.get({ partner: caller.partner, id });
    const { outcome, order: now } = await this.processes.orders.cancel({
      partner: caller.partner,
      id,
      key: idempotencyKeyOf(headers.idempotencyKey) ?? cancelKey(request),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
      ...(request.lines === undefined ? {} : { lines: cancelLines(request.lines, order) }),
      ...(request.reason === undefined ? {} : { reason: request.reason }),
    });
    return { outcome, order: edgeOrder(now) };
  }
}
