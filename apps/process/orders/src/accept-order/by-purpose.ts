import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { exceptionOpened } from '#contracts/events/exceptions';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { CancelOrder } from '../cancel-order/cancel-order';
import * as store from '../out/order.store';
import type { KnownOrder } from '../out/order.store';
import { AcceptOrder, type Accepted } from './accept-order';
import { Gather } from './gather';
import { contentHash } from './purchase-order';

/** Why a purchase order number is sent decides what becomes of it (order-to-cash §3.1). */
@Injectable()
export class ByPurpose {
  constructor(
    private readonly database: Database,
    private readonly gather: Gather,
    private readonly acceptOrder: AcceptOrder,
    private readonly cancelOrder: CancelOrder,
    private readonly outbox: Outbox,
  ) {}

  /** Errors: ORDER_INVALID, PURCHASE_ORDER_CONFLICT (told as an exception too), PURCHASE_ORDER_UNKNOWN (not-found). */
  async accept(request: AcceptOrderRequest): Promise<Accepted> {
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
      default:
        return this.acceptOrder.accept(request).catch((error: unknown) => this.told(request, error));
    }
  }

  private async known(request: AcceptOrderRequest): Promise<KnownOrder> {
    const { partner, purchaseOrder, release = '' } = request;
    const order = await store.known(this.database, partner, await this.gather.keyOf(request), release);
    if (order) return order;
    const message = `${partner} has no purchase order ${purchaseOrder}`;
    throw new CrossdockError({ code: 'PURCHASE_ORDER_UNKNOWN', kind: 'not-found', message });
  }

  /** The same number with other content is refused and somebody is told: the sender may believe that it was taken. */
  private async told(request: AcceptOrderRequest, error: unknown): Promise<never> {
    if (!(error instanceof CrossdockError) || error.code !== 'PURCHASE_ORDER_CONFLICT') throw error;
    const { partner, purchaseOrder } = request;
    const order = String(error.details['order']);
    const opened = exceptionOpened('process/orders', {
      tier: 'BUSINESS',
      domain: 'orders',
      code: error.code,
      object: { type: 'order', id: order },
      partner,
      order,
      cause: error.message,
      seen: purchaseOrder,
      diagnostics: { content: request },
      suggestedAction:
        'Ask the partner which content counts, then cancel the order or have it sent under another number.',
    });
    await this.outbox.publish(this.database, [opened]);
    throw error;
  }
}
