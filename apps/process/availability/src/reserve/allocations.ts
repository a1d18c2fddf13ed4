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
  /** What is held in its place. */
  readonly substitute?: { readonly item: string; readonly quantity: Micro };
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
  const substitutes = allocated.filter(({ standsFor }) => standsFor?.as === 'SUBSTITUTE');
  for (const slice of allocated)
    if (kitsKey(slice) === undefined && !substitutes.includes(slice)) add(slice, slice.quantity);
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
  return [...sums.values(), ...substitutes.map(instead)];
}

/** Told by itself: what it is, and what it stands for. */
function instead(slice: Slice): Allocated {
  const { reservation, line, node, item, standsFor, quantity } = slice;
  const substitute = { item, quantity };
  return { reservation, line, node, item: standsFor?.item ?? item, quantity: unitsOf([slice]), substitute };
}

function readyIn({ held, quantity }: StoredSlice): Micro {
  return held ? quantity : 0n;
}
