import { CrossdockError } from './errors';

/** One record of a CSV file and the line it begins on, counted from 1. */
export interface CsvRecord {
  readonly line: number;
  /** Bytes before this record, the byte order mark not counted. */
  readonly offset: number;
  readonly fields: readonly string[];
}

const BOM = '\uFEFF';

/** Without the byte order mark some programs put in front. */
export function withoutBom(content: Buffer): Buffer {
  return content.subarray(0, 3).equals(Buffer.from(BOM, 'utf8')) ? content.subarray(3) : content;
}

/**
 * Reads RFC 4180: commas, quotes doubled inside quotes, LF or CRLF, line breaks inside quotes. Everything stays text, so leading
 * zeros survive. Errors: CSV_MALFORMED (invalid, `details.line`) for a quote inside a bare field, text after a closing quote,
 * a quote that never closes, or bytes that are not UTF-8.
 */
export function parseCsv(content: Buffer): CsvRecord[] {
  const text = utf8(content);
  const records: CsvRecord[] = [];
  let at = 0;
  let line = 1;
  let offset = 0;
  while (at < text.length) {
    const start = at;
    const first = line;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at, line) : bareField(text, at, line);
      fields.push(field.value);
      line += field.lines;
      at = field.end;
      if (text[at] !== ',') break;
      at += 1;
    }
    if (text.startsWith('\r\n', at)) at += 2;
    else if (text[at] === '\n') at += 1;
    else if (at < text.length) throw malformed(line, `unexpected ${JSON.stringify(text[at])} after a field`);
    line += 1;
    if (fields.length > 1 || fields[0] !== '') records.push({ line: first, offset, fields });
    offset += Buffer.byteLength(text.slice(start, at), 'utf8');
  }
  return records;
}

/** Writes one record, quoting only what needs it, with the CRLF of RFC 4180. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\r\n`;
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

function bareField(text: string, start: number, line: number): Field {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n' && text[end] !== '\r') end += 1;
  const value = text.slice(start, end);
  if (value.includes('"')) throw malformed(line, 'a quote inside a field that is not quoted');
  return { value, end, lines: 0 };
}

function quotedField(text: string, start: number, line: number): Field {
  let value = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw malformed(line, 'a quote is never closed');
    value += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') return { value, end: at, lines: value.split('\n').length - 1 };
    value += '"';
    at += 1;
  }
}

function utf8(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(content);
  } catch (cause) {
    throw new CrossdockError({
      code: 'CSV_MALFORMED',
      kind: 'invalid',
      message: 'not UTF-8',
      details: { line: 1 },
      cause,
    });
  }
}

function malformed(line: number, message: string): CrossdockError {
  return new CrossdockError({
    code: 'CSV_MALFORMED',
    kind: 'invalid',
    message: `line ${line}: ${message}`,
    details: { line },
  });
}
