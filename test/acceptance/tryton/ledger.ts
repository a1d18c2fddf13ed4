import { Client } from 'pg';
import type { Client as Api } from '../../support/client';
import { POSTGRES } from './server';
import type { RunningTryton } from './server';

/** A posting of ours, or a document of Tryton's: key and number. */
export type Document = readonly [key: string, number: string];

/** All that our ledger says is posted, by kind; and the postings that are not done. */
export async function ledgerOf(operations: Api, connection: string) {
  const done = new Map<string, Document[]>();
  const other: object[] = [];
  for (let cursor = ''; ;) {
    const query = `connection=${connection}&limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
    const { body } = await operations.get(`/operations/v1/connections/erp/postings?${query}`);
    for (const posting of body.postings) {
      const { kind, businessKey, state, documentNumber } = posting;
      if (state !== 'DONE') other.push(posting);
      else done.set(kind, [...(done.get(kind) ?? []), [businessKey, documentNumber]]);
    }
    if (body.next === undefined) break;
    cursor = body.next;
  }
  return { of: (kind: string): Document[] => sorted(done.get(kind) ?? []), other };
}

/** Tryton's books read from its tables: neither the adapter nor Tryton's own code is asked. */
export class TrytonTables {
  private constructor(private readonly client: Client) {}

  static async open({ database }: RunningTryton): Promise<TrytonTables> {
    const client = new Client({ connectionString: `${POSTGRES}/${database}` });
    await client.connect();
    return new TrytonTables(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  sales(): Promise<Document[]> {
    return this.documents(
      "select description, number from sale_sale where state in ('processing', 'done', 'cancelled')",
    );
  }

  deliveries(): Promise<Document[]> {
    return this.documents("select reference, number from stock_shipment_out where state = 'done'");
  }

  /** A cancellation is a cancelled shipment of its own, or the sale that was cancelled whole. */
  cancellations(): Promise<Document[]> {
    return this.documents(
      "select reference, number from stock_shipment_out where state = 'cancelled' and reference is not null",
    );
  }

  invoices(): Promise<Document[]> {
    return this.documents(
      "select reference, number from account_invoice where type = 'out' and state in ('posted', 'paid')",
    );
  }

  /** Documents that somebody would have to finish, each with what is in it. */
  async unfinished(): Promise<string[]> {
    const { rows } = await this.client.query<{ document: string }>(`
      select 'sale ' || description || ' ' || state as document from sale_sale where state in ('draft', 'quotation', 'confirmed')
      union all
      select 'invoice ' || coalesce(reference, id::text) || ' ' || state from account_invoice where state in ('draft', 'validated')
      union all
      select 'shipment ' || coalesce(s.reference, s.number) || ' ' || s.state || ' of ' || coalesce(string_agg(
               o.description || ' line ' || l.sequence || ' (' || l.quantity || ' sold, ' || m.quantity || ' ' || m.state
                 || '; all its moves: ' || (select string_agg(other.quantity || ' ' || other.state || coalesce(' ' || t.reference, ''), ', ')
                                              from stock_move other
                                              left join stock_shipment_out t on other.shipment = 'stock.shipment.out,' || t.id
                                             where other.origin = 'sale.line,' || l.id) || ')', '; '), 'nothing')
        from stock_shipment_out s
        left join stock_move m on m.shipment = 'stock.shipment.out,' || s.id and m.origin like 'sale.line,%'
        left join sale_line l on m.origin = 'sale.line,' || l.id
        left join sale_sale o on o.id = l.sale
       where s.state not in ('done', 'cancelled') group by s.id`);
    return rows.map(({ document }) => document).sort();
  }

  /** `<delivery> <item>` → quantity of its done outgoing moves. */
  moved(): Promise<Map<string, string>> {
    return this.figures(`
      select s.reference || ' ' || p.code as key, sum(m.quantity)::text as value
        from stock_move m
        join stock_shipment_out s on m.shipment = 'stock.shipment.out,' || s.id
        join stock_location l on l.id = m.to_location and l.type = 'customer'
        join product_product p on p.id = m.product
       where m.state = 'done' group by 1`);
  }

  /** Invoice → sum of its lines. */
  billed(): Promise<Map<string, string>> {
    return this.figures(`
      select i.reference as key, sum(round(l.quantity::numeric * l.unit_price, 2))::text as value
        from account_invoice i join account_invoice_line l on l.invoice = i.id
       where i.type = 'out' and i.state in ('posted', 'paid') group by 1`);
  }

  private async documents(text: string): Promise<Document[]> {
    const { rows } = await this.client.query<[string, string]>({ text, rowMode: 'array' });
    return sorted(rows);
  }

  private async figures(text: string): Promise<Map<string, string>> {
    const { rows } = await this.client.query<{ key: string; value: string }>(text);
    return new Map(rows.map(({ key, value }) => [key, String(Number(value))]));
  }
}

function sorted(documents: readonly Document[]): Document[] {
  return [...documents].sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
}
