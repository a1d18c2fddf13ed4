import { Decimal } from './decimal';

/** An exact amount in one currency. `amount` is decimal text ("12.50"), `currency` ISO 4217. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

/** Digits after the point of a currency's minor unit (ISO 4217); two unless listed. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  CLP: 0,
  ISK: 0,
  BHD: 3,
  KWD: 3,
  OMR: 3,
  TND: 3,
};

export function minorDigits(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2;
}

/** As money is shown: exact, with at least the digits of the currency's minor unit. "9" → "9.00", "0.125" stays. */
export function inMinorUnits({
  amount,
  currency,
}: {
  readonly amount: Decimal.Value;
  readonly currency: string;
}): Money {
  const exact = new Decimal(amount);
  return { amount: exact.toFixed(Math.max(minorDigits(currency), exact.decimalPlaces())), currency };
}

/**
 * quantity × unit price, rounded half-up to the minor unit. Lines are rounded, then summed; a sum is never rounded
 * (domain/order-to-cash.md §7).
 */
export function extend(quantity: Decimal.Value, unitPrice: Money): Money {
  const exact = new Decimal(quantity).times(unitPrice.amount);
  return {
    amount: exact.toFixed(minorDigits(unitPrice.currency), Decimal.ROUND_HALF_UP),
    currency: unitPrice.currency,
  };
}

/** Sum of amounts of one currency. Throws RangeError on mixed currencies: those must be converted first, with a dated rate. */
export function total(amounts: readonly Money[], currency: string): Money {
  const sum = amounts.reduce((running, money) => {
    if (money.currency !== currency) throw new RangeError(`cannot add ${money.currency} to ${currency}`);
    return running.plus(money.amount);
  }, new Decimal(0));
  return inMinorUnits({ amount: sum, currency });
}

/** Same currency and |a − b| ≤ max(absolute, percent of b): the price tolerance rule of domain/order-to-cash.md §3.3. */
export function withinTolerance(a: Money, b: Money, tolerance: { absolute: string; percent: string }): boolean {
  if (a.currency !== b.currency) return false;
  const difference = new Decimal(a.amount).minus(b.amount).abs();
  const percent = new Decimal(b.amount).abs().times(tolerance.percent).div(100);
  return difference.lte(Decimal.max(tolerance.absolute, percent));
}

export function unitPricePerBase(price: Money, baseQuantityPerUnit: Decimal.Value): Money {
  const amount = new Decimal(price.amount).div(baseQuantityPerUnit).toDecimalPlaces(6);
  return inMinorUnits({ amount, currency: price.currency });
}
