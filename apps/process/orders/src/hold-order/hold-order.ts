import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { HoldOrderRequest, ReleaseHoldRequest, RetryHoldsRequest } from '#contracts/orders/orders.dto';
import type { RetryPreview } from '#contracts/orders/order-changes.dto';
import { Database } from '#persistence/database';
import { decide } from '../fulfil-order/decide';
import type { OrderEvent } from '../fulfil-order/order-event';
import { ProcessOrders } from '../fulfil-order/process-orders';
import { isTerminal, orderStatus } from '../fulfil-order/status';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { unknownOrder } from '../out/unknown-order';

/** Stops orders by hand, and lets them go: one hold by a decision, or all that failures opened. */
@Injectable()
export class HoldOrder {
  constructor(
    private readonly database: Database,
    private readonly process: ProcessOrders,
  ) {}

  /** Errors: ORDER_UNKNOWN, LINE_UNKNOWN, ORDER_CLOSED. */
  hold({ partner, id, ...reason }: HoldOrderRequest): Promise<StoredOrder> {
    return this.on(partner, id, (order) => {
      const { line } = reason;
      if (line !== undefined && !order.contents.lines.some((each) => each.line === line)) throw unknownLine(id, line);
      if (isTerminal(orderStatus(order))) throw closed(id);
      return { type: 'HELD', reason };
    });
  }

  /** Errors: ORDER_UNKNOWN, HOLD_UNKNOWN. */
  release({ partner, id, hold, who, why }: ReleaseHoldRequest): Promise<StoredOrder> {
    return this.on(partner, id, ({ progress }) => {
      if (![...progress.holds, ...progress.pastHolds].some((each) => each.id === hold)) throw unknownHold(id, hold);
      return { type: 'HOLD_RELEASED', hold, who, why };
    });
  }

  /** Errors: ORDER_UNKNOWN. */
  retry({ partner, id, who = 'operations', reason: why = 'tried again' }: RetryHoldsRequest): Promise<StoredOrder> {
    return this.on(partner, id, () => ({ type: 'RETRY', who, why }));
  }

  /** The decision of `retry` on the order as it stands, saved nowhere. Errors: ORDER_UNKNOWN. */
  async previewRetry(partner: string, id: string): Promise<RetryPreview> {
    const around = await this.process.surroundings();
    const order = await store.find(this.database.seenBy(partner), partner, id);
    if (!order) throw unknownOrder(id);
    const retry: OrderEvent = { type: 'RETRY', who: 'preview', why: 'what would happen' };
    const { state, commands } = decide(order, [retry], around, order.version + 1);
    const stays = new Set(state.progress.holds.map((hold) => hold.id));
    return {
      status: orderStatus(state),
      lifted: order.progress.holds.flatMap((hold) => (stays.has(hold.id) ? [] : [hold.id])),
      kept: [...stays],
      commands: commands.map(({ key, kind }) => ({ key, kind })),
    };
  }

  private async on(partner: string, id: string, eventOf: (order: StoredOrder) => OrderEvent): Promise<StoredOrder> {
    const around = await this.process.surroundings();
    return this.database.transaction(async (tx) => {
      const order = await store.lockOf(tx, partner, id);
      if (!order) throw unknownOrder(id);
      return this.process.applyTo(tx, order, [eventOf(order)], around);
    });
  }
}

function unknownLine(id: string, line: number): CrossdockError {
  const findings = [
    { code: 'LINE_UNKNOWN', detail: `${id} has no line ${line}`, pointer: '/line', seen: String(line) },
  ];
  return new CrossdockError({ code: 'HOLD_INVALID', kind: 'invalid', message: `${id} has no line ${line}`, findings });
}

function unknownHold(id: string, hold: string): CrossdockError {
  return new CrossdockError({ code: 'HOLD_UNKNOWN', kind: 'not-found', message: `${id} has no hold ${hold}` });
}

function closed(id: string): CrossdockError {
  return new CrossdockError({ code: 'ORDER_CLOSED', kind: 'conflict', message: `nothing of ${id} is open any more` });
}
