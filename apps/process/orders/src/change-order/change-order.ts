import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { ChangeOrderRequest } from '#contracts/orders/order-changes.dto';
import type { AcceptOrderRequest, OrderLineRequest } from '#contracts/orders/orders.dto';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { Jobs } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { AcceptOrder } from '../accept-order/accept-order';
import type { OrderEvent } from '../fulfil-order/order-event';
import { agreed, type AnsweredChange, type ChangeMessage, type OrderProgress } from '../fulfil-order/order-state';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { unknownOrder } from '../out/unknown-order';
import { lookUpJob } from '../resume-lines/look-up-job';
import { decideChange, type AgreedChange } from './decide';

export interface Changed {
  readonly change: AnsweredChange;
  readonly order: StoredOrder;
}

/** What comes of a change beside what is given up. */
interface Agreement {
  readonly amended: OrderProgress['amended'];
  readonly followOn: string | undefined;
  readonly message: ChangeMessage | undefined;
}

/**
 * Changes an order until a node has picked it. What was agreed first never changes and the ERP knows it: less is a cancellation, and what
 * is added is checked, priced, reserved and posted as an order of its own, which follows this one.
 *
 * What is added is accepted first. A crash before the rest is mended by the same request again: both parts are known by its key.
 */
@Injectable()
export class ChangeOrder {
  constructor(
    private readonly database: Database,
    private readonly reference: ReferenceApi,
    private readonly accept: AcceptOrder,
    private readonly process: ProcessOrders,
    private readonly jobs: Jobs,
  ) {}

  /** Errors: ORDER_UNKNOWN, VERSION_STALE, ORDER_CLOSED, CHANGE_INVALID, CHANGE_TOO_LATE, ORDER_INVALID for what is added. */
  async change(request: ChangeOrderRequest, message?: ChangeMessage): Promise<Changed> {
    const { partner, id, key } = request;
    const before = await store.find(this.database.seenBy(partner), partner, id);
    if (!before) throw unknownOrder(id);
    const answered = answerOf(before, key);
    if (answered) return { change: answered, order: before };
    const { expectedVersion } = request;
    if (expectedVersion !== undefined && expectedVersion !== before.version) throw stale(before.version);
    const change = decideChange(before, request);
    const amended = await this.amendment(before, request);
    const followOn = change.more.length > 0 ? await this.add(before, change.more, request, amended) : undefined;
    return this.save(request, change, { amended, followOn, message });
  }

  /** Errors: CHANGE_INVALID for a ship-to that the partner does not have. */
  private async amendment(
    { contents }: StoredOrder,
    { partner, shipTo, requestedDate }: ChangeOrderRequest,
  ): Promise<OrderProgress['amended']> {
    const day = requestedDate === undefined ? {} : { requestedDate };
    if (shipTo === undefined) return day;
    const { today } = await this.process.surroundings();
    const { shipTo: place } = await this.reference.orderSnapshot({ partner, shipTo, items: [], date: today });
    if (place) return { ...day, shipTo: place.id, shipToAddress: place.address };
    const detail = `${contents.partner} has no ship-to ${shipTo}`;
    const findings = [{ code: 'SHIP_TO_UNKNOWN', detail, pointer: '/shipTo', seen: shipTo }];
    throw new CrossdockError({ code: 'CHANGE_INVALID', kind: 'invalid', message: 'the change is wrong', findings });
  }

  private async add(
    order: StoredOrder,
    lines: OrderLineRequest[],
    { key }: ChangeOrderRequest,
    amended: OrderProgress['amended'],
  ): Promise<string> {
    const { partner, channel, purchaseOrder, release = '', id, correlationId } = order.contents;
    const { shipTo, requestedDate } = { ...agreed(order), ...amended };
    const request: AcceptOrderRequest = {
      ...{ partner, channel, purchaseOrder, release: `${release.slice(0, 20)}+${shortNameOf(id, key)}` },
      ...{ shipTo, correlationId, lines },
      ...(requestedDate !== undefined && { requestedDate }),
    };
    return (await this.accept.accept(request, id)).order.contents.id;
  }

  /** Whatever a node has picked meanwhile is past recall, and the outcome says so. */
  private async save(
    { partner, id, key, reason }: ChangeOrderRequest,
    { less }: AgreedChange,
    { amended, followOn, message }: Agreement,
  ): Promise<Changed> {
    const around = await this.process.surroundings();
    return this.database.transaction(async (tx) => {
      const order = await store.lockOf(tx, partner, id);
      if (!order) throw unknownOrder(id);
      const before = answerOf(order, key);
      if (before) return { change: before, order };
      const events: OrderEvent[] = [];
      if (less.length > 0) events.push({ type: 'CANCEL', key, lines: less, ...(reason !== undefined && { reason }) });
      if (Object.keys(amended).length > 0) events.push({ type: 'AMENDED', amended });
      events.push({ type: 'CHANGED', key, ...(followOn !== undefined && { followOn }), ...(message && { message }) });
      const saved = await this.process.applyTo(tx, order, events, around);
      if (saved.contents.unplaced && amended.shipTo !== undefined) await this.jobs.enqueue(tx, [lookUpJob(id)]);
      return { change: answerOf(saved, key) ?? { key, outcome: 'APPLIED' }, order: saved };
    });
  }
}

function answerOf({ progress }: StoredOrder, key: string): AnsweredChange | undefined {
  return progress.changes.find((each) => each.key === key);
}

/** Eight digits that stand for this change in the release number of what it adds. */
function shortNameOf(order: string, key: string): string {
  return createHash('sha256').update(`${order}\n${key}`).digest('hex').slice(0, 8);
}

function stale(version: number): CrossdockError {
  const message = `the order is at version ${version}`;
  return new CrossdockError({ code: 'VERSION_STALE', kind: 'precondition', message, details: { version } });
}
