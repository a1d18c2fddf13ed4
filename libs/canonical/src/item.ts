import type { Money } from './money';
import type { PackUnit } from './units';

export type ItemStatus = 'ACTIVE' | 'DISCONTINUED' | 'BLOCKED';

/** A thing that is stocked and sold, as the item master knows it. */
export interface Item {
  /** Our item number (SKU), unique. */
  readonly sku: string;
  readonly description: string;
  readonly status: ItemStatus;
  /** UNECE Rec 20 code of the unit all stock is kept in. */
  readonly baseUnit: string;
  readonly packs: readonly PackUnit[];
  readonly gtin?: string;
  /** Price of one base unit for customers without a contract price. */
  readonly listPrice?: Money;
  /** Weight of one base unit in kilograms. */
  readonly weightKg?: string;
}
