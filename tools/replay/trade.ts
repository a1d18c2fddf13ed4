import { DECIMAL_TEXT } from '#canonical/decimal';
import type { TradeRow } from './csv';

export interface TradeLine {
  /** Stock code, trimmed and in capitals: 85123a and 85123A are the same article (same description, same price). */
  readonly code: string;
  readonly description: string;
  /** Decimal text, negative in reversals and write-offs. */
  readonly quantity: string;
  /** Decimal text in pounds. */
  readonly unitPrice: string;
  /** Why the line cannot be read, when it cannot. */
  readonly fault?: string;
}

/** The lines of one invoice that stand together in the file. */
export interface Invoice {
  /** 0, 1, 2 … in the file: what the state file counts by. */
  readonly position: number;
  readonly number: string;
  /** 2 and up when the same number comes again further down: another delivery of the same document. */
  readonly part: number;
  /** As written, local to the seller: 2010-12-01T08:26:00. */
  readonly date: string;
  /** Empty when the file does not say. */
  readonly customer: string;
  readonly country: string;
  /** Starts with C: reverses an earlier one. */
  readonly reversal: boolean;
  readonly lines: readonly TradeLine[];
}

/** Groups rows to invoices, in file order (the file is in date order). Rows without an invoice number go to `onSkip`. */
export async function* invoicesOf(
  rows: AsyncIterable<TradeRow>,
  limit = Infinity,
  onSkip: (reason: string) => void = () => undefined,
): AsyncGenerator<Invoice> {
  const parts = new Map<string, number>();
  let position = 0;
  let first: TradeRow | undefined;
  let lines: TradeLine[] = [];
  const close = (head: TradeRow): Invoice => {
    const part = (parts.get(head.InvoiceNo) ?? 0) + 1;
    parts.set(head.InvoiceNo, part);
    return invoiceOf(head, lines, part, position++);
  };
  for await (const row of rows) {
    if (row.InvoiceNo === '') {
      onSkip('a line without an invoice number');
      continue;
    }
    if (first && first.InvoiceNo !== row.InvoiceNo) {
      yield close(first);
      if (position >= limit) return;
      lines = [];
      first = row;
    }
    first ??= row;
    lines.push(lineOf(row));
  }
  if (first) yield close(first);
}

function invoiceOf(head: TradeRow, lines: readonly TradeLine[], part: number, position: number): Invoice {
  return {
    position,
    number: head.InvoiceNo,
    part,
    date: head.InvoiceDate,
    customer: head.CustomerID,
    country: head.Country,
    reversal: /^C/i.test(head.InvoiceNo),
    lines,
  };
}

function lineOf(row: TradeRow): TradeLine {
  const fault = faultOf(row);
  return {
    code: row.StockCode.toUpperCase(),
    description: row.Description,
    quantity: row.Quantity,
    unitPrice: row.UnitPrice,
    ...(fault === undefined ? {} : { fault }),
  };
}

function faultOf(row: TradeRow): string | undefined {
  if (row.StockCode === '') return 'no stock code';
  if (!DECIMAL_TEXT.test(row.Quantity)) return `quantity ${row.Quantity || 'missing'}`;
  if (!DECIMAL_TEXT.test(row.UnitPrice)) return `price ${row.UnitPrice || 'missing'}`;
  return undefined;
}
