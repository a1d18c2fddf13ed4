import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { purgeArchive } from '#messaging/archive';
import { Jobs } from '#messaging/jobs';
import type { RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { exceptionsConfig } from '../config';
import type { ExceptionsConfig } from '../config';

const QUEUE = 'exceptions.archive-purge';
const PER_ROUND = 2_000;

/** Payloads are kept as long as policy says; ids and hashes of what came in stay, so that it is recognised for ever. */
@Injectable()
export class PurgeArchive implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    @Inject(exceptionsConfig.token) private readonly config: ExceptionsConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(QUEUE, () => this.purge(), { concurrency: 1, maxAttempts: 1_000_000 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [{ queue: QUEUE, key: 'all', payload: null, delaySeconds: 60 }]);
  }

  /** Re-arms itself in the transaction that completes it. */
  private purge(): Promise<RecordOutcome> {
    return Promise.resolve(async (tx) => {
      const purged = await purgeArchive(tx, this.config.archiveDays, PER_ROUND);
      const delaySeconds = purged >= PER_ROUND ? 1 : 3_600;
      await this.jobs.enqueue(tx, [{ queue: QUEUE, key: 'all', payload: null, delaySeconds }]);
    });
  }
}
