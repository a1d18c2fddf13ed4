import { Injectable } from '@nestjs/common';
import { DECIMAL_TEXT, isPositive } from '#canonical/decimal';
import { CrossdockError } from '#canonical/errors';
import type { CancelOrderRequest, CancelOrderResponse } from '#contracts/orders/orders.dto';
import { Jobs } from '#messaging/jobs';
import { Database, type Transaction } from '#persistence/database';
import { COMMAND_QUEUES, jobKey } from '../fulfil-order/command-job';
import { CREATE_ERP_ORDER, RELEASE_TO_NODE, RESERVE, type CommandKind } from '../fulfil-order/order-command';
import type { OrderEvent } from '../fulfil-order/order-event';
import { withSubstitutes } from '../fulfil-order/substitutes';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { unknownOrder } from '../out/unknown-order';

export interface Cancelled {
  readonly outcome: CancelOrderResponse['outcome'];
  readonly order: StoredOrder;
}

/** Cancels what is open. The same key again answers the first result. */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly process: ProcessOrders,
  ) {}

  /** Errors: ORDER_UNKNOWN, VERSION_STALE, CANCELLATION_INVALID with its findings. */
  async cancel(request: CancelOrderRequest): Promise<Cancelled> {
    const around = await this.process.surroundings();
    return this.database.transaction(async (tx) => {
      const order = await store.lockOf(tx, request.partner, request.id);
      if (!order) throw unknownOrder(request.id);
      const before = outcomeOf(order, request.key);
      if (before) return { outcome: before, order };
      check(order, request);
      const { key, lines, reason } = request;
      const cancel: OrderEvent = {
        type: 'CANCEL',
        key,
        ...(lines && { lines }),
        ...(reason !== undefined && { reason }),
      };
      const saved = await this.process.applyTo(tx, order, [...(await this.withdraw(tx, order, lines)), cancel], around);
      return { outcome: outcomeOf(saved, key) ?? 'NOTHING_TO_CANCEL', order: saved };
    });
  }

  /** Takes back what has not been tried yet: then there is nobody to be asked, and nothing to be undone. */
  private async withdraw(
    tx: Transaction,
    order: StoredOrder,
    lines: CancelOrderRequest['lines'],
  ): Promise<OrderEvent[]> {
    const { contents, progress } = order;
    const wanted = withSubstitutes(
      contents,
      (lines ?? contents.lines).map((line) => line.line),
    );
    const parts = progress.lines.filter(({ line }) => wanted.has(line)).flatMap((line) => line.parts);
    const fulfilments = new Set(
      parts.flatMap(({ stage, fulfilment }) => (stage === 'RELEASED' ? (fulfilment ?? []) : [])),
    );
    const commands: [CommandKind, string][] = [...fulfilments].map((id) => ['release-to-node', RELEASE_TO_NODE(id)]);
    if (lines === undefined) {
      commands.push(['create-erp-order', CREATE_ERP_ORDER]);
      for (const { id } of progress.reservations) commands.push(['reserve', RESERVE(id)]);
    }
    const events: OrderEvent[] = [];
    for (const [kind, command] of commands) {
      if (!progress.pending.includes(command)) continue;
      const withdrawn = await this.jobs.withdraw(tx, COMMAND_QUEUES[kind], jobKey(contents.id, command));
      if (withdrawn) events.push({ type: 'WITHDRAWN', command });
    }
    return events;
  }
}

function outcomeOf({ progress }: StoredOrder, key: string): CancelOrderResponse['outcome'] | undefined {
  return progress.cancellations.find((each) => each.key === key)?.outcome;
}

function check({ contents, version }: StoredOrder, { expectedVersion, lines = [] }: CancelOrderRequest): void {
  if (expectedVersion !== undefined && expectedVersion !== version) {
    const message = `the order is at version ${version}, not ${expectedVersion}`;
    throw new CrossdockError({ code: 'VERSION_STALE', kind: 'precondition', message, details: { version } });
  }
  const findings = lines.flatMap(({ line, quantity }, index) => {
    if (quantity !== undefined && (!DECIMAL_TEXT.test(quantity) || !isPositive(quantity))) {
      const detail = 'a quantity is a decimal number greater than 0';
      return [{ code: 'QUANTITY_INVALID', detail, pointer: `/lines/${index}/quantity` }];
    }
    if (contents.lines.some((each) => each.line === line)) return [];
    return [{ code: 'LINE_UNKNOWN', detail: `the order has no line ${line}`, pointer: `/lines/${index}/line` }];
  });
  if (findings.length === 0) return;
  throw new CrossdockError({ code: 'CANCELLATION_INVALID', kind: 'invalid', message: 'lines are wrong', findings });
}
