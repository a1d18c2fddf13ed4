import { createHash } from 'node:crypto';
import type { AcceptOrderRequest, OrderContent } from '#contracts/orders/orders.dto';
import type { PurchaseOrderRule } from '#contracts/orders/validation.dto';

/**
 * One spelling per purchase order number: spaces at the ends and doubled ones do not make another order, nor does case unless the
 * partner's rule says so; leading zeros of each number only where it says so. What was sent is kept beside it.
 */
export function purchaseOrderKey(purchaseOrder: string, rule: PurchaseOrderRule = {}): string {
  const spaced = purchaseOrder.trim().replace(/\s+/g, ' ');
  const cased = rule.caseSensitive === true ? spaced : spaced.toUpperCase();
  return rule.ignoreLeadingZeros === true ? cased.replace(/(?<![0-9])0+(?=[0-9])/g, '') : cased;
}

/** Says whether two requests order the same: the business content in a fixed order of fields, without where it came in. */
export function contentHash(content: OrderContent & Pick<AcceptOrderRequest, 'reservation'>): string {
  const { shipTo, requestedDate, shipComplete, lines, charges, reservation, partial, cancelAfter } = content;
  const plain: unknown[] = [
    shipTo,
    requestedDate ?? null,
    shipComplete ?? false,
    lines.map(({ line, item, quantity, unitPrice, priceBasis, substitutes }) => [
      ...[line, item, quantity.value, quantity.unit, unitPrice?.amount, unitPrice?.currency],
      // What is not asked for leaves no trace, so that a field that is new changes no content of the past.
      ...(priceBasis === undefined ? [] : [priceBasis]),
      ...(substitutes === undefined ? [] : [{ substitutes }]),
    ]),
    (charges ?? []).map(({ code, description, amount }) => [code, description ?? null, amount.amount, amount.currency]),
  ];
  if (reservation !== undefined) plain.push(reservation);
  if (partial !== undefined) plain.push({ partial });
  if (content.substitutes !== undefined) plain.push({ substitutes: content.substitutes });
  if (cancelAfter !== undefined) plain.push({ cancelAfter });
  const { paymentTerms, billTo, shipWindow, taxExemption, tax, routing, controlTotals } = content;
  const terms = { paymentTerms, billTo, shipWindow, taxExemption, tax, routing, controlTotals };
  if (Object.values(terms).some((term) => term !== undefined)) plain.push(sorted(terms));
  return createHash('sha256').update(JSON.stringify(plain)).digest('hex');
}

/** The same fields in another order are the same content. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => [name, sorted(inner)]);
}
