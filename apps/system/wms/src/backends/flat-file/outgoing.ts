import { archiveFile } from '#messaging/archive';
import { crashPoint } from '#persistence/crash-point';
import type { Database } from '#persistence/database';
import * as store from '../../out/file-out.store';
import type { OutgoingType } from '../../out/file-out.store';
import { writeWhole } from './folder';
import { writeFile } from './format';
import type { OutgoingRecord } from './format';
import type { Settings } from './manifest';

interface Entry {
  readonly type: OutgoingType;
  readonly fulfilmentOrder: string;
  readonly records: readonly OutgoingRecord[];
  readonly resolve: (fileId: string) => void;
  readonly reject: (error: unknown) => void;
}

/** Fields of a record that say who a person is, or where exactly. */
const PERSONAL = ['name', 'street'] as const;
const ORDERS_PER_FILE = 200;
const FILES_PER_FLUSH = 50;

/**
 * The files we write for one connection. First the file is recorded with its bytes, its number and the number before it; then it
 * is written, in order of the numbers. So a fulfilment order has one file for ever, the chain has no hole, and a crash at any
 * point is made good by writing again what is not marked as written. What is asked for at the same time shares a file.
 */
export class OutgoingFiles {
  private waiting: Entry[] = [];
  private working = false;

  constructor(
    private readonly database: Database,
    private readonly connection: string,
    private readonly settings: Settings,
  ) {}

  /** Answers the id of the file that carries it, this one or an earlier one, once it lies in the folder. */
  async put(type: OutgoingType, fulfilmentOrder: string, records: readonly OutgoingRecord[]): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ type, fulfilmentOrder, records, resolve, reject });
      if (!this.working) void this.work();
    });
  }

  /** The file of this fulfilment order, written by now. */
  async find(type: OutgoingType, fulfilmentOrder: string): Promise<string | undefined> {
    const files = await store.known(this.database, this.connection, type, [fulfilmentOrder]);
    const fileId = files.get(fulfilmentOrder);
    if (fileId !== undefined) await this.flush();
    return fileId;
  }

  /** Writes what is recorded but not written: after a crash, or when the folder was away. */
  async flush(): Promise<void> {
    let count = FILES_PER_FLUSH;
    while (count === FILES_PER_FLUSH) count = await this.database.transaction((tx) => this.writeSome(tx));
  }

  private async work(): Promise<void> {
    this.working = true;
    try {
      while (this.waiting.length > 0) {
        const [first] = this.waiting;
        const type = first?.type ?? 'REL';
        const entries = this.waiting.filter((entry) => entry.type === type).slice(0, ORDERS_PER_FILE);
        this.waiting = this.waiting.filter((entry) => !entries.includes(entry));
        await this.together(type, entries);
      }
    } finally {
      this.working = false;
    }
  }

  private async together(type: OutgoingType, entries: readonly Entry[]): Promise<void> {
    try {
      const files = await this.database.transaction((tx) => this.record(tx, type, entries));
      crashPoint('file.recorded');
      await this.flush();
      for (const { fulfilmentOrder, resolve } of entries) resolve(files.get(fulfilmentOrder) ?? '');
    } catch (error) {
      for (const { reject } of entries) reject(error);
    }
  }

  private async record(
    tx: Parameters<typeof store.append>[0],
    type: OutgoingType,
    entries: readonly Entry[],
  ): Promise<Map<string, string>> {
    const { lastSequence, lastFileId, now } = await store.lockChain(tx, this.connection);
    const asked = [...new Set(entries.map(({ fulfilmentOrder }) => fulfilmentOrder))];
    const files = await store.known(tx, this.connection, type, asked);
    const fresh = asked.filter((fulfilmentOrder) => !files.has(fulfilmentOrder));
    if (fresh.length === 0) return files;
    const sequence = String(lastSequence + 1).padStart(8, '0');
    const { partner, warehouseCode } = this.settings;
    const fileId = `${partner}-${sequence}`;
    const created = now.toISOString();
    const records = fresh.flatMap((id) => entries.find(({ fulfilmentOrder }) => fulfilmentOrder === id)?.records ?? []);
    const header = { fileId, type, previousFileId: lastFileId ?? '', created, cutOff: created, partner };
    const native = { ...header, node: warehouseCode };
    const content = writeFile(native, records);
    const name = `${partner}_${type}_${created.slice(0, 10).replaceAll('-', '')}_${sequence}.csv`;
    await store.append(tx, { connection: this.connection, fileId, type, name, content, fulfilmentOrders: fresh });
    const shown = writeFile(native, records.map(withoutPersons)).toString('utf8');
    await archiveFile(tx, { connection: this.connection, name, content: shown });
    for (const id of fresh) files.set(id, fileId);
    return files;
  }

  /** Under the lock of the chain, so that two processes do not write the same file or write out of order. */
  private async writeSome(tx: Parameters<typeof store.append>[0]): Promise<number> {
    await store.lockChain(tx, this.connection);
    const files = await store.unwritten(tx, this.connection, FILES_PER_FLUSH);
    for (const { fileId, name, content } of files) {
      await writeWhole(this.settings.outFolder, name, content);
      crashPoint('file.written');
      await store.written(tx, this.connection, fileId);
    }
    return files.length;
  }
}

/** The archive keeps who asked for what, not who lives where. */
function withoutPersons([kind, fields]: OutgoingRecord): OutgoingRecord {
  const hidden = Object.fromEntries(PERSONAL.flatMap((name) => (fields[name] === undefined ? [] : [[name, '***']])));
  return [kind, { ...fields, ...hidden }];
}
