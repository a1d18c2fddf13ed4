import type { Queryable, Statement, Transaction } from '#persistence/database';

/** What a file of ours asks for. */
export type OutgoingType = 'REL' | 'CAN';

export interface OutgoingFile {
  readonly connection: string;
  readonly fileId: string;
  readonly type: OutgoingType;
  readonly name: string;
  readonly content: Buffer;
  readonly fulfilmentOrders: readonly string[];
}

export interface UnwrittenFile {
  readonly fileId: string;
  readonly name: string;
  readonly content: Buffer;
}

const lockSequence: Statement = {
  name: 'wms-file-sequence-lock',
  text: `
    insert into wms.file_sequence (connection) values ($1)
    on conflict (connection) do update set connection = excluded.connection
    returning last_sequence::int as "lastSequence", last_file_id as "lastFileId", now() as now`,
};

const advanceSequence: Statement = {
  name: 'wms-file-sequence-advance',
  text: `update wms.file_sequence set last_sequence = last_sequence + 1, last_file_id = $2 where connection = $1`,
};

const knownOrders: Statement = {
  name: 'wms-file-out-known',
  text: `
    select fulfilment_order as "fulfilmentOrder", file_id as "fileId"
      from wms.file_out_order where connection = $1 and type = $2 and fulfilment_order = any ($3)`,
};

const insertFile: Statement = {
  name: 'wms-file-out-insert',
  text: `
    with file as (
      insert into wms.file_out (connection, file_id, type, name, content) values ($1, $2, $3, $4, $5)
    )
    insert into wms.file_out_order (connection, type, fulfilment_order, file_id)
    select $1, $3, fulfilment_order, $2 from unnest($6::text[]) as asked (fulfilment_order)`,
};

/** Oldest first: the warehouse checks the chain of file ids. Index: file_out_unwritten. */
const unwrittenFiles: Statement = {
  name: 'wms-file-out-unwritten',
  text: `
    select file_id as "fileId", name, content from wms.file_out
     where connection = $1 and written_at is null order by file_id limit $2`,
};

const markWritten: Statement = {
  name: 'wms-file-out-written',
  text: `update wms.file_out set written_at = now() where connection = $1 and file_id = $2`,
};

const recordAnswer: Statement = {
  name: 'wms-file-out-answer',
  text: `
    update wms.file_out set answer = $3, answered_at = now(), answer_detail = $4
     where connection = $1 and file_id = $2 and answer is null`,
};

const ordersOfFile: Statement = {
  name: 'wms-file-out-orders',
  text: `
    select fulfilment_order as "fulfilmentOrder", type
      from wms.file_out_order where connection = $1 and file_id = $2 order by fulfilment_order`,
};

export interface Sequence {
  readonly lastSequence: number;
  readonly lastFileId: string | null;
  readonly now: Date;
}

/** Locks the chain of the connection until the transaction ends. */
export async function lockChain(tx: Transaction, connection: string): Promise<Sequence> {
  const { rows } = await tx.query<Sequence>(lockSequence, [connection]);
  const [row] = rows;
  if (!row) throw new Error(`no file sequence for ${connection}`);
  return row;
}

/** Which of these fulfilment orders have a file of this type already. */
export async function known(
  db: Queryable,
  connection: string,
  type: OutgoingType,
  fulfilmentOrders: readonly string[],
): Promise<Map<string, string>> {
  type Row = { fulfilmentOrder: string; fileId: string };
  const { rows } = await db.query<Row>(knownOrders, [connection, type, fulfilmentOrders]);
  return new Map(rows.map((row) => [row.fulfilmentOrder, row.fileId]));
}

/** Under the lock of the chain. */
export async function append(tx: Transaction, file: OutgoingFile): Promise<void> {
  const { connection, fileId, type, name, content, fulfilmentOrders } = file;
  await tx.query(advanceSequence, [connection, fileId]);
  await tx.query(insertFile, [connection, fileId, type, name, content, fulfilmentOrders]);
}

export async function unwritten(tx: Transaction, connection: string, limit: number): Promise<UnwrittenFile[]> {
  return (await tx.query<UnwrittenFile>(unwrittenFiles, [connection, limit])).rows;
}

export async function written(tx: Transaction, connection: string, fileId: string): Promise<void> {
  await tx.query(markWritten, [connection, fileId]);
}

/** True the first time. */
export async function answered(
  tx: Transaction,
  answer: { connection: string; fileId: string; status: string; detail: string },
): Promise<boolean> {
  return (
    (await tx.query(recordAnswer, [answer.connection, answer.fileId, answer.status, answer.detail])).rowCount === 1
  );
}

export async function ordersOf(
  tx: Transaction,
  connection: string,
  fileId: string,
): Promise<{ fulfilmentOrder: string; type: OutgoingType }[]> {
  return (await tx.query<{ fulfilmentOrder: string; type: OutgoingType }>(ordersOfFile, [connection, fileId])).rows;
}
