import type { Queryable, Statement, Transaction } from '#persistence/database';
import type { FileAnswer } from '../wms.port';

export interface FileLoad extends FileAnswer {
  readonly connection: string;
  readonly previousFileId: string;
  readonly name: string;
  readonly sha256: string;
  readonly type: string;
  readonly missingFileId?: string | undefined;
  readonly inboundId: string;
}

const insertLoad: Statement = {
  name: 'wms-file-load-insert',
  text: `
    insert into wms.file_load (connection, file_id, previous_file_id, name, sha256, type, status, records, line, code, error,
                               missing_file_id, inbound_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
};

/** A load that was recorded but whose file was not put away: the process ended in between. Index: file_load_open. */
const openLoad: Statement = {
  name: 'wms-file-load-open',
  text: `
    select file_id as "fileId", status, records, line, code, error as message, type
      from wms.file_load
     where connection = $1 and name = $2 and sha256 = $3 and archived_at is null
     order by id desc limit 1`,
};

const closeLoads: Statement = {
  name: 'wms-file-load-close',
  text: `update wms.file_load set archived_at = now() where connection = $1 and name = $2 and archived_at is null`,
};

const wasLoaded: Statement = {
  name: 'wms-file-load-was-loaded',
  text: `select 1 from wms.file_load where connection = $1 and file_id = $2 and status = 'LOADED'`,
};

/** Index: file_load_trouble. */
const troubledBefore: Statement = {
  name: 'wms-file-load-troubled',
  text: `
    select exists (select 1 from wms.file_load
                    where connection = $1 and name = $2 and status <> 'LOADED' and status = 'REJECTED') as rejected,
           exists (select 1 from wms.file_load where connection = $1 and missing_file_id = $3) as missed`,
};

export async function record(tx: Transaction, load: FileLoad): Promise<void> {
  await tx.query(insertLoad, [
    ...[
      load.connection,
      load.fileId,
      load.previousFileId,
      load.name,
      load.sha256,
      load.type,
      load.status,
      load.records,
    ],
    ...[load.line ?? null, load.code ?? null, load.message ?? null, load.missingFileId ?? null, load.inboundId],
  ]);
}

export async function open(
  db: Queryable,
  connection: string,
  name: string,
  sha256: string,
): Promise<(FileAnswer & { readonly type: string }) | undefined> {
  type Row = Omit<FileAnswer, 'line' | 'code' | 'message'> & {
    type: string;
    line: number | null;
    code: string | null;
    message: string | null;
  };
  const { rows } = await db.query<Row>(openLoad, [connection, name, sha256]);
  const [row] = rows;
  if (!row) return undefined;
  const { line, code, message, ...rest } = row;
  return {
    ...rest,
    ...(line !== null && { line }),
    ...(code !== null && { code }),
    ...(message !== null && { message }),
  };
}

export async function close(db: Queryable, connection: string, name: string): Promise<void> {
  await db.query(closeLoads, [connection, name]);
}

export async function loaded(tx: Transaction, connection: string, fileId: string): Promise<boolean> {
  return (await tx.query(wasLoaded, [connection, fileId])).rowCount > 0;
}

/** What was told of this name or id before: that it was rejected, or that it is missing. */
export async function troubled(
  tx: Transaction,
  connection: string,
  name: string,
  fileId: string,
): Promise<{ rejected: boolean; missed: boolean }> {
  type Row = { rejected: boolean; missed: boolean };
  return (
    (await tx.query<Row>(troubledBefore, [connection, name, fileId])).rows[0] ?? { rejected: false, missed: false }
  );
}
