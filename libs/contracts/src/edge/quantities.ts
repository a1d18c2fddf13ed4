import { Decimal, plain, QUANTITY_SCALE } from '#canonical/decimal';
import { inMinorUnits } from '#canonical/money';
import type { Quantity } from '#canonical/units';
import type { MoneyDto } from '../values.dto';

/** UNECE Recommendation 20 code for "one": what is shown when nobody knows the unit of an item any more. */
export const ONE = 'C62';

/** The unit a partner speaks in, and how many base units one of it holds. */
export interface EdgeUnit {
  readonly unit: string;
  readonly baseUnit: string;
  readonly baseQuantityPerUnit: string;
}

/** A base quantity in the partner's unit; in the base unit when six digits cannot say it exactly. */
export function inUnit(base: string, { unit, baseUnit, baseQuantityPerUnit }: EdgeUnit): Quantity {
  if (unit === baseUnit) return { value: plain(base), unit };
  const value = new Decimal(base).div(baseQuantityPerUnit);
  return value.decimalPlaces() <= QUANTITY_SCALE
    ? { value: plain(value), unit }
    : { value: plain(base), unit: baseUnit };
}

/** A base quantity in whole packs, or in the base unit when it is not a whole number of them. */
export function inWholeUnits(base: string, edge: EdgeUnit): Quantity {
  if (edge.unit === edge.baseUnit) return { value: plain(base), unit: edge.unit };
  const value = new Decimal(base).div(edge.baseQuantityPerUnit);
  return value.isInteger() ? { value: plain(value), unit: edge.unit } : { value: plain(base), unit: edge.baseUnit };
}

/** Exact: 2.55 for one of twelve is 30.60. */
export function pricePerUnit({ amount, currency }: MoneyDto, baseQuantityPerUnit: string): MoneyDto {
  // A price has six decimals at most, whatever of a unit it is for.
  return inMinorUnits({ amount: new Decimal(amount).times(baseQuantityPerUnit).toDecimalPlaces(6), currency });
}
