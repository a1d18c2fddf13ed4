import { Decimal } from '#canonical/decimal';
import { ORDER_STATUSES, type OrderStatus } from '#canonical/order';
import type { OrderPage, OrderSummary, OrderView } from '#contracts/orders/orders.dto';
import type { Client } from './client';
import type { Server } from './options';
import { errorsOf, reasonOf } from './problem';

export interface Counter {
  readonly client: Client;
  readonly server: Server;
}
export interface CountedOrder {
  readonly id: string;
  readonly status: OrderStatus;
  /** Shipped or cancelled. */
  readonly isEnded: boolean;
  /** All that is open is backordered, and nothing holds it. */
  readonly waitsForStock: boolean;
  readonly shipments: readonly string[];
}
export interface Census {
  readonly statuses: Record<OrderStatus, number>;
  /** Holds of orders that wait, by code. */
  readonly holds: Record<string, number>;
  readonly shipments: number;
  /** Shipments for which no carrier has given a number. */
  readonly withoutTracking: number;
  /** Ours, each. */
  readonly orders: readonly CountedOrder[];
  /** Ours that are neither terminal nor explained by a hold or a backorder. */
  readonly unexplained: readonly string[];
  /** I3, I4 and I8 as seen from outside. */
  readonly breaches: readonly { readonly invariant: string; readonly subject: string; readonly detail: string }[];
}

const LOOK_EVERY_MS = 500;
/** Orders that ship in parts leave and enter the states we watch: quiet for so long is the end. */
const QUIET_MS = 3_000;
const PAGE = 200;

/**
 * Waits until no order is on its way, or nothing has moved for `patience` seconds.
 * Returns the moment (ms since the epoch) of the last movement seen.
 */
export async function drained(counter: Counter, patience: number, say: (text: string) => void): Promise<number> {
  let last = '';
  let movedAt = Date.now();
  for (;;) {
    const { statuses } = await summaryOf(counter);
    const seen = JSON.stringify([...statuses].sort((a, b) => a.status.localeCompare(b.status)));
    if (seen !== last) {
      movedAt = Date.now();
      last = seen;
      say(statuses.map(({ status, count }) => `${status} ${count}`).join(', '));
    }
    const moving = countOf(statuses, 'ACCEPTED') + countOf(statuses, 'RELEASED');
    const quiet = Date.now() - movedAt;
    if (quiet > patience * 1000) return movedAt;
    if (moving === 0 && (countOf(statuses, 'PARTIALLY_SHIPPED') === 0 || quiet > QUIET_MS)) return movedAt;
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS));
  }
}

/** Orders by status, of everybody. Errors: Error when the operations key may not ask. */
export async function summaryOf({ client, server }: Counter): Promise<OrderSummary> {
  const answer = await client.call({ method: 'GET', path: '/operations/v1/summary', key: server.operationsKey });
  if (answer.status !== 200) throw new Error(`summary: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
  return answer.body as OrderSummary;
}

/** Reads every order of the partner page by page and counts those that are ours: what was accepted must be there (I4). */
export async function census({ client, server }: Counter, ours: ReadonlySet<string>): Promise<Census> {
  const tally = new Tally(ours);
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      partner: server.partner,
      limit: String(PAGE),
      ...(cursor === undefined ? {} : { cursor }),
    });
    const path = `/operations/v1/orders?${query.toString()}`;
    const answer = await client.call({ method: 'GET', path, key: server.operationsKey });
    if (answer.status !== 200) throw new Error(`orders: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
    const page = answer.body as OrderPage;
    for (const order of page.orders) tally.add(order);
    cursor = page.next;
  } while (cursor !== undefined);
  return tally.end();
}

class Tally {
  private readonly missing: Set<string>;
  private readonly statuses = Object.fromEntries(ORDER_STATUSES.map((status) => [status, 0])) as Record<
    OrderStatus,
    number
  >;
  private readonly holds: Record<string, number> = {};
  private readonly documents = new Map<string, string>();
  private readonly orders: CountedOrder[] = [];
  private readonly unexplained: string[] = [];
  private readonly breaches: { invariant: string; subject: string; detail: string }[] = [];
  private shipments = 0;
  private withoutTracking = 0;

  constructor(ours: ReadonlySet<string>) {
    this.missing = new Set(ours);
  }

  add(order: OrderView): void {
    if (!this.missing.delete(order.id)) return;
    this.statuses[order.status]++;
    this.orders.push(countedOrder(order));
    this.shipments += order.shipments.length;
    this.withoutTracking += order.shipments.filter(({ trackingNumbers }) => trackingNumbers.length === 0).length;
    for (const { code } of order.holds) this.holds[code] = (this.holds[code] ?? 0) + 1;
    if (!isExplained(order)) this.unexplained.push(`${order.id} (${order.purchaseOrder}) ${order.status}`);
    for (const detail of arithmeticFaults(order)) this.breaches.push({ invariant: 'I8', subject: order.id, detail });
    if (order.erpDocument === undefined) return;
    const other = this.documents.get(order.erpDocument);
    if (other !== undefined) this.breach('I3', order.id, `ERP document ${order.erpDocument} is that of ${other} too`);
    this.documents.set(order.erpDocument, order.id);
  }

  end(): Census {
    for (const id of this.missing) this.breach('I4', id, 'was acknowledged and is not there');
    const { statuses, holds, shipments, withoutTracking, orders, unexplained, breaches } = this;
    return { statuses, holds, shipments, withoutTracking, orders, unexplained, breaches };
  }

  private breach(invariant: string, subject: string, detail: string): void {
    this.breaches.push({ invariant, subject, detail });
  }
}

function countedOrder(order: OrderView): CountedOrder {
  const { id, status, holds, shipments } = order;
  return {
    ...{ id, status, isEnded: isEnded(status), waitsForStock: holds.length === 0 && waitsForStock(order) },
    shipments: shipments.map((shipment) => shipment.id),
  };
}

/** Terminal, held with a reason, or all that is open waits for stock. */
export function isExplained(order: Pick<OrderView, 'status' | 'holds' | 'lines'>): boolean {
  return isEnded(order.status) || order.holds.length > 0 || waitsForStock(order);
}

function isEnded(status: OrderStatus): boolean {
  return status === 'SHIPPED' || status === 'CANCELLED';
}

function waitsForStock({ lines }: Pick<OrderView, 'lines'>): boolean {
  return lines.every(({ open, backordered }) => new Decimal(open).eq(backordered));
}

/** I8: ordered = cancelled + shipped + open, none below zero, and a backorder is a part of what is open. */
export function arithmeticFaults({ lines }: Pick<OrderView, 'lines'>): string[] {
  return lines.flatMap(({ line, ordered, cancelled, shipped, open, backordered }) => {
    const sum = new Decimal(cancelled).plus(shipped).plus(open);
    const negative = [ordered, cancelled, shipped, open, backordered].some((value) => new Decimal(value).lt(0));
    const ok = sum.eq(ordered) && !negative && new Decimal(backordered).lte(open);
    return ok
      ? []
      : [
          `line ${line}: ordered ${ordered}, cancelled ${cancelled}, shipped ${shipped}, open ${open}, backordered ${backordered}`,
        ];
  });
}

function countOf(statuses: OrderSummary['statuses'], wanted: OrderStatus): number {
  return statuses.find(({ status }) => status === wanted)?.count ?? 0;
}
