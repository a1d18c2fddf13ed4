import { Decimal } from '#canonical/decimal';
import { extend, minorDigits, total } from '#canonical/money';
import type { Money } from '#canonical/money';
import type { InvoiceAmounts } from '#contracts/events/shipments';
import type { PostedLine, ShipmentLine } from '../confirm-shipment/shipment';
import { lineKey } from '../confirm-shipment/decide';

/**
 * Net amounts of an invoice: each line rounded half-up to the currency's minor unit, then summed; never summed and then rounded
 * (domain/order-to-cash.md §7). undefined when a line has no agreed price, or prices are in several currencies.
 */
export function invoiceAmounts(
  billed: readonly PostedLine[],
  priced: readonly Pick<ShipmentLine, 'line' | 'item' | 'unitPrice'>[],
  charges: readonly Money[],
): InvoiceAmounts | undefined {
  const prices = new Map(priced.map((line) => [lineKey(line), line.unitPrice]));
  const currency = [...prices.values()].find((price) => price !== undefined)?.currency;
  if (currency === undefined) return undefined;
  const lines: { line: number; item: string; amount: Money }[] = [];
  for (const { line, item, quantity } of billed) {
    const price = prices.get(lineKey({ line, item }));
    if (price === undefined || price.currency !== currency) return undefined;
    lines.push({ line, item, amount: extend(quantity, price) });
  }
  if (charges.some((charge) => charge.currency !== currency)) return undefined;
  const goods = total(lines.map(({ amount }) => amount), currency); // prettier-ignore
  const extra = total(charges, currency);
  const sum = total([goods, extra], currency);
  return { lines, goods, charges: extra, total: sum, totalInMinorUnits: inMinorUnits(sum) };
}

/** Implied decimals, as X12 N2 elements such as TDS01 have them: 290.15 is "29015". */
function inMinorUnits({ amount, currency }: Money): string {
  return new Decimal(amount).times(new Decimal(10).pow(minorDigits(currency))).toFixed(0, Decimal.ROUND_HALF_UP);
}
