import type { Slice, SliceChanges, StoredSlice } from '../out/slice.store';
import type { Part } from '../promise/book';
import { candidatesOf, cover } from '../promise/cover';
import type { Day } from '../promise/days';
import type { Ground } from '../promise/ground';
import { floorTo } from '../promise/packs';
import { least, type Micro } from '../promise/quantity';
import { openDay, shipDayAt } from '../promise/shipping-node';
import { changesOf } from './consume';
import { keepDated, type Served } from './keep-dated';
import { turns, type BackorderRules } from './turns';

/**
 * Serves who waits. What was promised for a day comes first, the earliest day before the later; then, by the rule of the item,
 * who has no promise takes what is free on hand and no dated promise counts on, within the shares first and then whatever a share
 * could not use. What still has no promise gets one from expected supply. A promised slice keeps its node, a backordered one takes
 * any node that it may. All leaves on days on which its node ships, and in whole packs where packs were asked for. The ground is by
 * look-ahead, whatever the rule of the item: nobody who waits gets what is promised to another.
 */
export function serve(
  ground: Ground,
  waiting: readonly StoredSlice[],
  rules: BackorderRules,
): Omit<SliceChanges, 'reservations'> {
  const left = new Map<StoredSlice, Micro>(waiting.map((slice) => [slice, slice.quantity]));
  const created: Slice[] = [];
  const leftOf = (slice: StoredSlice): Micro => left.get(slice) ?? 0n;
  const give = (slice: StoredSlice, node: string, quantity: Micro, day: Day): void => {
    left.set(slice, leftOf(slice) - quantity);
    created.push(allocatedOf(slice, node, quantity, day));
  };
  const served = { leftOf, give };
  keepDated(ground, waiting.filter(isDated), served);
  const { order, share } = turns(waiting.filter((slice) => !isDated(slice)), rules, ground.book); // prettier-ignore
  for (const slice of order) takeFree(ground, slice, share.get(slice) ?? slice.quantity, served);
  if (share.size > 0) for (const slice of order) takeFree(ground, slice, slice.quantity, served);
  for (const slice of order) {
    for (const part of promiseOf(ground, slice, leftOf(slice))) {
      if (part.held) give(slice, part.node, part.quantity, part.day);
      else {
        left.set(slice, leftOf(slice) - part.quantity);
        created.push(promisedOf(slice, part));
      }
    }
  }
  return { created, changed: changesOf(left) };
}

function isDated({ state }: StoredSlice): boolean {
  return state === 'PROMISED';
}

/** Allocates what is on hand and neither a dated promise nor another channel is sure of. */
function takeFree(ground: Ground, slice: StoredSlice, most: Micro, { leftOf, give }: Served): void {
  const { item, node: own, pinned, excluded, channel, multiple } = slice;
  const may = new Set(excluded);
  let open = least(most, leftOf(slice));
  for (const source of candidatesOf(ground.sources, { item, node: pinned ? own : undefined }, may)) {
    const node = ground.book.get(item)?.find((each) => each.node === source.node);
    if (!node) continue;
    const day = shipDayAt(source, slice.requested);
    const picked = node.pickDayFor(day);
    const good = least(node.onHandFor(picked), node.promisable(picked, channel));
    const quantity = floorTo(least(least(good, node.promisable(node.today, channel)), open), multiple);
    if (quantity <= 0n) continue;
    node.hold(quantity, picked);
    node.quotas?.consume(node.node, channel, quantity);
    open -= quantity;
    give(slice, node.node, quantity, day);
  }
}

/** What came to light since it was put in line: mostly expected supply. Booked, as a reservation of now would have it. */
function promiseOf(ground: Ground, slice: StoredSlice, quantity: Micro): readonly Part[] {
  if (quantity === 0n) return [];
  const { item, channel, multiple, pinned } = slice;
  const excluded = new Set(slice.excluded);
  const line = { item, quantity, day: slice.requested, node: pinned ? slice.node : undefined, channel, multiple };
  const day = openDay(candidatesOf(ground.sources, line, excluded), line.day);
  return cover(ground.sources, [{ ...line, day }], excluded, ground.sourcing())[0]?.parts ?? [];
}

function allocatedOf(slice: StoredSlice, node: string, quantity: Micro, day: Day): Slice {
  const { id: _, ...rest } = slice;
  return { ...rest, node, state: 'ALLOCATED', held: true, quantity, day, basis: 'ON_HAND', supply: undefined };
}

function promisedOf(slice: StoredSlice, { node, quantity, day, basis, supply }: Part): Slice {
  const { id: _, ...rest } = slice;
  return { ...rest, node, state: 'PROMISED', held: false, quantity, day, basis, supply };
}
