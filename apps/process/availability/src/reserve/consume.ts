import type { SliceChanges, StoredSlice } from '../out/slice.store';
import { least, type Micro } from '../promise/quantity';

/** Goods of a reservation line that have left a node. */
export interface Shipped {
  readonly reservation: string;
  readonly line: number;
  readonly item: string;
  readonly node: string;
  readonly quantity: Micro;
}

/**
 * What a goods issue takes off a reservation: first what was held at that node, then what the line still waits for,
 * because goods that left are not needed again. What is held at other nodes stays,
 * and so does what is held of other items in place of the one that was asked for.
 */
export function consume(slices: readonly StoredSlice[], shipped: readonly Shipped[]): SliceChanges['changed'] {
  const left = new Map(slices.map((slice) => [slice, slice.quantity]));
  for (const { reservation, line, item, node, quantity } of shipped) {
    let open = quantity;
    const ofLine = slices.filter((slice) => slice.reservation === reservation && slice.line === line);
    const same = ofLine.filter((slice) => slice.item === item);
    // Another item than was held: what the line asked for is not needed again.
    const own = same.length > 0 ? same : ofLine.filter((slice) => !slice.standsFor);
    const order = [...own.filter((slice) => slice.held && slice.node === node), ...own.filter((slice) => !slice.held)];
    for (const slice of order) {
      const taken = least(open, left.get(slice) ?? 0n);
      left.set(slice, (left.get(slice) ?? 0n) - taken);
      open -= taken;
    }
  }
  return changesOf(left);
}

/** The slices whose quantity is no longer what it was. */
export function changesOf(left: ReadonlyMap<StoredSlice, Micro>): SliceChanges['changed'] {
  return [...left]
    .filter(([slice, quantity]) => quantity !== slice.quantity)
    .map(([slice, quantity]) => ({ slice, quantity }));
}
