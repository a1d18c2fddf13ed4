import { createHash } from 'node:crypto';
import type { OrderContent } from '#contracts/orders/orders.dto';

/** One spelling per purchase order number: case and spaces do not make another order. What was sent is kept beside it. */
export function purchaseOrderKey(purchaseOrder: string): string {
  return purchaseOrder.trim().replace(/\s+/g, ' ').toUpperCase();
}

/** Says whether two requests order the same: the business content in a fixed order of fields, without where it came in. */
export function contentHash(content: OrderContent): string {
  const { shipTo, requestedDate, shipComplete, lines, charges } = content;
  const plain = [
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
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}
