import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AcceptOrderRequest, OrderLineRequest } from '#contracts/orders/orders.dto';
import { Jobs, type RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { Gather } from '../accept-order/gather';
import type { OrderedLine } from '../fulfil-order/order-state';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { replaceParked } from '../out/parked-line.store';
import { lookedUp } from './look-up';
import { LOOK_UP_QUEUE } from './look-up-job';
import { PlaceOrder } from './place-order';

/** What waits for its codes to mean something looks them up again, and goes on by itself when they do. */
@Injectable()
export class ResumeLines implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly gather: Gather,
    private readonly process: ProcessOrders,
    private readonly placing: PlaceOrder,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(LOOK_UP_QUEUE, ({ payload }) => this.lookUp((payload as { order: string }).order));
  }

  private async lookUp(id: string): Promise<RecordOutcome> {
    const order = await store.findById(this.database, id);
    if (order?.contents.unplaced) return this.placing.place(order, order.contents.unplaced);
    const parked =
      order?.contents.lines.flatMap((line) => (line.parked ? [asAgreed(line, line.parked.request)] : [])) ?? [];
    if (!order || parked.length === 0) return async () => {};
    const around = await this.process.surroundings();
    const incoming = await this.gather.incoming(requestOf(order, parked), around);
    return async (tx) => {
      const now = await store.lockOf(tx, order.contents.partner, id);
      if (!now) return;
      const after = await this.process.applyTo(tx, now, [lookedUp(now.contents, incoming)], around);
      await replaceParked(tx, [after]);
    };
  }
}

/** Consent was given when the order was accepted. */
function asAgreed({ substitutes }: OrderedLine, request: OrderLineRequest): OrderLineRequest {
  return { ...request, substitutes: substitutes === true };
}

/** The parked lines alone, as they were sent. */
function requestOf({ contents }: StoredOrder, lines: AcceptOrderRequest['lines']): AcceptOrderRequest {
  const { partner, channel, purchaseOrder, shipTo, shipComplete, requestedDate } = contents;
  return {
    partner,
    channel,
    purchaseOrder,
    shipTo,
    shipComplete,
    lines,
    ...(requestedDate !== undefined && { requestedDate }),
  };
}
