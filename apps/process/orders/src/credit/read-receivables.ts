import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { ErpReceivables } from '#contracts/erp/erp.dto';
import { ErpApi } from '#contracts/erp/erp.api';
import { SHIPMENT_INVOICED, type ShipmentInvoiced } from '#contracts/events/shipments';
import { Jobs, type Job, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Subscriptions } from '#messaging/subscriptions';
import { Database } from '#persistence/database';
import { ordersConfig, type OrdersConfig } from '../config';
import * as store from '../out/credit.store';
import { READ_QUEUE, readAllJob } from './read-job';
import { Recheck } from './recheck';

const ROUND_QUEUE = 'orders.credit-round';
/** Customers in one question. */
const AT_ONCE = 200;

/** Asks the ERPs again and again what customers with a limit owe, and looks anew at what is held for want of credit. */
@Injectable()
export class ReadReceivables implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly subscriptions: Subscriptions,
    private readonly erp: ErpApi,
    private readonly recheck: Recheck,
    @Inject(ordersConfig.token) private readonly config: OrdersConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(ROUND_QUEUE, () => this.round(), { concurrency: 1, maxAttempts: 1_000_000 });
    this.jobs.handle(READ_QUEUE, (job) => this.read(job), { concurrency: 2 });
    this.subscriptions.batch<ShipmentInvoiced>('orders', SHIPMENT_INVOICED, async (events, tx) =>
      store.keepBilled(
        tx,
        events.map(({ time, data: { shipment, order, amounts } }) => ({
          ...{ shipment, order, at: time },
          ...(amounts && { amount: amounts.goods.amount }),
        })),
      ),
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [this.timer()]);
  }

  private timer(): NewJob {
    return { queue: ROUND_QUEUE, key: 'round', payload: null, delaySeconds: this.config.creditSeconds };
  }

  private async round(): Promise<RecordOutcome> {
    const byConnection = new Map<string, string[]>();
    for (const { customer, connection } of await store.list(this.database))
      byConnection.set(connection, [...(byConnection.get(connection) ?? []), customer]);
    const reading = [...byConnection].flatMap(([connection, customers]) =>
      sets(customers).map((set) => readAllJob(connection, set)),
    );
    return async (tx) => this.jobs.enqueue(tx, [...reading, this.timer()]);
  }

  /** An ERP that is away is no failed job: the next round comes anyway, and what was known stays. */
  private async read(job: Job): Promise<RecordOutcome> {
    const { connection, customers } = job.payload as { connection: string; customers: string[] };
    const told = await this.ask(connection, customers);
    return async (tx) => {
      if ('failure' in told) await store.unanswered(tx, customers, told.failure);
      else {
        await store.report(tx, told.customers, told.asOf);
        const unknown = customers.filter((each) => !told.customers.some(({ customer }) => customer === each));
        await store.unanswered(tx, unknown, `${connection} does not know the customer`);
      }
      await this.jobs.enqueue(tx, await this.recheck.jobsFor(tx, customers));
    };
  }

  private async ask(connection: string, customers: string[]): Promise<ErpReceivables | { failure: string }> {
    try {
      return await this.erp.receivables({ connection, customers });
    } catch (error) {
      if (!(error instanceof CrossdockError)) throw error;
      return { failure: `${error.code}: ${error.message}` };
    }
  }
}

function sets(customers: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(customers.length / AT_ONCE) }, (_, index) =>
    customers.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}
