import { Decimal, DECIMAL_TEXT } from '#canonical/decimal';
import { inMinorUnits, unitPricePerBase, withinTolerance, type Money } from '#canonical/money';
import type { Check, Found, Incoming, IncomingLine } from '../incoming';
import { linesOf } from '../incoming';

/**
 * 11. The sent price, per base unit with at least four decimals, is ours within max(absolute, percent) (order-to-cash §3.3). Ours is
 * the one in force. A price that we do not know is taken with a warning; none at all holds the line.
 */
export const price: Check = {
  name: 'PRICE',
  run: (incoming) => linesOf(incoming).flatMap((line) => findingsOf(incoming, line)),
};

function findingsOf(incoming: Incoming, line: IncomingLine): Found[] {
  if (!line.resolved || line.factor === undefined || isMalformed(line)) return [];
  const at = { pointer: `${line.pointer}/unitPrice`, line: line.line.line };
  const sent = sentPrice(line);
  const ours = ourPrice(incoming, line);
  const { sku, baseUnit } = line.resolved.item;
  if (!ours) {
    if (!sent || new Decimal(sent.amount).isZero())
      return [{ ...at, code: 'PRICE_MISSING', detail: `no price of ${sku} was sent, and none is known` }];
    const detail = `no price of ${sku} is known; the one sent is used`;
    return [{ ...at, code: 'PRICE_UNCONFIRMED', detail, severity: 'WARN', seen: shown(sent) }];
  }
  // Another currency is a finding of its own.
  if (!sent || sent.currency !== ours.currency) return [];
  const seen = shown(sent);
  const expected = shown(ours);
  if (!withinTolerance(sent, ours, incoming.policy.priceTolerance)) {
    const detail = `${sku}: ${seen} was sent for one ${baseUnit}, ${expected} is agreed`;
    return [{ ...at, code: 'PRICE_MISMATCH', detail, seen, expected }];
  }
  if (new Decimal(sent.amount).eq(ours.amount)) return [];
  const detail = `${sku}: the agreed price ${expected} is used instead of ${seen}`;
  return [{ ...at, code: 'PRICE_ADJUSTED', detail, severity: 'FIX', seen, expected }];
}

function isMalformed({ line: { unitPrice } }: IncomingLine): boolean {
  return unitPrice !== undefined && (!DECIMAL_TEXT.test(unitPrice.amount) || unitPrice.amount.startsWith('-'));
}

/** Of one base unit. */
export function sentPrice({ line, factor }: IncomingLine): Money | undefined {
  if (!line.unitPrice || factor === undefined) return undefined;
  return unitPricePerBase(line.unitPrice, new Decimal(factor).times(line.priceBasis ?? 1));
}

/** Ours for this customer, when it is in the customer's currency. */
export function ourPrice({ snapshot }: Incoming, { resolved }: IncomingLine): Money | undefined {
  const known = resolved?.price;
  return known && (snapshot.customer === undefined || known.currency === snapshot.customer.currency)
    ? known
    : undefined;
}

function shown(money: Money): string {
  const { amount, currency } = inMinorUnits(money);
  return `${amount} ${currency}`;
}
