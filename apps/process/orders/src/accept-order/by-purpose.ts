import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { Database } from '#persistence/database';
import { CancelOrder } from '../cancel-order/cancel-order';
import { RestateOrder } from '../change-order/restate-order';
import * as store from '../out/order.store';
import type { KnownOrder } from '../out/order.store';
import { AcceptOrder, type Accepted } from './accept-order';
import { Gather } from './gather';
import { contentHash } from './purchase-order';
import { RefusedOrders } from './refused-orders';

/** Why a purchase order number is sent decides what becomes of it (order-to-cash §3.1). */
@Injectable()
export class ByPurpose {
  constructor(
    private readonly database: Database,
    private readonly gather: Gather,
    private readonly acceptOrder: AcceptOrder,
    private readonly cancelOrder: CancelOrder,
    private readonly restateOrder: RestateOrder,
    private readonly refused: RefusedOrders,
  ) {}

  /** Errors: see `OrdersApi.accept`. What is refused is kept. */
  async accept(request: AcceptOrderRequest): Promise<Accepted> {
    try {
      return await this.byPurpose(request);
    } catch (error) {
      await this.refused.keep(request, error);
      throw error;
    }
  }

  private async byPurpose(request: AcceptOrderRequest): Promise<Accepted> {
    switch (request.purpose) {
      case 'DUPLICATE':
        return { outcome: 'replayed', order: await this.known(request) };
      case 'CANCELLATION': {
        const { partner, purchaseOrder } = request;
        const { id } = (await this.known(request)).contents;
        const reason = `purchase order ${purchaseOrder} was cancelled`;
        // The content names the message: sent twice it is one cancellation.
        const key = `purpose:${contentHash(request)}`;
        const { order } = await this.cancelOrder.cancel({ partner, id, key, reason });
        return { outcome: 'replayed', order };
      }
      case 'REPLACE':
      case 'CHANGE': {
        const { changed, order } = await this.restateOrder.restate(request, await this.known(request));
        return { outcome: changed ? 'changed' : 'replayed', order };
      }
      default:
        return this.acceptOrder.accept(request);
    }
  }

  private async known(request: AcceptOrderRequest): Promise<KnownOrder> {
    const { partner, purchaseOrder, release = '' } = request;
    const order = await store.known(this.database, partner, await this.gather.keyOf(request), release);
    if (order) return order;
    const message = `${partner} has no purchase order ${purchaseOrder}`;
    throw new CrossdockError({ code: 'PURCHASE_ORDER_UNKNOWN', kind: 'not-found', message });
  }
}
