import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { Database } from '#persistence/database';
import { Gather } from '../accept-order/gather';
import { contentHash } from '../accept-order/purchase-order';
import type { ChangeMessage } from '../fulfil-order/order-state';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { ChangeOrder } from './change-order';
import { decideChange } from './decide';
import { restate } from './restate';

/** A purchase order that is said anew, whole (REPLACE) or in part (CHANGE), becomes changes of the orders there are. */
@Injectable()
export class RestateOrder {
  constructor(
    private readonly database: Database,
    private readonly gather: Gather,
    private readonly process: ProcessOrders,
    private readonly changes: ChangeOrder,
  ) {}

  /**
   * The same message again changes nothing. Errors: CHANGE_STALE, CHANGE_CONFLICT, ORDER_CLOSED, CHANGE_INVALID, CHANGE_TOO_LATE, ORDER_INVALID
   * for what is added; with `order` in their details.
   */
  async restate(request: AcceptOrderRequest, first: StoredOrder): Promise<{ changed: boolean; order: StoredOrder }> {
    const { partner, id } = first.contents;
    try {
      const family = [first, ...(await store.followers(this.database, id))];
      const message = messageOf(request);
      const known = judge(family, message);
      const incoming = await this.gather.incoming(request, await this.process.surroundings());
      const wanted = restate(family, incoming);
      // All of it is possible, or nothing is done.
      for (const { order, change } of wanted) if (!known) decideChange(order, change);
      for (const { order, change } of wanted)
        await this.changes.change({ ...change, partner, id: order.contents.id, key: keyOf(message) }, message);
      const order = (await store.find(this.database.seenBy(partner), partner, id)) ?? first;
      return { changed: wanted.length > 0 && !known, order };
    } catch (error) {
      throw error instanceof CrossdockError ? ofOrder(error, id) : error;
    }
  }
}

function messageOf(request: AcceptOrderRequest): ChangeMessage {
  const { purpose = 'REPLACE', changeSequence: sequence } = request;
  return { content: `${purpose}:${contentHash(request)}`, ...(sequence !== undefined && { sequence }) };
}

function keyOf({ sequence, content }: ChangeMessage): string {
  return `message:${sequence ?? content}`;
}

/**
 * True: it is the last message again. Errors: CHANGE_STALE for one that a later message has overtaken; CHANGE_CONFLICT for a sequence that
 * came with other content.
 */
function judge(family: readonly StoredOrder[], { sequence, content }: ChangeMessage): boolean {
  const taken = family.flatMap(({ progress }) => progress.changes.flatMap(({ message }) => message ?? []));
  const last = taken.reduce<(typeof taken)[0] | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined);
  if (last === undefined) return false;
  if (sequence !== undefined) {
    const same = taken.find((each) => each.sequence === sequence);
    if (same && same.content !== content) throw conflict('CHANGE_CONFLICT', `change ${sequence} came before with other content`); // prettier-ignore
    const newest = Math.max(...taken.map((each) => each.sequence ?? 0));
    if (sequence < newest) throw conflict('CHANGE_STALE', `change ${sequence} is older than ${newest}, which counts`);
    return same !== undefined;
  }
  if (last.content === content) return true;
  if (!taken.some((each) => each.content === content)) return false;
  throw conflict(
    'CHANGE_STALE',
    'a later change has replaced this content; if it is meant anew, give it a changeSequence',
  );
}

function conflict(code: string, message: string): CrossdockError {
  return new CrossdockError({ code, kind: 'conflict', message });
}

function ofOrder({ code, kind, message, findings, details }: CrossdockError, order: string): CrossdockError {
  return new CrossdockError({ code, kind, message, details: { ...details, order }, findings });
}
