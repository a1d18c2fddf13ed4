import { Decimal, DECIMAL_TEXT } from '#canonical/decimal';
import type { Finding } from '#canonical/errors';
import { inMinorUnits, unitPricePerBase, withinTolerance, type Money } from '#canonical/money';
import type { Check, Incoming, IncomingLine } from '../incoming';
import { linesOf } from '../incoming';

/**
 * The sent price, per base unit, is ours within the tolerance (order-to-cash §3.3). Ours is the one in force. A price that we do
 * not know is taken with a warning; none at all is refused.
 */
export const price: Check = (incoming) =>
  linesOf(incoming).flatMap((line) => (line.resolved && line.factor !== undefined ? findingsOf(incoming, line) : []));

function findingsOf(incoming: Incoming, line: IncomingLine): Finding[] {
  const pointer = `${line.pointer}/unitPrice`;
  const amount = line.line.unitPrice?.amount;
  if (amount !== undefined && (!DECIMAL_TEXT.test(amount) || amount.startsWith('-'))) {
    const detail = 'a price is a decimal number, not negative';
    return [{ code: 'PRICE_INVALID', detail, pointer: `${pointer}/amount`, severity: 'REJECT', seen: amount }];
  }
  const sent = sentPrice(line);
  const ours = ourPrice(incoming, line);
  const item = line.resolved?.item.sku ?? line.line.item;
  if (!ours) {
    if (!sent || new Decimal(sent.amount).isZero()) {
      return [
        {
          code: 'PRICE_MISSING',
          detail: `no price of ${item} was sent, and none is known`,
          pointer,
          severity: 'REJECT',
        },
      ];
    }
    const detail = `no price of ${item} is known; the one sent is used`;
    return [{ code: 'PRICE_UNCONFIRMED', detail, pointer, severity: 'WARN', seen: shown(sent) }];
  }
  // Another currency is a finding of its own.
  if (!sent || sent.currency !== ours.currency) return [];
  const seen = shown(sent);
  const expected = shown(ours);
  if (!withinTolerance(sent, ours, incoming.policy.priceTolerance)) {
    const severity = incoming.policy.priceDeviation;
    const detail = `${item}: ${seen} was sent for one base unit, ${expected} is agreed`;
    return [{ code: 'PRICE_MISMATCH', detail, pointer, severity, seen, expected }];
  }
  if (new Decimal(sent.amount).eq(ours.amount)) return [];
  const detail = `${item}: the agreed price ${expected} is used instead of ${seen}`;
  return [{ code: 'PRICE_ADJUSTED', detail, pointer, severity: 'FIX', seen, expected }];
}

/** Of one base unit. */
export function sentPrice({ line, factor }: IncomingLine): Money | undefined {
  return line.unitPrice && factor !== undefined ? unitPricePerBase(line.unitPrice, factor) : undefined;
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
