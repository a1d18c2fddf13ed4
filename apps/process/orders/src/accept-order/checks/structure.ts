import { Decimal, DECIMAL_TEXT } from '#canonical/decimal';
import type { Check, Found, Incoming } from '../incoming';
import { linesOf } from '../incoming';

export const MAX_LINES = 500;

/** More does not fit the column: 12 digits before the point. */
const LIMIT = new Decimal('999999999999.999999');

/** What makes it no order at all, whatever a policy says: faults of form, and money that cannot be added up. */
export const structure: Check = {
  name: 'STRUCTURE',
  run: (incoming) => [
    ...lineNumbers(incoming),
    ...quantities(incoming),
    ...currencies(incoming),
    ...amounts(incoming),
    ...days(incoming),
  ],
};

/** Line numbers are unique in the purchase order, and there are not too many. */
function lineNumbers({ request: { lines } }: Incoming): Found[] {
  const found: Found[] = [];
  if (lines.length > MAX_LINES) {
    const detail = `an order has at most ${MAX_LINES} lines`;
    found.push({ code: 'LINES_TOO_MANY', detail, pointer: '/lines', severity: 'REJECT', seen: String(lines.length) });
  }
  const seen = new Set<number>();
  for (const [index, { line }] of lines.entries()) {
    const pointer = `/lines/${index}/line`;
    const detail = `line ${line} comes twice`;
    if (seen.has(line)) found.push({ code: 'LINE_DUPLICATE', detail, pointer, severity: 'REJECT', seen: String(line) });
    seen.add(line);
  }
  return found;
}

/** More than nothing, and not more than can be counted. */
function quantities(incoming: Incoming): Found[] {
  return linesOf(incoming).flatMap(({ line, pointer, base }): Found[] => {
    const { value, unit } = line.quantity;
    const finding = {
      code: 'QUANTITY_INVALID',
      pointer: `${pointer}/quantity/value`,
      severity: 'REJECT',
      seen: value,
    } as const;
    if (!DECIMAL_TEXT.test(value) || !new Decimal(value).gt(0))
      return [{ ...finding, detail: 'a quantity is a decimal number greater than 0' }];
    return base !== undefined && new Decimal(base).gt(LIMIT)
      ? [{ ...finding, detail: `${value} ${unit} is more than can be ordered` }]
      : [];
  });
}

/** One order has one currency: the customer's. */
function currencies({ request, snapshot: { customer } }: Incoming): Found[] {
  if (!customer) return [];
  const expected = customer.currency;
  const sent = [
    ...request.lines.map(({ unitPrice }, index) => ({ money: unitPrice, at: `/lines/${index}/unitPrice` })),
    ...(request.charges ?? []).map(({ amount }, index) => ({ money: amount, at: `/charges/${index}/amount` })),
    { money: request.tax, at: '/tax' },
    { money: request.controlTotals?.amount, at: '/controlTotals/amount' },
  ];
  return sent.flatMap(({ money, at }): Found[] => {
    if (money === undefined || money.currency === expected) return [];
    const detail = `customer ${customer.id} is billed in ${expected}`;
    const pointer = `${at}/currency`;
    return [{ code: 'CURRENCY_MISMATCH', detail, pointer, severity: 'REJECT', seen: money.currency, expected }];
  });
}

/** A charge is an amount of money, negative for an allowance; a price is not negative. */
function amounts({ request }: Incoming): Found[] {
  const wrongCharges = (request.charges ?? []).flatMap(({ code, amount: { amount } }, index): Found[] => {
    if (DECIMAL_TEXT.test(amount)) return [];
    const pointer = `/charges/${index}/amount/amount`;
    const detail = `the amount of ${code} is no decimal number`;
    return [{ code: 'CHARGE_INVALID', detail, pointer, severity: 'REJECT', seen: amount }];
  });
  const wrongPrices = request.lines.flatMap(({ unitPrice }, index): Found[] => {
    const amount = unitPrice?.amount;
    if (amount === undefined || (DECIMAL_TEXT.test(amount) && !amount.startsWith('-'))) return [];
    const pointer = `/lines/${index}/unitPrice/amount`;
    const detail = 'a price is a decimal number, not negative';
    return [{ code: 'PRICE_INVALID', detail, pointer, severity: 'REJECT', seen: amount }];
  });
  return [...wrongCharges, ...wrongPrices];
}

function days({ request: { requestedDate, shipWindow } }: Incoming): Found[] {
  const sent: [string, string | undefined][] = [
    ['/requestedDate', requestedDate],
    ['/shipWindow/from', shipWindow?.from],
    ['/shipWindow/to', shipWindow?.to],
  ];
  return sent.flatMap(([pointer, day]): Found[] => {
    if (day === undefined || isDay(day)) return [];
    return [
      { code: 'DATE_INVALID', detail: `${day} is no day of the calendar`, pointer, severity: 'REJECT', seen: day },
    ];
  });
}

/** A day of the calendar. */
export function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
