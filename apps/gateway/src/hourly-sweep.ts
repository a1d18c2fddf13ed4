import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { IdempotencyStore } from './idempotency/idempotency.store';
import { PeopleStore } from './people/people.store';
import { RequestLogStore } from './requests/request-log.store';

const QUEUE = 'gateway.idempotency-sweep';
const HOUR = 3600;

/** Once an hour, in one process of all, what is past its days is deleted: kept answers, logged requests, sessions. */
@Injectable()
export class HourlySweep implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly idempotency: IdempotencyStore,
    private readonly requests: RequestLogStore,
    private readonly people: PeopleStore,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, async () => {
      await this.idempotency.sweep();
      await this.requests.sweep();
      await this.people.sweep();
      return (tx) => this.jobs.enqueue(tx, [this.next()]);
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [this.next()]);
  }

  /** Named by its hour, so that several gateways arm one sweep and a running sweep can arm the next. */
  private next() {
    const hour = Math.floor(Date.now() / 1000 / HOUR) + 1;
    return { queue: QUEUE, payload: {}, key: `hour-${hour}`, delaySeconds: HOUR };
  }
}
