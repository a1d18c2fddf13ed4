import { extend, total, type Money } from '#canonical/money';
import { ourPrice, sentPrice } from './checks/price';
import { orderedQuantity } from './checks/multiple';
import { linesOf, type Incoming, type IncomingLine } from './incoming';

/** The price that is in force for a line, of one base unit: ours where we know one. */
export function priceInForce(incoming: Incoming, line: IncomingLine): Money | undefined {
  return ourPrice(incoming, line) ?? sentPrice(line);
}

/** What the order is worth now: lines rounded, then summed, and charges. Lines without a price or an item are worth nothing yet. */
export function orderValue(incoming: Incoming): string {
  const currency = incoming.snapshot.customer?.currency ?? '';
  const lines = linesOf(incoming).flatMap((line) => {
    const unitPrice = priceInForce(incoming, line);
    return unitPrice && line.base !== undefined ? [extend(orderedQuantity(incoming, line), unitPrice)] : [];
  });
  const charges = (incoming.request.charges ?? []).map((charge) => charge.amount);
  const money = [...lines, ...charges].filter((each) => each.currency === currency);
  return total(money, currency).amount;
}
