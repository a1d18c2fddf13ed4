import { createHash } from 'node:crypto';
import type { CustomerDto, ItemDto } from '#contracts/reference/reference.dto';
import type { ErpStockLine } from '#contracts/erp/erp.dto';
import type { ChangePage } from '../../erp.port';
import type { TrytonClient } from './client';
import type { Directory } from './directory';
import { customerOf, date, datetime, instant, itemOf, quantityText } from './mapping';
import type { CustomerRow, Domain, ItemRow, QuantityRow, TrytonDatetime } from './native';
import { CREDIT_LIMIT, CUSTOMER_FIELDS, ITEM_FIELDS } from './native';
import type { TrytonSettings } from './settings';

const PAGE = 500;
/** A change becomes visible when its transaction commits, later than the moment it carries: read this much again. */
const OVERLAP_MS = 120_000;

/** Where a scan of one kind of record stands. */
interface Scan {
  /** Records changed from then on are wanted; all when absent. */
  readonly from?: string;
  /** Latest change seen so far, in Tryton's clock. */
  readonly seen?: string;
  /** Last id of the page before, while a scan has more pages. */
  readonly after: number;
  /** What the last finished scan ended with: an overlap that shows nothing new is not reported again. */
  readonly digest?: string;
}

interface Changed {
  readonly id: number;
  readonly create_date: TrytonDatetime | null;
  readonly write_date: TrytonDatetime | null;
}

/** Stock and master data. Tryton has no webhooks and no change feed: what changed is asked by write dates, in its own clock. */
export class MasterData {
  constructor(
    private readonly client: TrytonClient,
    private readonly directory: Directory,
    private readonly settings: TrytonSettings,
    private readonly connection: string,
  ) {}

  /** On hand today in the whole warehouse: what is picked but has not left still counts. */
  async stock(node: string, items?: readonly string[]): Promise<ErpStockLine[]> {
    const warehouse = await this.directory.warehouseOf(node);
    const context = { locations: [warehouse.id], with_childs: true, stock_date_end: date(new Date().toISOString()) };
    const filter = items === undefined ? [['type', 'in', ['goods', 'assets']]] : [['code', 'in', items]];
    const lines: ErpStockLine[] = [];
    for (let after = 0; ;) {
      const domain = [...filter, ['id', '>', after]];
      const page = { limit: PAGE, order: [['id', 'ASC']], context };
      const rows = await this.client.search<QuantityRow>('product.product', domain, ['code', 'quantity'], page);
      for (const row of rows) if (row.code) lines.push({ item: row.code, onHand: quantityText(row.quantity) });
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return lines;
      after = last.id;
    }
  }

  async changedItems(cursor: string | undefined): Promise<ChangePage<ItemDto>> {
    const touched = ['create_date', 'write_date', 'template.write_date'];
    const page = await this.scan<ItemRow>('product.product', cursor, touched, ITEM_FIELDS, (row) => [
      row['template.'].write_date,
    ]);
    return { ...page, records: page.records.flatMap((row) => itemOf(row, this.settings) ?? []) };
  }

  async changedCustomers(cursor: string | undefined): Promise<ChangePage<CustomerDto>> {
    const touched = ['create_date', 'write_date', 'addresses.create_date', 'addresses.write_date'];
    const fields = [...CUSTOMER_FIELDS, ...((await this.directory.keepsLimits()) ? [CREDIT_LIMIT] : [])];
    const page = await this.scan<CustomerRow>('party.party', cursor, touched, fields, (row) => row['addresses.'].map((address) => address.write_date)); // prettier-ignore
    // Our own companies are parties as well.
    const companies = await this.client.search<{ party: number }>('company.company', [], ['party']);
    const customers = page.records.filter((row) => !companies.some((company) => company.party === row.id));
    return { ...page, records: customers.flatMap((row) => customerOf(row, this.settings, this.connection) ?? []) };
  }

  private async scan<Row extends Changed>(
    model: string,
    cursor: string | undefined,
    touched: readonly string[],
    fields: readonly string[],
    related: (row: Row) => readonly (TrytonDatetime | null)[],
  ): Promise<ChangePage<Row>> {
    const scan = readCursor(cursor);
    const { from } = scan;
    const since: Domain = from === undefined ? [] : ['OR', ...touched.map((field) => [field, '>=', datetime(from)])];
    const domain = [['id', '>', scan.after], ['active', 'in', [true, false]], ...(since.length > 0 ? [since] : [])]; // prettier-ignore
    const rows = await this.client.search<Row>(model, domain, fields, { limit: PAGE, order: [['id', 'ASC']] });
    const moments = rows.flatMap((row) =>
      [row.create_date, row.write_date, ...related(row)].flatMap((at) => (at ? [instant(at)] : [])),
    );
    const seen = [scan.seen ?? '', ...moments].reduce((latest, at) => (at > latest ? at : latest));
    const last = rows.at(-1);
    if (last !== undefined && rows.length === PAGE) {
      return { records: rows, cursor: JSON.stringify({ ...scan, seen, after: last.id }), more: true };
    }
    const digest = createHash('sha256').update(JSON.stringify(rows)).digest('base64url');
    const next = seen === '' ? {} : { from: new Date(Date.parse(seen) - OVERLAP_MS).toISOString(), seen };
    // Only within the overlap, and the same as last time: nothing to tell.
    const repeated = digest === scan.digest && scan.after === 0;
    return { records: repeated ? [] : rows, cursor: JSON.stringify({ ...next, after: 0, digest }), more: false };
  }
}

function readCursor(cursor: string | undefined): Scan {
  if (cursor === undefined) return { after: 0 };
  const scan = JSON.parse(cursor) as Partial<Scan>;
  return { ...scan, after: scan.after ?? 0 };
}
