import type { Micro } from './quantity';

/** Whole sell packs only: 120 of 130 with a case of 24. At one node, before anything is summed (E12). Unchanged without a pack. */
export function floorTo(quantity: Micro, multiple: Micro | undefined): Micro {
  return multiple === undefined || multiple <= 0n ? quantity : quantity - (quantity % multiple);
}

export function ceilDivide(quantity: bigint, divisor: bigint): bigint {
  return (quantity + divisor - 1n) / divisor;
}
