import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { EXCEPTION_BREACHED, type ExceptionBreached } from '#contracts/events/exceptions';
import { Jobs } from '#messaging/jobs';
import type { RecordOutcome } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import type { NewEvent } from '#messaging/outbox';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { exceptionsConfig } from '../config';
import type { ExceptionsConfig } from '../config';
import type { Exception } from '../keep-exception/exception';
import * as store from '../out/exception.store';

const QUEUE = 'exceptions.due';
const PER_ROUND = 500;

/** Whoever is past its due time is told of once: by an event, and in the log. */
@Injectable()
export class WatchDue implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly outbox: Outbox,
    private readonly log: Log,
    @Inject(exceptionsConfig.token) private readonly config: ExceptionsConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, () => this.look(), { concurrency: 1, maxAttempts: 1_000_000, maxBackoffSeconds: 60 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [{ queue: QUEUE, key: 'all', payload: null }]);
  }

  /** Re-arms itself in the transaction that tells. */
  private look(): Promise<RecordOutcome> {
    return Promise.resolve(async (tx) => {
      const late = await store.takeBreached(tx, PER_ROUND);
      await this.outbox.publish(tx, late.map(breachOf)); // prettier-ignore
      for (const { id, key, queue, dueAt } of late) this.log.warn({ id, key, queue, dueAt }, 'an exception is overdue');
      const delaySeconds = late.length === PER_ROUND ? 0 : this.config.deadWorkSeconds;
      await this.jobs.enqueue(tx, [{ queue: QUEUE, key: 'all', payload: null, delaySeconds }]);
    });
  }
}

function breachOf(exception: Exception): NewEvent<ExceptionBreached> {
  const { id, key, tier, domain, code, queue, assignee, partner, order, dueAt, correlationId } = exception;
  return {
    ...{ type: EXCEPTION_BREACHED, source: 'process/exceptions', subject: key, partitionKey: key, correlationId },
    data: {
      ...{ exception: id, key, tier, domain, code, queue, dueAt },
      ...(assignee === null ? {} : { assignee }),
      ...(partner === null ? {} : { partner }),
      ...(order === null ? {} : { order }),
    },
  };
}
