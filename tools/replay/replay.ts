import { Decimal, plain, sum } from '#canonical/decimal';
import type { CancelEdgeOrderResponse, EdgeOrder } from '#contracts/edge/edge-orders.dto';
import type { Answer, Client } from './client';
import { planOf, UNIT, type Plan, type ReversalLine, type SentOrder } from './mapping';
import type { Server } from './options';
import { errorsOf, reasonOf } from './problem';
import type { ReversalIndex, Taken } from './reversal';
import type { AskedCancel, Outcome, PlacedOrder, StateFile } from './state';
import type { Invoice } from './trade';

export interface ReplayParts {
  readonly client: Client;
  readonly server: Server;
  readonly state: StateFile;
  readonly index: ReversalIndex;
}

/** Takes invoices to their outcome, one at a time per customer. */
export class Replay {
  constructor(private readonly parts: ReplayParts) {}

  /** An invoice that an earlier run has finished: only what later reversals need of it is learned again. */
  recall(invoice: Invoice, outcome: Outcome): void {
    const plan = planOf(invoice);
    if (plan.kind === 'orders') for (const order of plan.orders) this.learn(invoice, order, outcome.orders ?? []);
    if (plan.kind === 'reversal') this.match(invoice, plan.lines);
  }

  /** Ends with the outcome on disk. Errors: ServerAway. */
  async run(invoice: Invoice): Promise<Outcome> {
    const plan = planOf(invoice);
    const outcome = { position: invoice.position, invoice: invoice.number, ...(await this.outcomeOf(invoice, plan)) };
    await this.parts.state.record(outcome);
    return outcome;
  }

  private outcomeOf(invoice: Invoice, plan: Plan): Promise<Ending> {
    if (plan.kind === 'orders') return this.place(invoice, plan);
    if (plan.kind === 'reversal') return this.reverse(invoice, plan.lines);
    return Promise.resolve({ bucket: 'not-sent', reason: plan.reason });
  }

  private async place(invoice: Invoice, plan: Extract<Plan, { kind: 'orders' }>): Promise<Ending> {
    const placed: PlacedOrder[] = [];
    const faults: string[] = [];
    let fresh = 0;
    for (const order of plan.orders) {
      const answer = await this.post(order);
      if (answer.status !== 201 && answer.status !== 200) {
        faults.push(...errorsOf(answer).map(reasonOf));
        continue;
      }
      if (answer.status === 201 && !answer.repeated) fresh++;
      const { id } = answer.body as EdgeOrder;
      placed.push({ id, ...(order.release === undefined ? {} : { release: order.release }), ms: answer.milliseconds });
      this.learn(invoice, order, placed);
    }
    const [reason, ...also] = [...new Set(faults)];
    const extras = {
      ...(placed.length > 0 ? { orders: placed } : {}),
      ...(plan.writeOffs > 0 ? { writeOffs: plan.writeOffs } : {}),
    };
    if (reason !== undefined) return { bucket: 'rejected', reason, ...(also.length > 0 ? { also } : {}), ...extras };
    return { bucket: fresh > 0 ? 'accepted' : 'replayed', ...extras };
  }

  private post(order: SentOrder): Promise<Answer> {
    const idempotencyKey = `replay-${order.purchaseOrder}-${order.release ?? '0'}`;
    const key = this.parts.server.portalKey;
    return this.parts.client.call({ method: 'POST', path: '/portal/v1/orders', key, body: order, idempotencyKey });
  }

  private learn(invoice: Invoice, order: SentOrder, placed: readonly PlacedOrder[]): void {
    const known = placed.find(({ release }) => release === order.release);
    if (!known) return;
    const lines = order.lines.map(({ line, item, quantity, unitPrice }) => ({
      line,
      item,
      quantity: quantity.value,
      unitPrice: unitPrice?.amount ?? '0',
    }));
    this.parts.index.ordered(invoice.customer, known.id, lines);
  }

  private match(invoice: Invoice, lines: readonly ReversalLine[]): { taken: Taken[]; missing: string } {
    if (invoice.customer === '') return { taken: [], missing: sum(lines.map(({ quantity }) => quantity)) };
    const matches = lines.map(({ item, quantity, unitPrice }) =>
      this.parts.index.take(invoice.customer, item, quantity, unitPrice),
    );
    return { taken: matches.flatMap(({ taken }) => taken), missing: sum(matches.map(({ missing }) => missing)) };
  }

