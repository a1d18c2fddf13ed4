import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { Jobs } from '#messaging/jobs';
import type { Job, NewJob, RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { Log } from '#service/logging';
import { erpConfig } from '../../config';
import type { ErpConfig } from '../../config';
import { ErpConnections } from '../../connections.service';
import { MASTER_DATA_QUEUE } from './master-data.queue';
import { MasterData } from './master-data';

const ROUND_QUEUE = 'erp.master-data-round';

/** Reads every connection's master data again and again: one timer starts the rounds, one job per connection does the reading. */
@Injectable()
export class MasterDataPoller implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly connections: ErpConnections,
    private readonly masterData: MasterData,
    private readonly log: Log,
    @Inject(erpConfig.token) private readonly config: ErpConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    this.jobs.handle(ROUND_QUEUE, () => this.round(), { concurrency: 1, maxAttempts: 1_000_000 });
    this.jobs.handle(MASTER_DATA_QUEUE, (job) => this.read(job), { concurrency: 4 });
    await this.jobs.enqueue(this.database, [{ queue: ROUND_QUEUE, payload: {}, key: 'round' }]);
  }

  private async round(): Promise<RecordOutcome> {
    const active = await this.connections.active();
    return async (tx: Transaction) => {
      const reading: NewJob[] = active.map(({ id }) => ({
        queue: MASTER_DATA_QUEUE,
        payload: { connection: id },
        key: id,
      }));
      const next: NewJob = {
        queue: ROUND_QUEUE,
        payload: {},
        key: 'round',
        delaySeconds: this.config.masterDataSeconds,
      };
      await this.jobs.enqueue(tx, [...reading, next]);
    };
  }

  /** An ERP that is away is no failed job: the next round comes anyway, and a dead job would hold the key for good. */
  private async read(job: Job): Promise<void> {
    const { connection } = job.payload as { connection: string };
    try {
      const told = await this.masterData.sync(connection);
      if (told.items + told.customers + told.prices > 0) this.log.info({ connection, ...told }, 'master data read');
    } catch (error) {
      const code = error instanceof CrossdockError ? error.code : 'DEFECT';
      const reason = error instanceof Error ? error.message : String(error);
      this.log.warn({ connection, code, reason }, 'master data not read; the next round tries again');
    }
  }
}
