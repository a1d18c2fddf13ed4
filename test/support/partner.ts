import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Answer } from './client';

/** An order as a partner keeps it in its own books, with what it was told. */
export interface PlacedOrder {
  readonly purchaseOrder: string;
  readonly content: object;
  readonly idempotencyKey: string | undefined;
  /** Ids that a 2xx has named. More than one is a broken promise. */
  readonly ids: Set<string>;
  cancelled: boolean;
  attempts: number;
}

/**
 * A partner that gives up on nothing: whatever gets no answer, or an answer that says "later", is sent again with the same purchase
 * order number and key. A definite refusal is an error.
 */
export class PatientPartner {
  readonly orders: PlacedOrder[] = [];
  /** Answers that a partner should never see, by status and code. */
  readonly oddities: string[] = [];

  constructor(
    private readonly client: () => Client,
    private readonly patienceSeconds = 240,
  ) {}

  async place(purchaseOrder: string, content: object, idempotencyKey?: string): Promise<PlacedOrder> {
    const order: PlacedOrder = {
      purchaseOrder,
      content,
      idempotencyKey,
      ids: new Set(),
      cancelled: false,
      attempts: 0,
    };
    this.orders.push(order);
    await this.send(order);
    return order;
  }

  /** Sends it (again) until it is acknowledged. */
  async send(order: PlacedOrder): Promise<Answer> {
    const headers: Record<string, string> =
      order.idempotencyKey === undefined ? {} : { 'idempotency-key': order.idempotencyKey };
    const answer = await this.insist(order.purchaseOrder, () => {
      order.attempts += 1;
      return this.client().post('/portal/v1/orders', { purchaseOrder: order.purchaseOrder, ...order.content }, headers);
    });
    order.ids.add(answer.body.id as string);
    return answer;
  }

  async cancel(order: PlacedOrder): Promise<Answer> {
    const [id] = order.ids;
    const answer = await this.insist(`cancellation of ${order.purchaseOrder}`, () =>
      this.client().post(
        `/portal/v1/orders/${id}/cancel`,
        { reason: 'ordered twice' },
        { 'idempotency-key': `cancel-${order.purchaseOrder}` },
      ),
    );
    order.cancelled = true;
    return answer;
  }

  private async insist(what: string, call: () => Promise<Answer>): Promise<Answer> {
    const deadline = Date.now() + this.patienceSeconds * 1000;
    let last = 'nothing sent';
    while (Date.now() < deadline) {
      try {
        const answer = await call();
        if (answer.status < 300) return answer;
        last = `${answer.status} ${JSON.stringify(answer.body)}`;
        if (!saysLater(answer)) throw new Refused(`${what}: ${last}`);
        if (answer.status === 500) this.oddities.push(`${what}: ${last}`);
      } catch (error) {
        if (error instanceof Refused) throw error;
        last = String(error);
      }
      await sleep(100);
    }
    throw new Error(`${what} got no answer within ${this.patienceSeconds} s; last: ${last}`);
  }
}

class Refused extends Error {}

/** A 409 that names a time: the first request with the key is still being worked on. */
function saysLater({ status, headers }: Answer): boolean {
  return status >= 500 || status === 429 || status === 408 || (status === 409 && headers.has('retry-after'));
}
