import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { Jobs, type Job, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Database, type Transaction } from '#persistence/database';
import { exposure } from '../accept-order/checks/credit';
import { THE_PROCESS } from '../fulfil-order/holds';
import type { OrderEvent } from '../fulfil-order/order-event';
import type { Hold } from '../fulfil-order/order-state';
import type { Surroundings } from '../fulfil-order/planned';
import { ProcessOrders } from '../fulfil-order/process-orders';
import * as store from '../out/credit.store';
import * as orders from '../out/order.store';
import type { StoredOrder } from '../out/order.store';
import { Policies } from '../out/policies';
import { CreditBook, type CreditTerms } from './credit-book';
import { rechecked } from './decide-recheck';
import { creditFigures } from './figures';

const QUEUE = 'orders.credit-recheck';
const AT_ONCE = 200;

/**
 * Orders that the process itself holds for want of credit go on by themselves once they are within the limit: money has come, another order
 * was cancelled, the limit was raised. Oldest first; one that does not fit keeps no smaller one waiting. What a person held, a person
 * releases.
 */
@Injectable()
export class Recheck implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly reference: ReferenceApi,
    private readonly policies: Policies,
    private readonly process: ProcessOrders,
    private readonly book: CreditBook,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, (job) => this.look(job), { concurrency: 2 });
  }

  /** One for each of these customers of whom something is held. */
  async jobsFor(tx: Transaction, customers: readonly string[]): Promise<NewJob[]> {
    const waiting = await store.withHeld(tx, customers);
    return waiting.map((customer) => ({ queue: QUEUE, key: customer, payload: { customer } }));
  }

  /** Terms are read before anything is locked. */
  private async look({ payload }: Job): Promise<RecordOutcome> {
    const { customer } = payload as { customer: string };
    const around = await this.process.surroundings();
    const terms = new Map<string, CreditTerms | undefined>();
    for (const id of await store.held(this.database, customer, AT_ONCE)) {
      const order = await orders.findById(this.database, id);
      if (order && ownHolds(order).length > 0) terms.set(id, await this.termsOf(order, around));
    }
    return async (tx) => {
      if (terms.size === 0) return;
      await store.lock(tx, [customer]);
      for (const [id, agreed] of terms) await this.lookAt(tx, id, agreed, around);
    };
  }

  private async termsOf({ contents }: StoredOrder, { today }: Surroundings): Promise<CreditTerms | undefined> {
    const { partner, shipTo } = contents;
    const snapshot = await this.reference.orderSnapshot({ partner, shipTo, items: [], date: today });
    const { credit } = (await this.policies.of(partner)).policy;
    return snapshot.customer?.credit && { terms: snapshot.customer.credit, policy: credit };
  }

  private async lookAt(
    tx: Transaction,
    id: string,
    agreed: CreditTerms | undefined,
    around: Surroundings,
  ): Promise<void> {
    const [order] = await orders.lock(tx, [id]);
    const holds = order ? ownHolds(order) : [];
    if (!order || holds.length === 0) return;
    const position = agreed && (await this.book.position(order.contents.customer, agreed, tx));
    const together = position && exposure(position, around.today).plus(creditFigures(order).open);
    const events: OrderEvent[] = rechecked(order.contents, holds, position, together, agreed?.policy);
    if (events.length > 0) await this.process.applyTo(tx, order, events, around);
  }
}

function ownHolds({ progress }: StoredOrder): Hold[] {
  return progress.holds.filter(({ type, who, blocking }) => type === 'CREDIT' && who === THE_PROCESS && blocking);
}
