import { greatest, type Micro } from './quantity';

/** Whole sell packs only: 120 of 130 with a case of 24. At one node, before anything is summed (E12). Unchanged without a pack. */
export function floorTo(quantity: Micro, multiple: Micro | undefined): Micro {
  return multiple === undefined || multiple <= 0n ? quantity : quantity - (quantity % multiple);
}

/** What to order for a need: at least the minimum order quantity, up to the next multiple (E12). */
export function orderQuantity(need: Micro, rule: { readonly minimum?: Micro; readonly multiple?: Micro }): Micro {
  const least = greatest(need, rule.minimum ?? 0n);
  const multiple = rule.multiple ?? 0n;
  return multiple <= 0n ? least : ceilDivide(least, multiple) * multiple;
}

export function ceilDivide(quantity: bigint, divisor: bigint): bigint {
  return (quantity + divisor - 1n) / divisor;
}
