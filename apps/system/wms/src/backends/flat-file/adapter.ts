import type { Connection } from '#connections/backend';
import { CrossdockError } from '#canonical/errors';
import type { CancelFulfilmentResponse, ReleaseFulfilmentRequest, WmsStock } from '#contracts/wms/wms.dto';
import type { Database } from '#persistence/database';
import type { FileAnswer, FilePort, InboundFile, WarehouseOrder, WmsBackend, WmsPort } from '../../wms.port';
import { checkFolder, listFiles, moveAside, writeWhole } from './folder';
import { writeFile } from './format';
import { manifest, settingsOf } from './manifest';
import type { Settings } from './manifest';
import { parseFile, releaseRecords } from './mapping';
import type { FileContext } from './mapping';
import { OutgoingFiles } from './outgoing';

class FlatFileWarehouse implements WmsPort {
  readonly files: FilePort;
  private readonly settings: Settings;
  private readonly context: FileContext;
  private readonly outgoing: OutgoingFiles;

  constructor(
    private readonly connection: Connection,
    database: Database,
  ) {
    this.settings = settingsOf(connection);
    const { partner, node, warehouseCode, inFolder, archiveFolder, pollSeconds } = this.settings;
    this.context = { connection: connection.id, partner, node, warehouseCode };
    this.outgoing = new OutgoingFiles(database, connection.id, this.settings);
    this.files = {
      pollSeconds,
      resend: () => this.outgoing.flush(),
      waiting: (limit) => listFiles(inFolder, limit),
      parse: (file) => parseFile(file.content, this.context),
      acknowledge: (file, answer) => this.acknowledge(file, answer),
      archive: (file) => moveAside(inFolder, file.name, archiveFolder),
    };
  }

  async release(request: ReleaseFulfilmentRequest): Promise<{ reference?: string }> {
    const { fulfilmentOrder } = request;
    return { reference: await this.outgoing.put('REL', fulfilmentOrder, releaseRecords(request, this.context)) };
  }

  /** What we know without asking: that a file with it lies, or lay, in the folder. */
  async find(fulfilmentOrder: string): Promise<WarehouseOrder | undefined> {
    const reference = await this.outgoing.find('REL', fulfilmentOrder);
    return reference === undefined ? undefined : { reference, status: 'REQUESTED' };
  }

  async cancel(fulfilmentOrder: string, reason: string | undefined): Promise<CancelFulfilmentResponse['outcome']> {
    await this.outgoing.put('CAN', fulfilmentOrder, [['X', { fulfilmentOrder, reason }]]);
    return 'REQUESTED';
  }

  stock(): Promise<WmsStock> {
    return Promise.reject(this.unable('a file warehouse sends its stock, it cannot be asked'));
  }

  resendStock(): Promise<void> {
    return Promise.reject(this.unable('a file warehouse cannot be asked to tell stock facts again'));
  }

  private unable(message: string): CrossdockError {
    return new CrossdockError({ code: 'ABILITY_DISABLED', kind: 'refused', message, source: this.connection.id });
  }

  /** Named after the file it answers, so that answering twice is answering once. Not part of the chain of file ids. */
  private async acknowledge(file: InboundFile, answer: FileAnswer): Promise<void> {
    const { partner, warehouseCode, outFolder } = this.settings;
    const stem = file.name.replace(/\.csv$/i, '');
    const created = new Date().toISOString();
    const { fileId, status, records, line, code, message } = answer;
    const content = writeFile(
      {
        ...{ fileId: `ACK-${stem}`.slice(0, 60), type: 'ACK', previousFileId: '', created, cutOff: created, partner },
        node: warehouseCode,
      },
      [['A', { fileId, status, records: String(records), line: line?.toString(), code, message }]],
    );
    await writeWhole(outFolder, `${stem}_ACK.csv`, content);
  }
}

/** A legacy warehouse over a folder; the files are described in this folder's README. */
export function flatFile(database: Database): WmsBackend {
  return {
    manifest,
    connect: (connection) => new FlatFileWarehouse(connection, database),
    test: (connection) => {
      const { inFolder, outFolder, archiveFolder } = settingsOf(connection);
      return [
        { name: 'folder to the warehouse can be used', run: () => checkFolder(outFolder) },
        { name: 'folder from the warehouse can be used', run: () => checkFolder(inFolder) },
        { name: 'archive can be used', run: () => checkFolder(archiveFolder) },
      ];
    },
  };
}
