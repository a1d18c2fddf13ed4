import type { StoredSlice } from '../out/slice.store';
import { allocate, type BackorderRule } from '../promise/allocation';
import type { Book } from '../promise/book';
import { least, micro, type Micro } from '../promise/quantity';

const WHOLE = micro('1');

export type BackorderRules = ReadonlyMap<string, BackorderRule>;

/** In which order who waits for an item without a date is served, and what each may have before anybody has more. */
export interface Turns {
  readonly order: readonly StoredSlice[];
  /** Fair shares of what is on hand, in whole units; a slice without one may have all it waits for. */
  readonly share: ReadonlyMap<StoredSlice, Micro>;
}

/** First come, first served is by the day asked for, then age, which is the order of `waiting`; the other rules look at priority first. */
export function turns(waiting: readonly StoredSlice[], rules: BackorderRules, book: Book): Turns {
  const items = new Map<string, StoredSlice[]>();
  for (const slice of waiting) items.set(slice.item, [...(items.get(slice.item) ?? []), slice]);
  const order: StoredSlice[] = [];
  const share = new Map<StoredSlice, Micro>();
  for (const [item, slices] of items) {
    const rule = rules.get(item) ?? 'FCFS';
    order.push(...(rule === 'FCFS' ? slices : [...slices].sort((a, b) => a.priority - b.priority)));
    if (rule === 'FAIR_SHARE') for (const [slice, quantity] of shares(slices, item, book)) share.set(slice, quantity);
  }
  return { order, share };
}

/** What dated promises count on is not shared. */
function shares(slices: readonly StoredSlice[], item: string, book: Book): [StoredSlice, Micro][] {
  const nodes = book.get(item) ?? [];
  const free = nodes.reduce((sum, node) => sum + least(node.onHand, node.open(node.today)), 0n);
  const claims = slices.map(({ id, quantity, priority, requested }, index) => ({
    id,
    quantity,
    priority,
    requested,
    ordered: index,
  }));
  const given = allocate(free, claims, 'FAIR_SHARE', WHOLE);
  return slices.map((slice) => [slice, given.get(slice.id) ?? 0n]);
}
