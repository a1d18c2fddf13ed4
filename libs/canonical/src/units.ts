import { CrossdockError } from './errors';
import { Decimal, DECIMAL_TEXT, plain, QUANTITY_SCALE } from './decimal';

/** A quantity in a unit of UNECE Recommendation 20 (packages used as units carry the prefix X of Recommendation 21). */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** One way an item is packed: `XCS` of 12 says that one case holds 12 of the item's base unit. */
export interface PackUnit {
  readonly unit: string;
  /** Base units in one of these; > 0, exact. Comes from the item master, never from the code (a case has no fixed size). */
  readonly baseQuantity: string;
  readonly gtin?: string;
}

export interface ItemUnits {
  readonly baseUnit: string;
  readonly packs: readonly PackUnit[];
}

/** Base units in one `unit` of the item, or undefined when the item is not sold in that unit. */
export function baseQuantityOf(item: ItemUnits, unit: string): string | undefined {
  if (unit === item.baseUnit) return '1';
  return item.packs.find((pack) => pack.unit === unit)?.baseQuantity;
}

/** Converts to the item's base unit, exactly. Errors: UNIT_UNKNOWN (not a unit of this item), UNIT_INEXACT (more than six digits). */
export function toBase(item: ItemUnits, quantity: Quantity): string {
  if (quantity.unit === item.baseUnit && DECIMAL_TEXT.test(quantity.value)) return plain(quantity.value);
  const factor = baseQuantityOf(item, quantity.unit);
  if (factor === undefined) {
    const units = [item.baseUnit, ...item.packs.map((pack) => pack.unit)].join(', ');
    throw new CrossdockError({
      code: 'UNIT_UNKNOWN',
      kind: 'invalid',
      message: `unit ${quantity.unit} is not one of ${units}`,
    });
  }
  const base = new Decimal(quantity.value).times(factor);
  if (base.decimalPlaces() > QUANTITY_SCALE) {
    throw new CrossdockError({
      code: 'UNIT_INEXACT',
      kind: 'invalid',
      message: `${quantity.value} ${quantity.unit} is not exact in ${item.baseUnit}`,
    });
  }
  return plain(base);
}
