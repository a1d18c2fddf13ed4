import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { Jobs, type RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { webhooksConfig, type WebhooksConfig } from '../config';
import { forgetDeliveries } from '../out/delivery.store';
import { forgetEvents } from '../out/event.store';

const QUEUE = 'webhooks.forget';
const PER_ROUND = 5_000;

/** Events and finished deliveries go when their days are over; the numbers of what partners were told of go on. */
@Injectable()
export class Forget implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(webhooksConfig.token) private readonly config: WebhooksConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, () => this.forget(), { concurrency: 1, maxAttempts: 1_000_000 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [{ queue: QUEUE, key: 'all', payload: null, delaySeconds: 60 }]);
  }

  /** Re-arms itself in the transaction that completes it. */
  private forget(): Promise<RecordOutcome> {
    return Promise.resolve(async (tx) => {
      const { eventDays } = this.config;
      const gone = [await forgetDeliveries(tx, eventDays, PER_ROUND), await forgetEvents(tx, eventDays, PER_ROUND)];
      const delaySeconds = gone.some((count) => count === PER_ROUND) ? 1 : 3_600;
      await this.jobs.enqueue(tx, [{ queue: QUEUE, key: 'all', payload: null, delaySeconds }]);
    });
  }
}
