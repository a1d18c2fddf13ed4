import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { UsageError } from './options';

export const COLUMNS = [
  'InvoiceNo',
  'StockCode',
  'Description',
  'Quantity',
  'InvoiceDate',
  'UnitPrice',
  'CustomerID',
  'Country',
] as const;
/** One line of the file, as text; a column that the line lacks is empty. */
export type TradeRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/**
 * Streams a trade file (RFC 4180, UTF-8 with or without BOM, plain or gzip: the first bytes decide, not the name). A line
 * that cannot be parsed at all is given to `onSkip` and left out. Errors: UsageError when it is no trade file.
 */
export async function* readTrades(
  path: string,
  onSkip: (reason: string) => void = () => undefined,
): AsyncGenerator<TradeRow> {
  const parser = parse({
    bom: true,
    columns: headerOf,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      onSkip(error?.message ?? 'unreadable line');
      return undefined;
    },
  });
  const file = createReadStream(path);
  const failed = new Promise<void>((resolve, reject) => {
    const done = (error: NodeJS.ErrnoException | null): void => {
      if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') reject(error);
      else resolve();
    };
    void isGzip(path).then((gzip) => {
      if (gzip) pipeline(file, createGunzip(), parser, done);
      else pipeline(file, parser, done);
    }, reject);
  });
  // Awaited at the end; until then a failure also ends the parser, whose iterator throws it.
  failed.catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))));
  for await (const record of parser) yield rowOf(record as Record<string, string | undefined>);
  await failed;
}

/** Names the content of the file, so that a state file is never used with another one. */
export async function fingerprint(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.equals(GZIP_MAGIC);
  } finally {
    await file.close();
  }
}

function headerOf(names: string[]): string[] {
  const header = names.map((name) => name.trim());
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) throw new UsageError(`not a trade file: it has no column ${missing.join(', ')}`);
  return header;
}

function rowOf(record: Record<string, string | undefined>): TradeRow {
  const field = (name: (typeof COLUMNS)[number]): string => (record[name] ?? '').trim();
  return {
    InvoiceNo: field('InvoiceNo'),
    StockCode: field('StockCode'),
    Description: field('Description'),
    Quantity: field('Quantity'),
    InvoiceDate: field('InvoiceDate'),
    UnitPrice: field('UnitPrice'),
    CustomerID: field('CustomerID'),
    Country: field('Country'),
  };
}
