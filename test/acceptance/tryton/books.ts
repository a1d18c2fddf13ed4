import type { ErpCounts } from '../../../apps/system/erp/test/erp.conformance';
import type { DirectClient } from './direct-client';

/** Tryton's own books, counted through a client of their own. */
export class TrytonBooks {
  constructor(readonly direct: DirectClient) {}

  /** Documents with this business key, wherever the adapter may have put it. */
  async counts(key: string): Promise<ErpCounts> {
    const shipments = (state: string): Promise<number> =>
      this.direct.count('stock.shipment.out', [
        ['reference', '=', key],
        ['state', '=', state],
      ]);
    return {
      salesOrders: await this.direct.count('sale.sale', [['description', '=', key]]),
      cancellations: await shipments('cancelled'),
      deliveries: await shipments('done'),
      invoices: await this.direct.count('account.invoice', [
        ['reference', '=', key],
        ['state', 'in', ['posted', 'paid']],
      ]),
    };
  }

  /** On hand in the warehouse today. */
  async onHand(item: string): Promise<string> {
    const now = new Date();
    const [warehouse] = await this.direct.find('stock.location', [['type', '=', 'warehouse']]);
    const [product] = await this.direct.find('product.product', [['code', '=', item]]);
    const today = {
      __class__: 'date',
      year: now.getUTCFullYear(),
      month: now.getUTCMonth() + 1,
      day: now.getUTCDate(),
    };
    const { context } = this.direct;
    this.direct.context = { ...context, locations: [warehouse?.id], with_childs: true, stock_date_end: today };
    const rows = await this.direct
      .model<{ quantity: number }[]>('product.product.read', [product?.id], ['quantity'])
      .finally(() => {
        this.direct.context = context;
      });
    return String(rows[0]?.quantity);
  }

  /** The sale of a key as Tryton sees it. */
  async sale(key: string): Promise<Record<string, unknown> | undefined> {
    const [row] = await this.direct.find('sale.sale', [['description', '=', key]], ['number', 'state', 'shipment_state', 'invoice_state', 'reference', 'total_amount', 'shipments', 'invoices']); // prettier-ignore
    return row;
  }

  /** What was shipped of each line of a sale: done moves only. */
  async shipped(key: string): Promise<Record<string, number>> {
    const domain = [
      ['sale.description', '=', key],
      ['state', '=', 'done'],
    ];
    const moves = await this.direct.find<{ quantity: number; 'product.': { code: string } }>('stock.move', domain, ['quantity', 'product.code']); // prettier-ignore
    const shipped: Record<string, number> = {};
    for (const move of moves) shipped[move['product.'].code] = (shipped[move['product.'].code] ?? 0) + move.quantity;
    return shipped;
  }

  /** Customer invoices of a sale, posted or not. */
  async invoices(key: string): Promise<{ state: string; number: string | null; total: string }[]> {
    const rows = await this.direct.find<{ state: string; number: string | null; total_amount: { decimal: string } }>(
      'account.invoice',
      [['sales.description', '=', key]],
      ['state', 'number', 'total_amount'],
    );
    return rows.map((row) => ({ state: row.state, number: row.number, total: row.total_amount.decimal }));
  }
}
