import { refused } from '#resilience/outbound-errors';
import { CrossdockError } from '#canonical/errors';
import type { ErpDocument, SalesOrder } from '../../erp.port';
import type { TrytonClient } from './client';
import type { Directory } from './directory';
import { quantity, saleValues } from './mapping';
import type { LineDefaults, PartyRow, SaleProductRow, SaleRow, SaleState } from './native';
import { SALE_FIELDS } from './native';
import type { TrytonSettings } from './settings';

/** How far a sale has come. Of several with one key (a lost race) the furthest counts, then the oldest. */
const PROGRESS: Readonly<Record<SaleState, number>> = {
  cancelled: 0,
  draft: 1,
  quotation: 2,
  confirmed: 3,
  processing: 4,
  done: 5,
};

/** So long a change of taxes in Tryton may go unnoticed. */
const TAXES_MS = 60_000;
const MOST_TAXES = 10_000;

/**
 * One `sale.sale` per business key, which is kept in its description. Made as a draft in one call, then quoted, confirmed and
 * processed: each step may be lost or repeated, and the next attempt goes on from the state it finds.
 */
export class Sales {
  private readonly taxes = new Map<string, { readonly until: number; readonly defaults: LineDefaults }>();

  constructor(
    private readonly client: TrytonClient,
    private readonly directory: Directory,
    private readonly settings: TrytonSettings,
    private readonly connection: string,
  ) {}

  /** undefined when there is none, and when there is one that has not been processed: `create` finishes that. */
  async find(businessKey: string): Promise<ErpDocument | undefined> {
    const sale = furthest(await this.withKey(businessKey));
    return sale !== undefined && ['processing', 'done', 'cancelled'].includes(sale.state)
      ? documentOf(sale)
      : undefined;
  }

  async create(order: SalesOrder): Promise<ErpDocument> {
    const existing = await this.withKey(order.businessKey);
    if (existing.length === 0) {
      const made = await this.draft(order);
      const rivals = await this.withKey(order.businessKey);
      // The look-up cannot see what another transaction has not committed yet; when it has by now, the furthest stays.
      return this.finish(rivals.length > 1 ? await this.keepOne(rivals) : made);
    }
    const sale = existing.length > 1 ? await this.keepOne(existing) : existing[0];
    return this.finish(sale as SaleRow);
  }

  /** The sale of this key, processed; refused when there is none. */
  async processed(businessKey: string): Promise<SaleRow> {
    const sale = furthest(await this.withKey(businessKey));
    if (sale === undefined) throw this.no(`Tryton has no sale for ${businessKey}`);
    if (['draft', 'quotation', 'confirmed'].includes(sale.state)) {
      await this.finish(sale);
      return this.reread(sale);
    }
    return sale;
  }

  async withKey(businessKey: string): Promise<SaleRow[]> {
    return this.client.search<SaleRow>('sale.sale', [['description', '=', businessKey]], SALE_FIELDS, {
      order: [['id', 'ASC']],
    });
  }

  async reread(sale: SaleRow): Promise<SaleRow> {
    const [row] = await this.client.read<SaleRow>('sale.sale', [sale.id], SALE_FIELDS);
    return row ?? sale;
  }

  /** Whatever of draft → quotation → confirmed → processing is still to do. */
  private async finish(sale: SaleRow): Promise<ErpDocument> {
    const steps = {
      draft: ['quote', 'confirm'],
      quotation: ['confirm'],
      confirmed: [],
      processing: [],
      done: [],
      cancelled: [],
    };
    try {
      for (const step of steps[sale.state]) await this.client.change(`sale.sale.${step}`, [sale.id]);
      const after = await this.reread(sale);
      // Confirming queues the processing; a Tryton with queue workers may not have come to it yet.
      if (after.state === 'confirmed') await this.client.change('sale.sale.process', [sale.id]);
      return documentOf(after.state === 'confirmed' ? await this.reread(sale) : after);
    } catch (error) {
      if (error instanceof CrossdockError && error.kind === 'refused') await this.discard(sale);
      throw error;
    }
  }

