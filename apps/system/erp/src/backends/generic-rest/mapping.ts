import type { ContractPriceDto, CustomerDto, ItemDto } from '#contracts/reference/reference.dto';
import type { CustomerReceivables } from '#contracts/erp/erp.dto';
import type { Cancellation, ChangePage, CreditMemo, Delivery, DeliveryReversal, ErpDocument, FreightAccrual, Invoice, SalesOrder } from '../../erp.port'; // prettier-ignore
import type { NativeDocument, NativePage, NativeReceivables } from './native';

/*
 * The contract speaks our canonical words, so mapping is renaming: our business key is its external id. What is not named
 * here is not sent.
 */
export function salesOrderBody(order: SalesOrder) {
  return {
    externalId: order.businessKey,
    customer: order.customer,
    purchaseOrder: order.purchaseOrder,
    ...(order.requestedDate !== undefined && { requestedDate: order.requestedDate }),
    currency: order.currency,
    shipTo: order.shipTo,
    lines: order.lines.map(({ line, item, quantity, unit, unitPrice }) => ({
      line,
      item,
      quantity,
      unit,
      ...(unitPrice && { unitPrice }),
    })),
    charges: order.charges,
  };
}

export function cancellationBody(cancellation: Cancellation) {
  return {
    externalId: cancellation.businessKey,
    salesOrder: cancellation.salesOrder,
    ...(cancellation.lines && { lines: quantities(cancellation.lines) }),
    ...(cancellation.reason !== undefined && { reason: cancellation.reason }),
  };
}

export function deliveryBody(delivery: Delivery) {
  return {
    externalId: delivery.businessKey,
    salesOrder: delivery.salesOrder,
    node: delivery.node,
    shippedAt: delivery.shippedAt,
    lines: quantities(delivery.lines),
    ...(delivery.trackingNumber !== undefined && { trackingNumber: delivery.trackingNumber }),
    ...dates(delivery),
  };
}

export function invoiceBody(invoice: Invoice) {
  return {
    externalId: invoice.businessKey,
    salesOrder: invoice.salesOrder,
    delivery: invoice.delivery,
    lines: quantities(invoice.lines),
    ...(invoice.charges && { charges: invoice.charges }),
    ...dates(invoice),
  };
}

export function reversalBody(reversal: DeliveryReversal) {
  return {
    externalId: reversal.businessKey,
    salesOrder: reversal.salesOrder,
    delivery: reversal.delivery,
    node: reversal.node,
    lines: quantities(reversal.lines),
    ...(reversal.reason !== undefined && { reason: reversal.reason }),
    ...dates(reversal),
  };
}

export function creditMemoBody(memo: CreditMemo) {
  return {
    externalId: memo.businessKey,
    salesOrder: memo.salesOrder,
    invoice: memo.invoice,
    lines: quantities(memo.lines),
    ...(memo.reason !== undefined && { reason: memo.reason }),
    ...dates(memo),
  };
}

export function accrualBody(accrual: FreightAccrual) {
  return {
    externalId: accrual.businessKey,
    delivery: accrual.delivery,
    amount: accrual.amount,
    ...(accrual.carrier !== undefined && { carrier: accrual.carrier }),
    ...dates(accrual),
  };
}

/** The day of the business, and the day to post under where that is another one. */
function dates({ documentDate, postingDate }: { documentDate?: string; postingDate?: string }) {
  return { ...(documentDate !== undefined && { documentDate }), ...(postingDate !== undefined && { postingDate }) };
}

export function documentOf(native: NativeDocument): ErpDocument {
  return { documentNumber: native.documentNumber, ...(native.total && { total: native.total }) };
}

export function accountOf(native: NativeReceivables['customers'][number]): CustomerReceivables {
  const { customer, currency, receivables, overdue, billedNotPosted, creditLimit } = native;
  return {
    ...{ customer, currency, receivables, overdue },
    ...(billedNotPosted !== undefined && { billedNotPosted }),
    ...(creditLimit !== undefined && { creditLimit }),
  };
}

/** Records are checked one by one where they enter (the service of this app); here they only keep their kind. */
export function pageOf<Record extends ItemDto | CustomerDto | ContractPriceDto>(
  native: NativePage,
): ChangePage<Record> {
  return { records: native.records as readonly Record[], cursor: native.cursor, more: native.more };
}

function quantities(lines: readonly { line: number; item: string; quantity: string }[]) {
  return lines.map(({ line, item, quantity }) => ({ line, item, quantity }));
}
