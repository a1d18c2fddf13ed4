import type { StoredSlice } from '../out/slice.store';
import type { NodeBook } from '../promise/book';
import type { Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import { floorTo } from '../promise/packs';
import { greatest, least, type Micro } from '../promise/quantity';
import { shipDayAt } from '../promise/shipping-node';

/** What serving takes of a slice, and what it makes of it. */
export interface Served {
  readonly leftOf: (slice: StoredSlice) => Micro;
  /** So much of a slice is held at a node, to leave on a day. */
  readonly give: (slice: StoredSlice, node: string, quantity: Micro, day: Day) => void;
}

/**
 * Allocates what has come to the promises of a day, the earliest before the later, each at its node as far as what is due before it
 * can be kept all the same. What was promised in packs is kept in whole packs, although parts of one may come with different supply.
 */
export function keepDated(ground: Ground, dated: readonly StoredSlice[], served: Served): void {
  const promises = new Map<string, StoredSlice[]>();
  for (const slice of [...dated].sort((a, b) => a.day - b.day)) {
    // Of what goes by single units each slice has its own turn.
    const key = slice.multiple === undefined ? slice.id : [slice.reservation, slice.line, slice.item, slice.node].join('\u001f'); // prettier-ignore
    promises.set(key, [...(promises.get(key) ?? []), slice]);
  }
  for (const slices of promises.values()) keep(ground, slices, served);
}

interface Kept {
  readonly slice: StoredSlice;
  readonly node: NodeBook;
  readonly day: Day;
  quantity: Micro;
}

function keep(ground: Ground, slices: readonly StoredSlice[], { give }: Served): void {
  const kept = slices.flatMap((slice): Kept[] => {
    const source = ground.sources.get(slice.item)?.find((each) => each.node === slice.node);
    const node = ground.book.get(slice.item)?.find((each) => each.node === slice.node);
    if (!source || !node || node.onHand === 0n) return [];
    const day = shipDayAt(source, slice.requested);
    const quantity = keptOf(node, slice, node.pickDayFor(day));
    move(node, slice, quantity, day);
    return [{ slice, node, day, quantity }];
  });
  takeBackLoose(slices, kept);
  for (const { slice, node, day, quantity } of kept) if (quantity > 0n) give(slice, node.node, quantity, day);
}

/** At most what is on hand when it has to be picked, and what leaves no promise before it short. */
function keptOf(node: NodeBook, slice: StoredSlice, picked: Day): Micro {
  node.promiseToShip(slice.day, -slice.quantity, slice.supply);
  const there = least(node.onHandFor(picked), slice.quantity);
  const quantity = greatest(least(there, leastBefore(node, node.pickDayFor(slice.day))), 0n);
  node.promiseToShip(slice.day, slice.quantity, slice.supply);
  return quantity;
}

/** So much of a promise is held from now on; negative: it waits again. */
function move(node: NodeBook, slice: StoredSlice, quantity: Micro, day: Day): void {
  node.hold(quantity, node.pickDayFor(day));
  node.promiseToShip(slice.day, -quantity, slice.supply);
}

/** What does not make a whole pack waits on, unless it is all that was promised. */
function takeBackLoose(slices: readonly StoredSlice[], kept: readonly Kept[]): void {
  const all = slices.reduce((sum, { quantity }) => sum + quantity, 0n);
  const total = kept.reduce((sum, { quantity }) => sum + quantity, 0n);
  let loose = total === all ? 0n : total - floorTo(total, slices[0]?.multiple);
  for (const each of [...kept].reverse()) {
    const part = least(loose, each.quantity);
    move(each.node, each.slice, -part, each.day);
    each.quantity -= part;
    loose -= part;
  }
}

/** The lowest balance of the days before one; what is due that day has no one before it. */
function leastBefore(node: NodeBook, day: Day): Micro {
  return node
    .projection()
    .filter((step) => step.day < day)
    .reduce((lowest, { projected }) => least(lowest, projected), node.onHand);
}
