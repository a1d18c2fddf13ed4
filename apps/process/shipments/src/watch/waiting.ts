import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { Jobs } from '#messaging/jobs';
import type { NewJob, RecordOutcome } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { shipmentsConfig } from '../config';
import type { ShipmentsConfig } from '../config';
import * as store from '../out/waiting.store';
import { alertEarly } from '../out/said-correction.store';
import { correctionEarly, erpOrderCame, erpOrderMissing, waits } from '../troubles';

const QUEUE = 'shipments.waiting';
const EVERY_SECONDS = 60;

/** Out of order is no error: it waits. What has waited too long is told to a person, once, and told again to be over. */
@Injectable()
export class Waiting implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    @Inject(shipmentsConfig.token) private readonly config: ShipmentsConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, () => Promise.resolve(this.look()), { concurrency: 1 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [soon]);
  }

  /** Shipments whose sales order has come at last. */
  async orderCame(tx: Transaction, shipments: readonly string[]): Promise<void> {
    if (shipments.length === 0) return;
    await this.outbox.publish(tx, (await store.wereWaitingForErp(tx, shipments)).map(erpOrderCame)); // prettier-ignore
  }

  /** Tells of everything that waits longer than `parkedAlertMinutes`. */
  async tell(tx: Transaction): Promise<void> {
    const { parkedAlertMinutes: minutes } = this.config;
    const parked = await store.alertParked(tx, minutes);
    const missing = await store.alertMissingErpOrders(tx, minutes);
    const early = await alertEarly(tx, minutes);
    await this.outbox.publish(tx, [
      ...parked.map(waits),
      ...missing.map(erpOrderMissing),
      ...early.map(correctionEarly),
    ]);
  }

  private look(): RecordOutcome {
    return async (tx) => {
      await this.tell(tx);
      await this.jobs.enqueue(tx, [soon]);
    };
  }
}

const soon: NewJob = { queue: QUEUE, key: 'look', payload: {}, delaySeconds: EVERY_SECONDS };