  private async reverse(invoice: Invoice, lines: readonly ReversalLine[]): Promise<Ending> {
    if (lines.length === 0) return { bucket: 'reversal', reason: 'CREDIT_ONLY' };
    const { taken, missing } = this.match(invoice, lines);
    if (taken.length === 0) {
      const units = { cancelled: '0', returned: '0', missing };
      return { bucket: 'reversal', reason: invoice.customer === '' ? 'NO_CUSTOMER' : 'NO_ORIGINAL', units };
    }
    const asked = this.parts.state.asking.get(invoice.position) ?? (await this.openOf(taken));
    if (asked.length > 0) await this.parts.state.willAsk(invoice.position, asked);
    let cancelled = new Decimal(0);
    const pending: AskedCancel[] = [];
    const also: string[] = [];
    for (const order of new Set(asked.map((each) => each.order))) {
      const ours = asked.filter((each) => each.order === order);
      const result = await this.cancel(invoice, order, ours);
      cancelled = cancelled.plus(result.cancelled);
      pending.push(...result.pending);
      also.push(...result.faults);
    }
    const waiting = sum(pending.map(({ quantity }) => quantity));
    const returned = plain(new Decimal(sum(taken.map(({ quantity }) => quantity))).minus(cancelled).minus(waiting));
    const units = { cancelled: plain(cancelled), returned, missing };
    const reason = pending.length > 0 ? 'CANCEL_REQUESTED' : reversalReason(units);
    return {
      ...{ bucket: 'reversal', reason, units },
      ...(pending.length > 0 ? { asked: pending } : {}),
      ...(also.length > 0 ? { also: [...new Set(also)] } : {}),
    };
  }

  /** The part of what is taken back that has not left yet, by order line. */
  private async openOf(taken: readonly Taken[]): Promise<AskedCancel[]> {
    const asked: AskedCancel[] = [];
    for (const order of new Set(taken.map((each) => each.order))) {
      const answer = await this.parts.client.call({
        ...{ method: 'GET', path: `/portal/v1/orders/${order}`, key: this.parts.server.portalKey },
      });
      if (answer.status !== 200) continue;
      for (const line of (answer.body as EdgeOrder).lines) {
        const wanted = sum(
          taken.filter((each) => each.order === order && each.line === line.line).map(({ quantity }) => quantity),
        );
        const quantity = plain(Decimal.min(wanted, line.open.value));
        if (quantity !== '0') asked.push({ order, line: line.line, quantity, before: line.cancelled.value });
      }
    }
    return asked;
  }

  private async cancel(invoice: Invoice, order: string, asked: readonly AskedCancel[]): Promise<CancelResult> {
    const answer = await this.parts.client.call({
      ...{ method: 'POST', path: `/portal/v1/orders/${order}/cancel`, key: this.parts.server.portalKey },
      idempotencyKey: `replay-${invoice.number}-${invoice.part}-${order}`,
      body: {
        lines: asked.map(({ line, quantity }) => ({ line, quantity: { value: quantity, unit: UNIT } })),
        reason: `reversed by ${invoice.number}`,
      },
    });
    if (answer.status !== 200) return { cancelled: '0', pending: [], faults: errorsOf(answer).map(reasonOf) };
    const { outcome, order: now } = answer.body as CancelEdgeOrderResponse;
    const done = asked.map((each) => ({ ...each, done: cancelledSince(now, each) }));
    const open = outcome === 'REQUESTED' ? done.filter((each) => new Decimal(each.done).lt(each.quantity)) : [];
    return {
      cancelled: sum(done.map((each) => each.done)),
      pending: open.map(({ done: already, ...each }) => ({
        ...each,
        quantity: plain(new Decimal(each.quantity).minus(already)),
        before: plain(new Decimal(each.before).plus(already)),
      })),
      faults: [],
    };
  }
}

type Ending = Omit<Outcome, 'position' | 'invoice'>;
interface CancelResult {
  readonly cancelled: string;
  readonly pending: readonly AskedCancel[];
  readonly faults: readonly string[];
}

/** Cancelled on the line since we asked, at most what we asked for. */
export function cancelledSince(order: Pick<EdgeOrder, 'lines'>, { line, quantity, before }: AskedCancel): string {
  const now = order.lines.find((each) => each.line === line)?.cancelled.value ?? before;
  return plain(Decimal.max(0, Decimal.min(quantity, new Decimal(now).minus(before))));
}

export function reversalReason({ cancelled, returned, missing }: NonNullable<Outcome['units']>): string {
  if (cancelled !== '0') return returned === '0' && missing === '0' ? 'CANCELLED' : 'PARTLY_CANCELLED';
  return returned === '0' ? 'NO_ORIGINAL' : 'RETURN_EXPECTED';
}