  /** A refused order leaves nothing behind that a later, corrected one could be mistaken for. */
  private async discard(sale: SaleRow): Promise<void> {
    const { state } = await this.reread(sale);
    if (state !== 'draft' && state !== 'quotation') return;
    await this.client.change('sale.sale.cancel', [sale.id]);
    await this.client.change('sale.sale.delete', [sale.id]);
  }

  private async keepOne(rivals: readonly SaleRow[]): Promise<SaleRow> {
    const kept = furthest(rivals) as SaleRow;
    for (const rival of rivals) if (rival.id !== kept.id) await this.discard(rival);
    return kept;
  }

  private async draft(order: SalesOrder): Promise<SaleRow> {
    const charged = order.charges.flatMap((charge) => this.settings.chargeItems[charge.code] ?? []);
    const [party, products, currency, warehouse] = await Promise.all([
      this.directory.party(order.customer),
      this.directory.products([...order.lines.map((line) => line.item), ...charged]),
      this.directory.currency(order.currency),
      this.directory.warehouse(this.settings.orderWarehouse),
    ]);
    for (const line of order.lines) this.directory.checkUnit(products.get(line.item) as SaleProductRow, line.unit);
    const shipmentAddress = await this.directory.shipmentAddress(party, order.shipTo);
    const values = saleValues(
      order,
      {
        party: party.id,
        paymentTerm: party.customer_payment_term,
        invoiceAddress: this.directory.invoiceAddress(party) ?? shipmentAddress,
        shipmentAddress,
        warehouse: warehouse.id,
        currency,
        products,
        defaults: await this.lineDefaults(order, party, products, currency),
      },
      this.settings,
      new Date().toISOString().slice(0, 10),
    );
    const [id] = await this.client.change<number[]>('sale.sale.create', [values]);
    return { id: id as number, number: null, state: 'draft' };
  }

  /** Taxes and the price without a contract, decided by Tryton's own rules as in its clients. */
  private async lineDefaults(
    order: SalesOrder,
    party: PartyRow,
    products: ReadonlyMap<string, SaleProductRow>,
    currency: number,
  ): Promise<Map<string, LineDefaults>> {
    const { company } = await this.client.context();
    const sale = { '_parent_sale.party': party.id, '_parent_sale.invoice_party': null, '_parent_sale.shipment_party': null, '_parent_sale.currency': currency, '_parent_sale.company': company, '_parent_sale.sale_date': null }; // prettier-ignore
    const ordered = new Map(order.lines.map((line) => [line.item, quantity(line.quantity)]));
    const unpriced = new Set(order.lines.flatMap((each) => (each.unitPrice === undefined ? each.item : [])));
    const asked = [...products.values()].map(async (product): Promise<[string, LineDefaults]> => {
      // Of an item that comes with its price only the taxes are wanted, which follow from the party and the product.
      const key = unpriced.has(product.code) ? undefined : `${party.id}/${product.id}/${currency}`;
      const known = key === undefined ? undefined : this.taxes.get(key);
      if (known && known.until > Date.now()) return [product.code, known.defaults];
      const line = { type: 'line', product: product.id, quantity: ordered.get(product.code) ?? 1, unit: null, ...sale };
      const defaults = await this.client.ask<LineDefaults>('sale.line.on_change_product', line);
      if (key !== undefined) this.remember(key, defaults);
      return [product.code, defaults];
    });
    return new Map(await Promise.all(asked));
  }

  private remember(key: string, defaults: LineDefaults): void {
    if (this.taxes.size >= MOST_TAXES) this.taxes.clear();
    this.taxes.set(key, { until: Date.now() + TAXES_MS, defaults });
  }

  private no(message: string): CrossdockError {
    return refused({ connection: this.connection, operation: 'sale.sale' }, message);
  }
}

export function furthest(sales: readonly SaleRow[]): SaleRow | undefined {
  return [...sales].sort((a, b) => PROGRESS[b.state] - PROGRESS[a.state] || a.id - b.id)[0];
}

function documentOf(sale: SaleRow): ErpDocument {
  return { documentNumber: sale.number ?? `sale ${sale.id}` };
}
