import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { exceptionOpened } from '#contracts/events/exceptions';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { RefusedOrderPage, RefusedOrdersQuery } from '#contracts/orders/validation.dto';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { correlationId } from '#service/correlation';
import * as store from '../out/refused-order.store';

/** Refusals of a number that is known: the sender may believe that it was taken, so a person is told as well. */
const TOLD = ['PURCHASE_ORDER_CONFLICT', 'CHANGE_STALE', 'CHANGE_CONFLICT', 'CHANGE_TOO_LATE', 'ORDER_CLOSED'];

/** What was not taken is kept as it was sent, so that nothing a partner wants is lost. */
@Injectable()
export class RefusedOrders {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Faults of ours and of the way are no refusals: those are tried again. */
  async keep(request: AcceptOrderRequest, error: unknown): Promise<void> {
    if (!(error instanceof CrossdockError) || error.retryable || error.kind === 'defect') return;
    const { partner, purchaseOrder, release = '', purpose = 'ORIGINAL', channel } = request;
    const { correlationId: correlation = correlationId(), ...content } = request;
    const refused = {
      ...{ id: newId('ref'), partner, purchaseOrder, release, purpose, channel, correlationId: correlation },
      ...{ code: error.code, detail: error.message, findings: error.findings, content },
      digest: createHash('sha256')
        .update(JSON.stringify([error.code, content]))
        .digest('hex'),
    };
    await this.database.transaction(async (tx) => {
      await store.keep(tx, refused);
      const order = error.details['order'];
      if (TOLD.includes(error.code) && typeof order === 'string')
        await this.outbox.publish(tx, [told(request, error, order)]);
    });
  }

  async list({ cursor, limit = 50, partner, purchaseOrder }: RefusedOrdersQuery): Promise<RefusedOrderPage> {
    const filter = { partner, purchaseOrder };
    const after = decodeCursor(cursor, ['text'], 'refused-orders', filter)?.[0] ?? '';
    const found = await store.page(this.database.seenBy(partner), filter, after, limit + 1);
    const orders = found.slice(0, limit);
    const last = orders.at(-1);
    return found.length > limit && last
      ? { orders, next: encodeCursor([last.id], 'refused-orders', filter) }
      : { orders };
  }
}

function told(content: AcceptOrderRequest, { code, message }: CrossdockError, order: string) {
  const { partner, purchaseOrder } = content;
  return exceptionOpened('process/orders', {
    ...{ tier: 'BUSINESS', domain: 'orders', code, object: { type: 'order', id: order }, partner, order },
    ...{ cause: message, seen: purchaseOrder, diagnostics: { content } },
    suggestedAction:
      'Ask the partner which content counts, then change or cancel the order, or have it sent under another number.',
  });
}
