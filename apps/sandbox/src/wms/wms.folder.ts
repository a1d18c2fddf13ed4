import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { Jobs } from '#messaging/jobs';
import type { RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { readReleaseFile, renderAnswer } from './wms.file-format';
import type { ReleaseFile } from './wms.file-format';
import { writeWhole } from './wms.outbound';
import * as store from './wms.store';
import type { Installation } from './wms.types';
import { SimulatedWarehouses } from './wms.warehouse';

const FOLDER_QUEUE = 'sandbox.wms.folders';
const LOOK_EVERY_SECONDS = 0.25;
/** While there is no file warehouse at all. */
const IDLE_SECONDS = 2;

interface Read {
  readonly fileId: string;
  readonly status: 'LOADED' | 'REJECTED' | 'DUPLICATE';
  readonly records: number;
  readonly detail: string;
}

/** The legacy warehouses: one job looks into all their folders and arms itself again. */
@Injectable()
export class WarehouseFolders implements OnModuleInit, OnApplicationBootstrap {
  private readonly log = new Logger('sandbox-wms');

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly warehouses: SimulatedWarehouses,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(FOLDER_QUEUE, () => this.lookEverywhere(), { concurrency: 1, maxAttempts: 1_000_000 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [{ queue: FOLDER_QUEUE, key: 'all', payload: null }]);
  }

  private async lookEverywhere(): Promise<RecordOutcome> {
    let delaySeconds = LOOK_EVERY_SECONDS;
    try {
      const installations = await store.withFolders(this.database);
      if (installations.length === 0) delaySeconds = IDLE_SECONDS;
      for (const installation of installations) await this.look(installation);
    } catch (error) {
      this.log.warn(`folders: ${error instanceof Error ? error.message : String(error)}`);
    }
    return (tx) => this.jobs.enqueue(tx, [{ queue: FOLDER_QUEUE, key: 'all', payload: null, delaySeconds }]);
  }

  private async look(installation: Installation): Promise<void> {
    const folder = join(installation.directory ?? '', 'to-warehouse');
    await mkdir(folder, { recursive: true });
    const names = (await readdir(folder)).filter((each) => each.endsWith('.csv'));
    // A cancellation must not overtake the release it cancels: the number decides, not the type in front of it.
    for (const name of names.sort((a, b) => (numberIn(a) < numberIn(b) ? -1 : 1))) {
      const content = await readFile(join(folder, name), 'utf8');
      if (!name.endsWith('_ACK.csv')) await this.read(installation, name, content);
      const archive = join(installation.directory ?? '', 'warehouse-archive');
      await mkdir(archive, { recursive: true });
      await rename(join(folder, name), join(archive, name));
    }
  }

  private async read(installation: Installation, name: string, content: string): Promise<void> {
    const result = await this.database.transaction((tx) => this.load(tx, installation, name, content));
    const answer = renderAnswer(installation, { name, ...result });
    await writeWhole(join(installation.directory ?? '', 'from-warehouse'), answer.name, answer.content);
  }

  private async load(tx: Transaction, installation: Installation, name: string, content: string): Promise<Read> {
    let file: ReleaseFile;
    try {
      file = readReleaseFile(content);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { fileId: name.slice(0, 60), status: 'REJECTED', records: 0, detail };
    }
    const { fileId, records } = file;
    const { rowCount } = await tx.query(
      `insert into sandbox.wms_file (installation, file_id, name, status) values ($1, $2, $3, 'LOADED')
       on conflict (installation, file_id) where status = 'LOADED' do nothing`,
      [installation.installation, fileId, name],
    );
    if (rowCount === 0) return { fileId, status: 'DUPLICATE', records, detail: 'read before' };
    await this.warehouses.take(tx, installation, file.orders);
    for (const { externalId } of file.cancellations) await this.warehouses.cancel(tx, installation, externalId);
    return { fileId, status: 'LOADED', records, detail: '' };
  }
}

function numberIn(name: string): string {
  return /\d{8}_\d+\.csv$/.exec(name)?.[0] ?? `~${name}`;
}
