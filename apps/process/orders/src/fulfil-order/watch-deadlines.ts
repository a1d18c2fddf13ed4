import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Jobs, type RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { expired, overdue } from '../out/order-list.store';
import { ProcessOrders } from './process-orders';

const QUEUE = 'orders.deadlines';
const EVERY_SECONDS = 60;
const AT_ONCE = 200;

/**
 * An order that waits longer than it should for an answer is held, so that somebody looks; an answer lifts the hold. One whose last
 * day has passed loses what no node works on. Both by the clock of the database.
 */
@Injectable()
export class WatchDeadlines implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly orders: ProcessOrders,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, () => this.look(), { concurrency: 1 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [timer(EVERY_SECONDS)]);
  }

  /** Re-arms itself in the transaction that completes it. */
  private async look(): Promise<RecordOutcome> {
    const late = await overdue(this.database, AT_ONCE);
    const over = await expired(this.database, AT_ONCE);
    return async (tx) => {
      const overdueEvent = { type: 'OVERDUE', detail: 'an answer of a backend or a node is overdue' } as const;
      await this.orders.apply(tx, [
        ...late.map((order) => ({ order, event: overdueEvent })),
        ...over.map((order) => ({ order, event: { type: 'EXPIRED' } as const })),
      ]);
      await this.jobs.enqueue(tx, [timer(Math.max(late.length, over.length) === AT_ONCE ? 1 : EVERY_SECONDS)]);
    };
  }
}

function timer(delaySeconds: number): { queue: string; key: string; payload: null; delaySeconds: number } {
  return { queue: QUEUE, key: 'look', payload: null, delaySeconds };
}
