import { Injectable } from '@nestjs/common';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { Jobs, type RecordOutcome } from '#messaging/jobs';
import { creditOf } from '../accept-order/credit-claim';
import { Gather } from '../accept-order/gather';
import { CreditBook } from '../credit/credit-book';
import { agreed, type OrderContents, type OrderState } from '../fulfil-order/order-state';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { replaceParked } from '../out/parked-line.store';
import { placedAt } from './look-up';
import { lookUpJob } from './look-up-job';

/** An order whose ship-to named nothing is checked whole, and goes on, when it names something. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly gather: Gather,
    private readonly process: ProcessOrders,
    private readonly credit: CreditBook,
    private readonly jobs: Jobs,
  ) {}

  async place(order: StoredOrder, sent: AcceptOrderRequest): Promise<RecordOutcome> {
    const { id, partner } = order.contents;
    const around = await this.process.surroundings();
    const incoming = await this.gather.incoming(asAgreed(order, sent), around);
    const event = placedAt(order.contents, incoming);
    if (!event) return async () => {};
    return async (tx) => {
      const now = await store.lockOf(tx, partner, id);
      if (!now?.contents.unplaced) return;
      const claim = creditOf(incoming, { ...now, contents: event.contents }, event);
      // Somebody else has taken the credit since it was looked at: it is looked at again.
      if ((await this.credit.overtaken(tx, [claim.credit])).size > 0) return this.jobs.enqueue(tx, [lookUpJob(id)]);
      await replaceParked(tx, [await this.process.applyTo(tx, now, [event], around)]);
    };
  }
}

/** As it was sent, at the day and place that were agreed since. */
function asAgreed(order: OrderState, sent: AcceptOrderRequest): AcceptOrderRequest {
  const { shipTo, requestedDate }: Pick<OrderContents, 'shipTo' | 'requestedDate'> = agreed(order);
  return { ...sent, shipTo, ...(requestedDate !== undefined && { requestedDate }) };
}
