import type { Slice, SliceChanges, StoredSlice } from '../out/slice.store';
import type { Book, NodeBook } from '../promise/book';
import { cover } from '../promise/cover';
import { least, type Micro } from '../promise/quantity';
import { changesOf } from './consume';
import { turns, type BackorderRules } from './turns';

/**
 * Serves who waits, in turn: stock that is physically free is allocated, within the shares first and then whatever a share could
 * not use; what still has no promise then gets one from expected supply. A promised slice keeps its node, a backordered one
 * takes any node that it may.
 */
export function serve(
  book: Book,
  waiting: readonly StoredSlice[],
  rules: BackorderRules,
): Omit<SliceChanges, 'reservations'> {
  const { order, share } = turns(waiting, rules, book);
  const left = new Map<StoredSlice, Micro>(waiting.map((slice) => [slice, slice.quantity]));
  const created: Slice[] = [];
  const give = (slice: StoredSlice, most: Micro): void => {
    let open = least(most, left.get(slice) ?? 0n);
    for (const node of eligible(book, slice)) {
      const quantity = least(node.onHand, open);
      if (quantity <= 0n) continue;
      node.hold(quantity);
      if (slice.state === 'PROMISED') node.promise(slice.day, -quantity, slice.supply);
      left.set(slice, (left.get(slice) ?? 0n) - quantity);
      open -= quantity;
      created.push(allocatedOf(slice, node, quantity));
    }
  };
  for (const slice of order) give(slice, share.get(slice) ?? slice.quantity);
  if (share.size > 0) for (const slice of order) give(slice, slice.quantity);
  for (const slice of order) if (slice.state === 'BACKORDERED') created.push(...promiseOf(book, slice, left));
  return { created, changed: changesOf(left) };
}

function eligible(book: Book, slice: StoredSlice): readonly NodeBook[] {
  const nodes = book.get(slice.item) ?? [];
  if (slice.state === 'PROMISED' || slice.pinned) return nodes.filter((node) => node.node === slice.node);
  return nodes.filter((node) => !slice.excluded.includes(node.node));
}

function allocatedOf(slice: StoredSlice, node: NodeBook, quantity: Micro): Slice {
  return {
    ...sliceFields(slice),
    node: node.node,
    state: 'ALLOCATED',
    held: true,
    quantity,
    day: Math.max(slice.requested, node.today),
    basis: 'ON_HAND',
    supply: undefined,
  };
}

/** Expected supply that came to light gives a backordered slice a date. */
function promiseOf(book: Book, slice: StoredSlice, left: Map<StoredSlice, Micro>): Slice[] {
  const quantity = left.get(slice) ?? 0n;
  if (quantity === 0n) return [];
  const node = slice.pinned ? slice.node : undefined;
  const line = { item: slice.item, quantity, day: slice.requested, node };
  const parts = cover(book, [line], new Set(slice.excluded))[0]?.parts.filter((part) => !part.held) ?? [];
  left.set(
    slice,
    parts.reduce((rest, part) => rest - part.quantity, quantity),
  );
  return parts.map(({ supply, ...part }) => ({ ...sliceFields(slice), ...part, supply, state: 'PROMISED' }));
}

function sliceFields({
  reservation,
  line,
  item,
  requested,
  pinned,
  excluded,
  channel,
  partner,
  priority,
}: StoredSlice) {
  return { reservation, line, item, requested, pinned, excluded, channel, partner, priority };
}
