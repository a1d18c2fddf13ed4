import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { Decimal } from '#canonical/decimal';
import type { Money } from '#canonical/money';
import { ErpApi } from '#contracts/erp/erp.api';
import type { PostingResult } from '#contracts/erp/erp.dto';
import { SHIPMENT_INVOICED } from '#contracts/events/shipments';
import type { ShipmentInvoiced } from '#contracts/events/shipments';
import { Outbox } from '#messaging/outbox';
import type { NewEvent } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { invoiceAmounts } from '../bill-shipment/invoice-amounts';
import type { Shipment } from '../confirm-shipment/shipment';
import { invoiceDiffers } from '../troubles';
import { documentDateOf, QUEUES } from './effect';
import type { EffectAnswer, OutsideEffect, Posting } from './effect';
import { EffectRunner } from './effect-runner';

type Invoice = Pick<PostingResult, 'total'> & { readonly reference: string };

/** One invoice per shipment and bill-to, for what was shipped and not more than was released (domain/order-to-cash.md §5, §7). */
@Injectable()
export class ErpInvoiceEffect implements OutsideEffect<Invoice>, OnModuleInit {
  readonly name = 'ERP_INVOICE';
  readonly queue = QUEUES.ERP_INVOICE;

  constructor(
    private readonly erp: ErpApi,
    private readonly runner: EffectRunner,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.runner.register(this);
  }

  async perform(shipment: Shipment, posting: Posting): Promise<Invoice> {
    const { fulfilmentOrder } = shipment;
    const charges = chargesOf(shipment, posting);
    const { documentNumber, total } = await this.erp.postInvoice({
      connection: fulfilmentOrder.erpConnection,
      businessKey: posting.businessKey,
      salesOrder: fulfilmentOrder.order,
      delivery: posting.businessKey,
      documentDate: documentDateOf(shipment),
      lines: posting.lines.map((line) => ({ ...line })),
      ...(charges.length === 0 ? {} : { charges }),
    });
    return { reference: documentNumber, ...(total && { total }) };
  }

  /** Tells who sends them, and a person when the ERP has billed another amount than was agreed. */
  async after(tx: Transaction, answers: readonly EffectAnswer<Invoice>[]): Promise<void> {
    await this.outbox.publish(tx, answers.flatMap(toldOf)); // prettier-ignore
  }
}

function toldOf({ shipment, posting, result: { reference, total } }: EffectAnswer<Invoice>): NewEvent[] {
  const { id, correlationId, lines, fulfilmentOrder } = shipment;
  const { order, partner, customer } = fulfilmentOrder;
  const amounts = invoiceAmounts(posting.lines, lines, chargesOf(shipment, posting).map(({ amount }) => amount)); // prettier-ignore
  const data: ShipmentInvoiced = {
    ...{ shipment: id, revision: posting.revision, order, partner, billTo: customer, invoice: reference },
    ...(amounts && { amounts }),
  };
  const invoiced: NewEvent = {
    ...{ type: SHIPMENT_INVOICED, source: 'process/shipments', subject: id, partitionKey: order, correlationId },
    data,
  };
  const differs = total && amounts && !new Decimal(total.amount).eq(amounts.total.amount);
  return differs ? [invoiced, invoiceDiffers(shipment, reference, total, amounts.total)] : [invoiced];
}

/** Freight that the customer pays is billed with the goods, once: with the first invoice of the shipment. */
function chargesOf({ request: { freight } }: Shipment, { revision }: Posting): { code: string; amount: Money }[] {
  if (revision > 1 || freight?.terms !== 'PREPAID_AND_CHARGE' || freight.amount === undefined) return [];
  return [{ code: 'FREIGHT', amount: freight.amount }];
}
