import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MAPPING_ADDED, ITEMS_PUT, type ItemsPut, type MappingAdded } from '#contracts/events/reference';
import type { AcceptOrderRequest, OrderLineRequest } from '#contracts/orders/orders.dto';
import { Jobs, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Subscriptions } from '#messaging/subscriptions';
import { Database, type Transaction } from '#persistence/database';
import { Gather } from '../accept-order/gather';
import type { OrderedLine } from '../fulfil-order/order-state';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { ordersWaitingFor, replaceParked } from '../out/parked-line.store';
import { lookedUp } from './look-up';

const QUEUE = 'orders.look-up-parked';

/**
 * A line that waits for its codes to mean something goes on by itself: when a cross-reference or an item is put, the orders that wait
 * for such a code look theirs up again.
 */
@Injectable()
export class ResumeLines implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly subscriptions: Subscriptions,
    private readonly gather: Gather,
    private readonly process: ProcessOrders,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, ({ payload }) => this.lookUp((payload as { order: string }).order));
    this.subscriptions.batch<MappingAdded>('orders', MAPPING_ADDED, async (events, tx) => {
      const codes = events.flatMap(({ data }) => data.codes);
      const items = codes.filter(({ kind }) => kind === 'ITEM').map(({ external }) => external);
      const units = codes.filter(({ kind }) => kind === 'UNIT' || kind === 'PACK').map(({ external }) => external);
      await this.wake(tx, { items, units, skus: [] });
    });
    this.subscriptions.batch<ItemsPut>('orders', ITEMS_PUT, async (events, tx) => {
      const ids = events.flatMap(({ data }) => data.ids);
      await this.wake(tx, { items: ids, units: [], skus: ids });
    });
  }

  private async wake(tx: Transaction, codes: Parameters<typeof ordersWaitingFor>[1]): Promise<void> {
    await this.jobs.enqueue(tx, (await ordersWaitingFor(tx, codes)).map(lookUpJob));
  }

  private async lookUp(id: string): Promise<RecordOutcome> {
    const order = await store.findById(this.database, id);
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

/** No key: an order that is looking up may have read before the code was put, and has to look again. */
export function lookUpJob(order: string): NewJob {
  return { queue: QUEUE, orderKey: order, payload: { order } };
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
