import { createHash } from 'node:crypto';
import { Decimal, plain } from '#canonical/decimal';
import { CrossdockError } from '#canonical/errors';
import { csvLine, parseCsv, withoutBom } from '#canonical/csv';
import type { CsvRecord } from '#canonical/csv';
import { ALLOWED, FILE_TYPES, FORMAT_VERSION, RECORDS } from './native';
import type { NativeFile, NativeHeader, NativeRecord, RecordKind } from './native';

const QUANTITY = /^-?\d{1,12}(\.\d{1,6})?$/;
/** A total may have more digits than a quantity. */
const QUANTITY_TOTAL = /^-?\d{1,24}(\.\d{1,6})?$/;
/** RFC 3339 with a zone: a time without one means two moments a year. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})$/;

/** A record to write: its kind and its fields by name; absent ones are empty. */
export type OutgoingRecord = readonly [RecordKind, Readonly<Record<string, string | undefined>>];

/** The whole file with header, trailer and checksum. The same input gives the same bytes. */
export function writeFile(header: NativeHeader, records: readonly OutgoingRecord[]): Buffer {
  const body = [['H', { ...header, version: FORMAT_VERSION }] as OutgoingRecord, ...records].map(lineOf).join('');
  const total = plain(records.reduce((sum, [, fields]) => sum.plus(fields['quantity'] ?? 0), new Decimal(0)));
  const trailer = { records: String(records.length), quantity: total, sha256: sha256(Buffer.from(body, 'utf8')) };
  return Buffer.from(body + lineOf(['T', trailer]), 'utf8');
}

/**
 * Reads a file completely or not at all. Errors (invalid, `details.line` names the line): FILE_EMPTY, HEADER_INVALID,
 * TRAILER_MISSING (cut off on its way), RECORD_COUNT_WRONG, QUANTITY_TOTAL_WRONG, CHECKSUM_WRONG, RECORD_INVALID, CSV_MALFORMED.
 */
export function readFile(content: Buffer): NativeFile {
  const bytes = withoutBom(content);
  const raw = parseCsv(bytes);
  const [first, last] = [raw[0], raw.at(-1)];
  if (!first || !last) throw fault('FILE_EMPTY', 1, 'the file is empty');
  const header = headerOf(first);
  if (last.fields[0] !== 'T' || raw.length < 2) {
    throw fault('TRAILER_MISSING', last.line, 'the file ends without a trailer: it was cut off');
  }
  const records = raw.slice(1, -1).map((record) => recordOf(record, ALLOWED[header.type]));
  checkTrailer(recordOf(last, ['T']), records, sha256(bytes.subarray(0, last.offset)));
  return { header, records };
}

export function isTime(text: string): boolean {
  return TIME.test(text) && !Number.isNaN(Date.parse(text));
}

export function fault(code: string, line: number, message: string): CrossdockError {
  return new CrossdockError({ code, kind: 'invalid', message: `line ${line}: ${message}`, details: { line } });
}

function lineOf([kind, fields]: OutgoingRecord): string {
  return csvLine([kind, ...RECORDS[kind].map((name) => fields[name] ?? '')]);
}

function headerOf(record: CsvRecord): NativeHeader {
  if (record.fields[0] !== 'H') throw fault('HEADER_INVALID', record.line, 'the first record is not a header');
  const { fields } = recordOf(record, ['H']);
  const type = FILE_TYPES.find((each) => each === fields['type']);
  const wrong = (name: string): CrossdockError =>
    fault('HEADER_INVALID', record.line, `${name} "${fields[name] ?? ''}" is not valid`);
  if (!type) throw wrong('type');
  if (!/^[\w.-]{1,60}$/.test(fields['fileId'] ?? '')) throw wrong('fileId');
  if (fields['version'] !== FORMAT_VERSION) throw wrong('version');
  for (const name of ['created', 'cutOff']) if (!isTime(fields[name] ?? '')) throw wrong(name);
  const text = (name: string): string => fields[name] ?? '';
  return {
    fileId: text('fileId'),
    type,
    previousFileId: text('previousFileId'),
    created: text('created'),
    cutOff: text('cutOff'),
    partner: text('partner'),
    node: text('node'),
  };
}

function recordOf(record: CsvRecord, allowed: readonly RecordKind[]): NativeRecord {
  const kind = allowed.find((each) => each === record.fields[0]);
  if (!kind) {
    throw fault('RECORD_INVALID', record.line, `"${record.fields[0] ?? ''}" is not one of ${allowed.join(', ')}`);
  }
  const names = RECORDS[kind];
  if (record.fields.length !== names.length + 1) {
    throw fault('RECORD_INVALID', record.line, `${kind} has ${record.fields.length - 1} fields, not ${names.length}`);
  }
  const fields = Object.fromEntries(names.map((name, index) => [name, record.fields[index + 1] ?? '']));
  if (kind !== 'T') checkFields(fields, record.line);
  return { kind, line: record.line, fields };
}

/** What is true of a field wherever it stands. */
function checkFields(fields: Readonly<Record<string, string>>, line: number): void {
  const { quantity, item, gtin } = fields;
  if (quantity !== undefined && !QUANTITY.test(quantity)) {
    throw fault('RECORD_INVALID', line, `quantity "${quantity}" is not a decimal number`);
  }
  if (item === '') throw fault('RECORD_INVALID', line, 'item is empty');
  for (const text of [item, gtin]) {
    if (text !== undefined && /^\d+([.,]\d+)?E\+?\d+$/i.test(text)) {
      throw fault('NUMBER_MANGLED', line, `"${text}" went through a spreadsheet: its digits are lost`);
    }
  }
  for (const name of ['occurredAt', 'shippedAt']) {
    const time = fields[name];
    if (time !== undefined && !isTime(time)) {
      throw fault('RECORD_INVALID', line, `${name} "${time}" is not an ISO time with a zone`);
    }
  }
}

function checkTrailer(trailer: NativeRecord, records: readonly NativeRecord[], checksum: string): void {
  const { records: count, quantity, sha256: stated } = trailer.fields;
  if (count !== String(records.length)) {
    throw fault(
      'RECORD_COUNT_WRONG',
      trailer.line,
      `the trailer says ${count} records, the file has ${records.length}`,
    );
  }
  const total = plain(records.reduce((sum, { fields }) => sum.plus(fields['quantity'] ?? 0), new Decimal(0)));
  if (!QUANTITY_TOTAL.test(quantity ?? '') || !new Decimal(quantity ?? '').eq(total)) {
    throw fault('QUANTITY_TOTAL_WRONG', trailer.line, `the trailer says a total of ${quantity}, the file has ${total}`);
  }
  if (stated?.toLowerCase() !== checksum) {
    throw fault('CHECKSUM_WRONG', trailer.line, 'the checksum does not fit the bytes before the trailer');
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
