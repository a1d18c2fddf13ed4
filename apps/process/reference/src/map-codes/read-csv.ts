import { parseCsv, withoutBom, type CsvRecord } from '#canonical/csv';
import { CrossdockError } from '#canonical/errors';
import type { MappingDto } from '#contracts/reference/mappings.dto';
import { findingsOf, schemaCheck } from '#service/contract-check';

const REQUIRED = ['kind', 'system', 'external', 'internal', 'validFrom'] as const;
const COLUMNS: readonly string[] = [...REQUIRED, 'item', 'factor', 'validTo'];
const MAX_ROWS = 5_000;

/** One row of a file: a mapping, or why it is none. */
export type FileRow =
  | { readonly row: number; readonly mapping: MappingDto }
  | { readonly row: number; readonly id: string; readonly fault: string };

/** Reads a file of mappings. Errors: CSV_MALFORMED, MAPPING_FILE_INVALID (both invalid): then no row was looked at. */
export function readCsv(csv: string): FileRow[] {
  const [header, ...records] = parseCsv(withoutBom(Buffer.from(csv, 'utf8')));
  const columns = (header?.fields ?? []).map((name) => name.trim());
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw invalid(`the header lacks ${missing.join(', ')}`);
  const unknown = columns.filter((name, index) => !COLUMNS.includes(name) || columns.indexOf(name) !== index);
  if (unknown.length > 0) throw invalid(`the header has ${unknown.join(', ')}, which is unknown or comes twice`);
  if (records.length === 0) throw invalid('there is no row below the header');
  if (records.length > MAX_ROWS) throw invalid(`${records.length} rows are more than ${MAX_ROWS}`);
  return records.map((record) => fileRow(columns, record));
}

function fileRow(columns: readonly string[], { line: row, fields }: CsvRecord): FileRow {
  if (fields.length !== columns.length) {
    return { row, id: fields.join('/'), fault: `${fields.length} fields instead of ${columns.length}` };
  }
  const filled = columns.flatMap((name, index): [string, string][] => {
    const value = fields[index]?.trim() ?? '';
    return value === '' ? [] : [[name, value]];
  });
  const mapping: unknown = Object.fromEntries(filled);
  const check = schemaCheck('process/reference.v1', 'MappingDto');
  if (check(mapping)) return { row, mapping: mapping as MappingDto };
  const fault = findingsOf(check.errors ?? [])
    .map(({ detail }) => detail)
    .join('; ');
  return { row, id: fields.join('/'), fault };
}

function invalid(message: string): CrossdockError {
  return new CrossdockError({ code: 'MAPPING_FILE_INVALID', kind: 'invalid', message });
}
