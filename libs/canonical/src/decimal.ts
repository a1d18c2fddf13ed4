import { Decimal } from 'decimal.js';

// 28 digits hold any numeric(18,6) product; rounding is always explicit, so the default must not round silently.
Decimal.set({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -20, toExpPos: 40 });

export { Decimal };

/** Digits after the point that a quantity may have, here and in PostgreSQL `numeric(18,6)`. */
export const QUANTITY_SCALE = 6;

/** A plain decimal number as text: no exponent, no sign but a leading minus, no spaces, at most 12 and 6 digits. */
export const DECIMAL_TEXT = /^-?\d{1,12}(\.\d{1,6})?$/;

/** Already the shortest form: no leading zero, no trailing zero after the point, no negative zero. */
const SHORTEST = /^(?!-0$)-?(?:0|[1-9]\d{0,17})(?:\.\d{0,17}[1-9])?$/;

/** "24.500000" → "24.5". Numbers leave PostgreSQL with their full scale; contracts show the shortest form. */
export function plain(value: Decimal.Value): string {
  if (typeof value === 'string' && SHORTEST.test(value)) return value;
  return new Decimal(value).toFixed();
}

/** Whole numbers of which a double holds the sum of a thousand exactly, as nearly all quantities are. */
const WHOLE = /^(?:0|[1-9]\d{0,11})$/;

function isWhole(value: Decimal.Value): value is string {
  return typeof value === 'string' && WHOLE.test(value);
}

export function add(a: Decimal.Value, b: Decimal.Value): string {
  if (isWhole(a) && isWhole(b)) return String(Number(a) + Number(b));
  return plain(new Decimal(a).plus(b));
}

export function subtract(a: Decimal.Value, b: Decimal.Value): string {
  return plain(new Decimal(a).minus(b));
}

export function sum(values: readonly Decimal.Value[]): string {
  if (values.length < 1000 && values.every(isWhole))
    return String(values.reduce((total, value) => total + Number(value), 0));
  return plain(values.reduce<Decimal>((total, value) => total.plus(value), new Decimal(0)));
}

export function isPositive(value: Decimal.Value): boolean {
  if (isWhole(value)) return value !== '0';
  return new Decimal(value).gt(0);
}
