import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError, type Finding } from '#canonical/errors';
import { newId } from '#canonical/ids';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { Database } from '#persistence/database';
import { Gatherer, type Outcome } from '#persistence/gather';
import { correlationId } from '#service/correlation';
import { acceptPolicy, ordersConfig, type OrdersConfig } from '../config';
import { decide as decideProcess, type Decision } from '../fulfil-order/decide';
import { newProgress } from '../fulfil-order/new-progress';
import { ProcessOrders } from '../fulfil-order/process-orders';
import { PartnerPolicies } from '../out/partner-policies';
import * as store from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { decide } from './decide';
import { filled } from './filled';
import { contentHash, purchaseOrderKey } from './purchase-order';

interface Candidate extends store.NewOrder {
  readonly decision: Decision;
}

export interface Accepted {
  readonly outcome: 'created' | 'replayed';
  readonly order: StoredOrder;
}

/** Checks an order against reference data and records it with its first commands. It waits for nothing but our own database. */
@Injectable()
export class AcceptOrder {
  private readonly recorder = new Gatherer<Candidate, StoredOrder | undefined>((candidates) => this.record(candidates));

  constructor(
    private readonly database: Database,
    private readonly reference: ReferenceApi,
    private readonly policies: PartnerPolicies,
    private readonly process: ProcessOrders,
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
  ): Promise<Candidate | { findings: readonly Finding[] }> {
    const around = await this.process.surroundings();
    const { partner, shipTo, lines } = request;
    const items = [...new Set(lines.map((line) => line.item))];
    const snapshot = await this.reference.orderSnapshot({ partner, shipTo, items, date: around.today });
    const identity = { id: newId('ord'), correlationId: request.correlationId ?? correlationId() };
    const policy = acceptPolicy(this.config);
    const acceptance = decide({ request, snapshot, today: around.today, policy }, identity);
    if (!acceptance.accepted) return acceptance;
    const { warnings, holds } = acceptance;
    const contents = filled(acceptance.contents, await this.policies.current(partner), request, follows);
    const decision = decideProcess(
      { contents, progress: newProgress(contents, warnings, holds, around.now) },
      [],
      around,
      1,
    );
    return {
      state: decision.state,
      decision,
      purchaseOrderKey: purchaseOrderKey(request.purchaseOrder),
      contentHash: contentHash(request),
    };
  }

  /** Orders, first commands and events of a set, in one transaction. Undefined for a purchase order that is known. */
  private record(candidates: readonly Candidate[]): Promise<Outcome<StoredOrder | undefined>[]> {
    return this.database.transaction(async (tx) => {
      const created = await store.insert(tx, candidates, this.config.answerHours);
      const fresh = candidates.filter(({ state }) => created.has(state.contents.id));
      await this.process.dispatch(
        tx,
        fresh.map(({ decision }) => decision),
      );
      return candidates.map(({ state }) => {
        const at = created.get(state.contents.id);
        return { value: at && { ...state, version: 1, createdAt: at, updatedAt: at } };
      });
    });
  }

  private async replayed(request: AcceptOrderRequest): Promise<Accepted | undefined> {
    const { partner, purchaseOrder, release = '' } = request;
    const order = await store.known(this.database, partner, purchaseOrderKey(purchaseOrder), release);
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

function invalid(findings: readonly Finding[]): CrossdockError {
  const count = findings.filter((finding) => finding.severity === 'REJECT').length;
  const message = `the order has ${count} fault${count === 1 ? '' : 's'}`;
  return new CrossdockError({ code: 'ORDER_INVALID', kind: 'invalid', message, findings });
}
