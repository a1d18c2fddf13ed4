import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { newId } from '#canonical/ids';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import type { OrderFinding } from '#contracts/orders/validation.dto';
import { Jobs } from '#messaging/jobs';
import { Database, type Transaction } from '#persistence/database';
import { crashPoint } from '#persistence/crash-point';
import { Gatherer, type Outcome } from '#persistence/gather';
import { correlationId } from '#service/correlation';
import { CreditBook, type CreditClaim } from '../credit/credit-book';
import { keepWorth } from '../credit/keep-worth';
import { ordersConfig, type OrdersConfig } from '../config';
import { decide as decideProcess, type Decision } from '../fulfil-order/decide';
import { newProgress } from '../fulfil-order/new-progress';
import type { OrderProgress, OrderState } from '../fulfil-order/order-state';
import { parkedLines } from '../fulfil-order/parked';
import { quantityOf } from '../fulfil-order/quantities';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { replaceParked } from '../out/parked-line.store';
import { lookUpJob } from '../resume-lines/look-up-job';
import { creditOf } from './credit-claim';
import { decide } from './decide';
import { filled } from './filled';
import { Gather } from './gather';
import { contentHash, purchaseOrderKey } from './purchase-order';

interface Candidate extends store.NewOrder {
  readonly decision: Decision;
  /** Absent: the customer has no credit limit. */
  readonly credit?: CreditClaim;
}

/** OVERTAKEN: another order has taken the credit meanwhile; look again. */
type Recorded = StoredOrder | 'OVERTAKEN' | undefined;

export interface Accepted {
  readonly outcome: 'created' | 'replayed' | 'changed';
  readonly order: StoredOrder;
}

/** Checks an order against reference data and records it with its first commands. It waits for nothing but our own database. */
@Injectable()
export class AcceptOrder {
  private readonly recorder = new Gatherer<Candidate, Recorded>((candidates) => this.record(candidates));

  constructor(
    private readonly database: Database,
    private readonly gather: Gather,
    private readonly process: ProcessOrders,
    private readonly jobs: Jobs,
    private readonly credit: CreditBook,
    @Inject(ordersConfig.token) private readonly config: OrdersConfig,
  ) {}

  /** `follows` is the order that this one adds to. Errors: ORDER_INVALID with all findings, PURCHASE_ORDER_CONFLICT. */
  async accept(request: AcceptOrderRequest, follows?: string): Promise<Accepted> {
    const candidate = await this.candidateOf(request, follows);
    if ('findings' in candidate) {
      // Accepted once, it stays accepted, whatever has become of its items since.
      const before = await this.replayed(request);
      if (before) return before;
      throw invalid(candidate.findings);
    }
    const created = await this.recorder.call(candidate);
    crashPoint('order.recorded');
    // Each turn somebody else was given credit, so it ends: at the latest when there is none left and the order is held.
    if (created === 'OVERTAKEN') return this.accept(request, follows);
    if (created) return { outcome: 'created', order: created };
    const before = await this.replayed(request);
    if (before) return before;
    throw new CrossdockError({
      code: 'ORDER_LOST',
      kind: 'defect',
      message: `${request.purchaseOrder} was neither new nor known`,
    });
  }

  private async candidateOf(
    request: AcceptOrderRequest,
    follows: string | undefined,
  ): Promise<Candidate | { findings: readonly OrderFinding[] }> {
    const around = await this.process.surroundings();
    const incoming = await this.gather.incoming(request, around);
    const identity = { id: newId('ord'), correlationId: request.correlationId ?? correlationId() };
    const acceptance = decide(incoming, identity);
    if (!acceptance.accepted) return acceptance;
    const { warnings, holds, dropped } = acceptance;
    const contents = filled(acceptance.contents, incoming.fulfilment, request, follows);
    const progress = without(newProgress(contents, warnings, holds, around.now), dropped);
    const decision = decideProcess({ contents, progress }, [], around, 1);
    return {
      state: decision.state,
      decision,
      ...creditOf(incoming, decision.state, acceptance),
      purchaseOrderKey: purchaseOrderKey(request.purchaseOrder, incoming.policy.purchaseOrder),
      contentHash: contentHash(request),
    };
  }

  /** Orders, first commands and events of a set, in one transaction. Undefined for a purchase order that is known. */
  private record(candidates: readonly Candidate[]): Promise<Outcome<Recorded>[]> {
    return this.database.transaction(async (tx) => {
      const overtaken = await this.credit.overtaken(
        tx,
        candidates.map(({ credit }) => credit),
      );
      const sound = candidates.filter((_, index) => !overtaken.has(index));
      const created = await store.insert(tx, sound, this.config.answerHours);
      const fresh = sound.filter(({ state }) => created.has(state.contents.id));
      await keepWorth(
        tx,
        fresh.map(({ state }) => state),
      );
      await this.process.dispatch(
        tx,
        fresh.map(({ decision }) => decision),
      );
      await this.park(
        tx,
        fresh.map(({ state }) => state),
      );
      crashPoint('order.recording');
      return candidates.map(({ state }, index) => {
        if (overtaken.has(index)) return { value: 'OVERTAKEN' };
        const at = created.get(state.contents.id);
        return { value: at && { version: 1, createdAt: at, updatedAt: at, ...state } };
      });
    });
  }

  /** Looked up once more when it is recorded: a code that was put since the snapshot is told to nobody again. */
  private async park(tx: Transaction, orders: readonly OrderState[]): Promise<void> {
    const waiting = orders.filter((order) => order.contents.unplaced || parkedLines(order).length > 0);
    if (waiting.length === 0) return;
    await replaceParked(tx, waiting);
    await this.jobs.enqueue(
      tx,
      waiting.map(({ contents }) => lookUpJob(contents.id)),
    );
  }

  private async replayed(request: AcceptOrderRequest): Promise<Accepted | undefined> {
    const { partner, purchaseOrder, release = '' } = request;
    const order = await store.known(this.database, partner, await this.gather.keyOf(request), release);
    if (!order) return undefined;
    if (order.contentHash === contentHash(request)) return { outcome: 'replayed', order };
    throw new CrossdockError({
      code: 'PURCHASE_ORDER_CONFLICT',
      kind: 'conflict',
      message: `purchase order ${purchaseOrder} is order ${order.contents.id}, with other content`,
      details: { order: order.contents.id },
    });
  }
}

/** A line that was dropped is cancelled from the start: nothing of it is asked of anybody. */
function without(progress: OrderProgress, dropped: readonly number[]): OrderProgress {
  for (const line of progress.lines.filter((each) => dropped.includes(each.line))) {
    line.cancelled = quantityOf(line.parts).toFixed();
    line.parts = [];
  }
  return progress;
}

function invalid(found: readonly OrderFinding[]): CrossdockError {
  const findings = found.map(({ check: _check, line: _line, ...finding }) => finding);
  const count = findings.filter((finding) => finding.severity === 'REJECT').length;
  const message = `the order has ${count} fault${count === 1 ? '' : 's'}`;
  return new CrossdockError({ code: 'ORDER_INVALID', kind: 'invalid', message, findings });
}
