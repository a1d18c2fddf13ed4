import type { CrossdockError } from '#canonical/errors';
import { refused } from '#resilience/outbound-errors';
import type { ErpDocument, Invoice } from '../../erp.port';
import type { TrytonClient } from './client';
import type { Deliveries } from './deliveries';
import type { InvoiceLineRow, InvoiceRow, ShipmentRow } from './native';
import { INVOICE_FIELDS, INVOICE_LINE_FIELDS } from './native';
import type { Sales } from './sales';

/**
 * Tryton itself makes the customer invoice of a shipment when the shipment is done; we post it, once. It is found by the stock
 * moves its lines bill, which Tryton records, so that no key of ours is needed (it is written into the reference for people).
 */
export class Invoices {
  constructor(
    private readonly client: TrytonClient,
    private readonly sales: Sales,
    private readonly deliveries: Deliveries,
    private readonly connection: string,
  ) {}

  async find(request: Invoice): Promise<ErpDocument | undefined> {
    const shipment = await this.deliveries.claimed(request.delivery);
    const line = shipment === undefined ? undefined : await this.billing(shipment);
    const invoice = line?.['invoice.'];
    return invoice?.number != null && ['posted', 'paid'].includes(invoice.state)
      ? { documentNumber: invoice.number }
      : undefined;
  }

  async post(request: Invoice): Promise<ErpDocument> {
    const shipment = await this.deliveries.claimed(request.delivery);
    if (shipment?.state !== 'done') throw this.no(`Tryton has no finished delivery ${request.delivery} to bill`);
    const sale = await this.sales.processed(request.salesOrder);
    let line = await this.billing(shipment);
    if (line === undefined) {
      await this.deliveries.processAgain(sale.id, await this.deliveries.ofSale(sale.id));
      line = await this.billing(shipment);
    }
    if (line?.['invoice.'] == null) throw this.no(`Tryton bills nothing for shipment ${shipment.number}`);
    const { id, state } = line['invoice.'];
    if (state === 'draft') {
      await this.gatherCharges(sale.id, id);
      await this.client.change('account.invoice.write', [id], { reference: request.businessKey });
    }
    if (state === 'draft' || state === 'validated') await this.client.change('account.invoice.post', [id]);
    const [posted] = await this.client.read<InvoiceRow>('account.invoice', [id], INVOICE_FIELDS);
    if (posted?.number == null) throw this.no(`Tryton did not post the invoice of shipment ${shipment.number}`);
    return { documentNumber: posted.number };
  }

  private async billing(shipment: ShipmentRow): Promise<InvoiceLineRow | undefined> {
    const domain = [
      ['stock_moves.shipment', '=', `stock.shipment.out,${shipment.id}`],
      ['invoice.type', '=', 'out'],
      ['invoice.state', '!=', 'cancelled'],
    ];
    const [line] = await this.client.search<InvoiceLineRow>('account.invoice.line', domain, INVOICE_LINE_FIELDS, {
      order: [['id', 'ASC']],
    });
    return line;
  }

  /**
   * Tryton bills lines without goods (freight, handling) on an invoice of their own as soon as the sale is processed. They
   * belong on the first invoice of goods: one shipment, one invoice.
   */
  private async gatherCharges(sale: number, into: number): Promise<void> {
    const domain = [['sales', '=', sale], ['state', '=', 'draft'], ['id', '!=', into]]; // prettier-ignore
    const drafts = await this.client.search<InvoiceRow>('account.invoice', domain, INVOICE_FIELDS);
    for (const draft of drafts.filter((row) => row['lines.'].every((line) => line.stock_moves.length === 0))) {
      // A taxed charge keeps its own invoice: Tryton computes taxes when an invoice is made, not when a line joins it.
      if (draft['lines.'].some((line) => line.taxes.length > 0)) {
        await this.client.change('account.invoice.post', [draft.id]);
        continue;
      }
      const lines = draft['lines.'].map((line) => line.id);
      if (lines.length > 0) await this.client.change('account.invoice.line.write', lines, { invoice: into });
      await this.client.change('account.invoice.delete', [draft.id]);
    }
  }

  private no(message: string): CrossdockError {
    return refused({ connection: this.connection, operation: 'account.invoice' }, message);
  }
}
