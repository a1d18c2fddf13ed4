import { createHash } from 'node:crypto';
import type { AcceptOrderRequest, OrderContent } from '#contracts/orders/orders.dto';

/** One spelling per purchase order number: case and spaces do not make another order. What was sent is kept beside it. */
export function purchaseOrderKey(purchaseOrder: string): string {
  return purchaseOrder.trim().replace(/\s+/g, ' ').toUpperCase();
}

/** Says whether two requests order the same: the business content in a fixed order of fields, without where it came in. */
export function contentHash(content: OrderContent & Pick<AcceptOrderRequest, 'reservation'>): string {
  const { shipTo, requestedDate, shipComplete, lines, charges, reservation, partial, cancelAfter } = content;
  const plain: unknown[] = [
    shipTo,
    requestedDate ?? null,
    shipComplete ?? false,
    lines.map(({ line, item, quantity, unitPrice }) => [
      line,
      item,
      quantity.value,
      quantity.unit,
      unitPrice?.amount,
      unitPrice?.currency,
    ]),
    (charges ?? []).map(({ code, description, amount }) => [code, description ?? null, amount.amount, amount.currency]),
  ];
  // What is not asked for leaves no trace, so that a field that is new changes no content of the past.
  if (reservation !== undefined) plain.push(reservation);
  if (partial !== undefined) plain.push({ partial });
  if (cancelAfter !== undefined) plain.push({ cancelAfter });
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}
