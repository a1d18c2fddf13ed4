import { createHash } from 'node:crypto';
import { add, Decimal, plain } from '#canonical/decimal';
import type { NextFile } from './wms.store';
import type { Installation, Line, OrderDocument, WarehouseEvent } from './wms.types';

// Written by hand here, apart from the adapter's own reader and writer: a simulator that shared their code would share their faults.

/** `inventory.quarantine-released` → `QUARANTINE_RELEASED`. */
const factOf = (type: string): string => type.slice('inventory.'.length).replaceAll('-', '_').toUpperCase();

/** A confirmation (CON), movement (STK) or snapshot (SNP) file of the warehouse. */
export function renderFile(
  installation: Installation,
  type: 'CON' | 'STK' | 'SNP' | 'ACK',
  file: NextFile,
  events: readonly WarehouseEvent[],
): { name: string; content: string } {
  const records = events.flatMap((event) => recordsOf(event));
  const day = file.now.toISOString().slice(0, 10).replaceAll('-', '');
  const name = `${installation.partner ?? ''}_${type}_${day}_${String(file.sequence).padStart(8, '0')}.csv`;
  // A snapshot is true as of the moment the warehouse took it.
  const cutOff = events[0]?.occurredAt ?? file.now.toISOString();
  return { name, content: sealed(installation, type, file, cutOff, records) };
}

/** The answer to a file we read, named after it. */
export function renderAnswer(
  installation: Installation,
  read: { name: string; fileId: string; status: string; records: number; detail: string },
): { name: string; content: string } {
  const stem = read.name.replace(/\.csv$/i, '');
  const now = new Date();
  const file: NextFile = { fileId: `ACK-${stem}`.slice(0, 60), previousFileId: '', sequence: 0, now };
  const records = [
    ['A', read.fileId, read.status, String(read.records), '', read.detail === '' ? '' : 'FILE', read.detail],
  ];
  return { name: `${stem}_ACK.csv`, content: sealed(installation, 'ACK', file, now.toISOString(), records) };
}

export interface ReleaseFile {
  readonly fileId: string;
  readonly type: string;
  readonly orders: readonly OrderDocument[];
  readonly cancellations: readonly { readonly externalId: string }[];
  readonly records: number;
}

/** Reads a release (REL) or cancellation (CAN) file. Throws Error with the reason when anything does not add up. */
export function readReleaseFile(content: string): ReleaseFile {
  const lines = content.split('\r\n').filter((line) => line !== '');
  const rows = lines.map(splitRow);
  const [header, trailer] = [rows[0], rows.at(-1)];
  if (header?.[0] !== 'H' || trailer?.[0] !== 'T') throw new Error('no header or no trailer');
  const body = rows.slice(1, -1);
  const total = body.filter(([kind]) => kind === 'L').reduce((sum, row) => add(sum, row[4] ?? '0'), '0');
  const checksum = sha256(`${lines.slice(0, -1).join('\r\n')}\r\n`);
  if (trailer[1] !== String(body.length))
    throw new Error(`trailer says ${trailer[1] ?? ''} records, there are ${body.length}`);
  if (!new Decimal(trailer[2] ?? '0').eq(total))
    throw new Error(`trailer says a total of ${trailer[2] ?? ''}, it is ${total}`);
  if (trailer[3] !== checksum) throw new Error('the checksum is wrong');
  return {
    fileId: header[1] ?? '',
    type: header[2] ?? '',
    orders: body.filter(([kind]) => kind === 'O').map((row) => orderOf(row, body)),
    cancellations: body.filter(([kind]) => kind === 'X').map((row) => ({ externalId: row[1] ?? '' })),
    records: body.length,
  };
}

function orderOf(row: readonly string[], body: readonly string[][]): OrderDocument {
  const [, externalId = '', order, purchaseOrder, node = '', shipBy] = row;
  const lines = body
    .filter(([kind, id]) => kind === 'L' && id === externalId)
    .map(([, , line, item = '', quantity = '0']): Line => ({ line: Number(line), item, quantity }));
  return { externalId, order, purchaseOrder, node, shipBy, lines };
}

function recordsOf(event: WarehouseEvent): string[][] {
  const { externalId = '', shipmentId = '', occurredAt, lines = [] } = event;
  if (event.type === 'fulfilment.shipped') {
    return [
      ['S', occurredAt, externalId, shipmentId, event.carrier ?? ''],
      ...lines.map((line) => ['G', shipmentId, String(line.line), line.item, line.quantity, line.lot ?? '']),
      ...(event.packages ?? []).map(({ id, weightKg = '' }) => ['B', shipmentId, id, '', weightKg]),
    ];
  }
  if (event.type.startsWith('fulfilment.')) {
    const status = event.type.slice('fulfilment.'.length).toUpperCase();
    return [
      ['P', occurredAt, externalId, status, event.detail ?? ''],
      ...lines.map((line) => ['K', externalId, String(line.line), line.item, line.quantity]),
    ];
  }
  if (event.type === 'inventory.snapshot') return lines.map(({ item, quantity }) => ['I', item, '', quantity]);
  return lines.map(({ item, quantity, reason = '' }, position) => {
    const sequence = String((event.sequence ?? 1) + position);
    return [
      'M',
      `${event.id}-${position + 1}`,
      occurredAt,
      factOf(event.type),
      item,
      '',
      quantity,
      reason,
      '',
      sequence,
    ];
  });
}

function sealed(
  { partner, node }: Installation,
  type: string,
  file: NextFile,
  cutOff: string,
  records: readonly (readonly string[])[],
): string {
  const header = [
    'H',
    file.fileId,
    type,
    file.previousFileId,
    file.now.toISOString(),
    cutOff,
    '1',
    partner ?? '',
    node,
  ];
  const body = [header, ...records].map(row).join('');
  const column: Readonly<Record<string, number>> = { K: 4, G: 4, M: 6, I: 3 };
  const total = records.reduce((sum, fields) => sum.plus(fields[column[fields[0] ?? ''] ?? -1] ?? 0), new Decimal(0));
  return body + row(['T', String(records.length), plain(total), sha256(body)]);
}

function row(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\r\n`;
}

/** Enough for what we are sent: quoted fields, no line breaks inside. */
function splitRow(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'),
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
