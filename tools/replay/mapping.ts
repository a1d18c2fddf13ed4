import { Decimal, plain, sum } from '#canonical/decimal';
import { extend } from '#canonical/money';
import type { OrderContent } from '#contracts/orders/orders.dto';
import type { Invoice, TradeLine } from './trade';

export const CURRENCY = 'GBP';
export const UNIT = 'EA';
/** Limits of one order in the public API. */
export const MAX_LINES = 500;
export const MAX_CHARGES = 50;

/** An order as it is sent: the ship-to is left out when the invoice names no customer, and the API says what it thinks of it. */
export type SentOrder = Omit<OrderContent, 'shipTo'> & { readonly shipTo?: string };

export interface ReversalLine {
  readonly item: string;
  /** Decimal text above zero: what is taken back. */
  readonly quantity: string;
  readonly unitPrice: string;
}

export type NotSent = 'CHARGES_ONLY' | 'NEGATIVE_LINE' | 'MALFORMED_LINE';

/** What one invoice becomes. */
export type Plan =
  | { readonly kind: 'orders'; readonly orders: readonly SentOrder[]; readonly writeOffs: number }
  | { readonly kind: 'reversal'; readonly lines: readonly ReversalLine[] }
  | { readonly kind: 'not-sent'; readonly reason: NotSent };

/** Codes that are money, not goods: postage, carriage, fees, manual entries, discounts, samples, vouchers, bad debt. */
const CHARGE = /^(POST|DOT|C2|M|D|S|B|BANK CHARGES|AMAZONFEE|CRUK|PADS|GIFT_.*|ADJUST.*)$/;

export function isCharge(code: string): boolean {
  return CHARGE.test(code);
}

/** Pure: the same invoice always becomes the same requests, which is what makes a restart harmless. */
export function planOf(invoice: Invoice): Plan {
  if (invoice.lines.some((line) => line.fault !== undefined)) return { kind: 'not-sent', reason: 'MALFORMED_LINE' };
  const goods = invoice.lines.filter((line) => !isCharge(line.code));
  if (invoice.reversal) return { kind: 'reversal', lines: goods.flatMap(reversalLine) };
  const sold = goods.filter((line) => new Decimal(line.quantity).gt(0));
  const writeOffs = goods.length - sold.length;
  if (sold.length === 0) return { kind: 'not-sent', reason: writeOffs > 0 ? 'NEGATIVE_LINE' : 'CHARGES_ONLY' };
  const charges = chargesOf(invoice.lines.filter((line) => isCharge(line.code)));
  return { kind: 'orders', orders: ordersOf(invoice, sold, charges), writeOffs };
}

function ordersOf(invoice: Invoice, sold: readonly TradeLine[], charges: SentOrder['charges']): SentOrder[] {
  const lines = sold.map(orderLine);
  const chunks = Array.from({ length: Math.ceil(lines.length / MAX_LINES) }, (_, index) =>
    lines.slice(index * MAX_LINES, (index + 1) * MAX_LINES),
  );
  return chunks.map((chunk, index) => {
    const release = releaseOf(invoice.part, index + 1, chunks.length);
    return {
      purchaseOrder: invoice.number,
      ...(release === undefined ? {} : { release }),
      ...(invoice.customer === '' ? {} : { shipTo: invoice.customer }),
      lines: chunk,
      ...(index === 0 && charges && charges.length > 0 ? { charges } : {}),
    };
  });
}

/** A plain invoice has none; 1, 2 … when it is longer than one order may be; P2 when its number comes a second time. */
function releaseOf(part: number, chunk: number, chunks: number): string | undefined {
  const pieces = [...(part > 1 ? [`P${part}`] : []), ...(chunks > 1 ? [String(chunk)] : [])];
  return pieces.length > 0 ? pieces.join('-') : undefined;
}

function orderLine(line: TradeLine, index: number): SentOrder['lines'][number] {
  const priced = !new Decimal(line.unitPrice).isZero();
  return {
    line: index + 1,
    item: line.code,
    quantity: { value: plain(line.quantity), unit: UNIT },
    ...(priced ? { unitPrice: { amount: plain(line.unitPrice), currency: CURRENCY } } : {}),
  };
}

function chargesOf(lines: readonly TradeLine[]): NonNullable<SentOrder['charges']> {
  const charges = lines.map((line) => ({
    code: chargeCode(line.code),
    ...(line.description === '' ? {} : { description: line.description.slice(0, 200) }),
    amount: extend(line.quantity, { amount: line.unitPrice, currency: CURRENCY }),
  }));
  if (charges.length <= MAX_CHARGES) return charges;
  return [...new Set(charges.map(({ code }) => code))].slice(0, MAX_CHARGES).map((code) => {
    const amounts = charges.filter((charge) => charge.code === code).map(({ amount }) => amount.amount);
    return { code, amount: { amount: new Decimal(sum(amounts)).toFixed(2), currency: CURRENCY } };
  });
}

function chargeCode(code: string): string {
  return code.replace(/[^A-Z0-9_ ]/g, '_').slice(0, 30);
}

function reversalLine(line: TradeLine): ReversalLine[] {
  const quantity = new Decimal(line.quantity).neg();
  return quantity.gt(0) ? [{ item: line.code, quantity: plain(quantity), unitPrice: plain(line.unitPrice) }] : [];
}
