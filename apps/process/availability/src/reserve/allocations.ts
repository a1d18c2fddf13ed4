import type { Slice, StoredSlice } from '../out/slice.store';
import { least, type Micro } from '../promise/quantity';
import { holdingsOf, kitsKey, unitsOf } from './holdings';

/** What a line has on hand that it had not, in units of the item that it asked for. */
export interface Allocated {
  readonly reservation: string;
  readonly line: number;
  readonly item: string;
  readonly node: string;
  readonly quantity: Micro;
}

/**
 * By line and node. A kit is allocated when the last of its components is. `held`: all slices of the reservations with kits among
 * them, as they are now.
 */
export function allocations(created: readonly Slice[], held: readonly StoredSlice[]): Allocated[] {
  const sums = new Map<string, Allocated>();
  const add = ({ reservation, line, item, node, standsFor }: Slice, quantity: Micro): void => {
    const key = [reservation, line, node].join('\u001f');
    const before = sums.get(key)?.quantity ?? 0n;
    if (quantity > 0n) sums.set(key, { reservation, line, item: standsFor?.item ?? item, node, quantity: before + quantity }); // prettier-ignore
  };
  const allocated = created.filter(({ state }) => state === 'ALLOCATED');
  for (const slice of allocated) if (kitsKey(slice) === undefined) add(slice, unitsOf([slice]));
  const kits = new Set(allocated.flatMap((slice) => kitsKey(slice) ?? []));
  for (const holding of holdingsOf(held)) {
    const key = kitsKey(holding[0]);
    if (key === undefined || !kits.has(key)) continue;
    const isNew = new Map<string, Micro>();
    for (const slice of allocated)
      if (kitsKey(slice) === key) isNew.set(slice.item, (isNew.get(slice.item) ?? 0n) + slice.quantity);
    const now = unitsOf(holding, readyIn);
    const before = unitsOf(holding, (slice) => {
      const come = slice.held ? least(isNew.get(slice.item) ?? 0n, slice.quantity) : 0n;
      isNew.set(slice.item, (isNew.get(slice.item) ?? 0n) - come);
      return readyIn(slice) - come;
    });
    add(holding[0], now - before);
  }
  return [...sums.values()];
}

function readyIn({ held, quantity }: StoredSlice): Micro {
  return held ? quantity : 0n;
}
