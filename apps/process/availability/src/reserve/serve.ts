import type { Slice, SliceChanges, StoredSlice } from '../out/slice.store';
import type { Book, NodeBook } from '../promise/book';
import { cover } from '../promise/cover';
import type { Day } from '../promise/days';
import { greatest, least, type Micro } from '../promise/quantity';
import { changesOf } from './consume';
import { turns, type BackorderRules } from './turns';

/**
 * Serves who waits. What was promised for a day comes first, the earliest day before the later; then, by the rule of the item,
 * who has no promise takes what is free on hand and no dated promise counts on, within the shares first and then whatever a share
 * could not use. What still has no promise gets one from expected supply. A promised slice keeps its node, a backordered one takes
 * any node that it may.
 */
export function serve(
  book: Book,
  waiting: readonly StoredSlice[],
  rules: BackorderRules,
): Omit<SliceChanges, 'reservations'> {
  const left = new Map<StoredSlice, Micro>(waiting.map((slice) => [slice, slice.quantity]));
  const created: Slice[] = [];
  const give = (slice: StoredSlice, node: NodeBook, quantity: Micro): void => {
    left.set(slice, (left.get(slice) ?? 0n) - quantity);
    created.push(allocatedOf(slice, node, quantity));
  };
  for (const slice of waiting.filter(isDated).sort((a, b) => a.day - b.day)) keep(book, slice, give);
  const { order, share } = turns(waiting.filter((slice) => !isDated(slice)), rules, book); // prettier-ignore
  const giveFree = (slice: StoredSlice, most: Micro): void =>
    takeFree(book, slice, least(most, left.get(slice) ?? 0n), give);
  for (const slice of order) giveFree(slice, share.get(slice) ?? slice.quantity);
  if (share.size > 0) for (const slice of order) giveFree(slice, slice.quantity);
  for (const slice of order) created.push(...promiseOf(book, slice, left));
  return { created, changed: changesOf(left) };
}

type Give = (slice: StoredSlice, node: NodeBook, quantity: Micro) => void;

function isDated({ state }: StoredSlice): boolean {
  return state === 'PROMISED';
}

/** Allocates a dated promise at its node as far as what is due before it can be kept all the same. */
function keep(book: Book, slice: StoredSlice, give: Give): void {
  const node = book.get(slice.item)?.find((each) => each.node === slice.node);
  if (!node || node.onHand === 0n) return;
  node.promise(slice.day, -slice.quantity, slice.supply);
  const quantity = greatest(least(least(node.onHand, slice.quantity), leastBefore(node, slice.day)), 0n);
  node.hold(quantity, shipDay(slice, node));
  node.promise(slice.day, slice.quantity - quantity, slice.supply);
  if (quantity > 0n) give(slice, node, quantity);
}

/** The lowest balance of the days before one; what is due that day has no one before it. */
function leastBefore(node: NodeBook, day: Day): Micro {
  return node
    .projection()
    .filter((step) => step.day < day)
    .reduce((lowest, { projected }) => least(lowest, projected), node.onHand);
}

/** Allocates what is on hand and neither a dated promise nor another channel is sure of. */
function takeFree(book: Book, slice: StoredSlice, most: Micro, give: Give): void {
  let open = most;
  for (const node of eligible(book, slice)) {
    const quantity = least(least(node.onHand, node.promisable(node.today, slice.channel)), open);
    if (quantity <= 0n) continue;
    node.hold(quantity, shipDay(slice, node));
    node.quotas?.consume(node.node, slice.channel, quantity);
    open -= quantity;
    give(slice, node, quantity);
  }
}

function eligible(book: Book, { item, node: own, pinned, excluded }: StoredSlice): readonly NodeBook[] {
  const nodes = book.get(item) ?? [];
  return nodes.filter(({ node }) => (pinned ? node === own : !excluded.includes(node)));
}

function shipDay({ requested }: StoredSlice, { today }: NodeBook): Day {
  return Math.max(requested, today);
}

function allocatedOf(slice: StoredSlice, node: NodeBook, quantity: Micro): Slice {
  return {
    ...sliceFields(slice),
    node: node.node,
    state: 'ALLOCATED',
    held: true,
    quantity,
    day: shipDay(slice, node),
    basis: 'ON_HAND',
    supply: undefined,
  };
}

/** Expected supply that came to light gives a backordered slice a date. */
function promiseOf(book: Book, slice: StoredSlice, left: Map<StoredSlice, Micro>): Slice[] {
  const quantity = left.get(slice) ?? 0n;
  if (quantity === 0n) return [];
  const node = slice.pinned ? slice.node : undefined;
  const line = { item: slice.item, quantity, day: slice.requested, node, channel: slice.channel };
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
  standsFor,
}: StoredSlice) {
  return { reservation, line, item, requested, pinned, excluded, channel, partner, priority, standsFor };
}
