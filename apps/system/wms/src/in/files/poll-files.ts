import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { Jobs } from '#messaging/jobs';
import type { Job, RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { wmsConfig } from '../../config';
import type { WmsConfig } from '../../config';
import { WmsConnections } from '../../wms-connections';
import type { FilePort, InboundFile } from '../../wms.port';
import { LoadFile } from './load-file';

const SWEEP_QUEUE = 'wms.files.sweep';
const POLL_QUEUE = 'wms.files.poll';
const FILES_PER_POLL = 20;

/**
 * Looks into the folders of file warehouses: one job per connection that arms itself again, so that one process at a time reads a
 * folder. A sweep arms connections that are new or were resumed. Neither ever ends dead: a folder that cannot be read is tried again.
 */
@Injectable()
export class PollFiles implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly connections: WmsConnections,
    private readonly loader: LoadFile,
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly log: Log,
    @Inject(wmsConfig.token) private readonly config: WmsConfig,
  ) {}

  onModuleInit(): void {
    const forEver = { maxAttempts: 1_000_000 };
    this.jobs.handle(SWEEP_QUEUE, () => this.sweep(), { concurrency: 1, ...forEver });
    this.jobs.handle(POLL_QUEUE, (job) => this.poll(job), { concurrency: 5, ...forEver });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [{ queue: SWEEP_QUEUE, key: 'all', payload: null }]);
  }

  private async sweep(): Promise<RecordOutcome> {
    const polled: string[] = [];
    for (const { id } of await this.connections.active()) if (await this.filesOf(id)) polled.push(id);
    return async (tx) => {
      await this.jobs.enqueue(tx, [
        ...polled.map((id) => ({ queue: POLL_QUEUE, key: id, payload: { connection: id } })),
        { queue: SWEEP_QUEUE, key: 'all', payload: null, delaySeconds: this.config.sweepSeconds },
      ]);
    };
  }

  private async poll(job: Job): Promise<RecordOutcome | void> {
    const { connection } = job.payload as { connection: string };
    const files = await this.filesOf(connection);
    // Paused or gone: the sweep arms it again when it is back.
    if (!files) return;
    const again = (await this.look(connection, files)) ? 0 : files.pollSeconds;
    return async (tx) => {
      await this.jobs.enqueue(tx, [
        { queue: POLL_QUEUE, key: connection, payload: { connection }, delaySeconds: again },
      ]);
    };
  }

  /** True when there may be more at once. */
  private async look(connection: string, files: FilePort): Promise<boolean> {
    try {
      await files.resend();
      const waiting = await files.waiting(FILES_PER_POLL);
      const done: boolean[] = [];
      for (const file of waiting) done.push(await this.load(connection, files, file));
      return waiting.length === FILES_PER_POLL && done.every((each) => each);
    } catch (error) {
      this.log.warn({ connection, error }, 'a folder could not be read');
      return false;
    }
  }

  /** One that cannot be loaded now stays where it is and holds up nobody. */
  private async load(connection: string, files: FilePort, file: InboundFile): Promise<boolean> {
    try {
      await this.loader.load(connection, files, file);
      return true;
    } catch (error) {
      this.log.warn({ connection, file: file.name, error }, 'a file could not be loaded');
      return false;
    }
  }

  private async filesOf(connection: string): Promise<FilePort | undefined> {
    try {
      return (await this.connections.port(connection)).port.files;
    } catch (error) {
      if (error instanceof CrossdockError) return undefined;
      throw error;
    }
  }
}
