import type { PromiseSource } from './book';
import { undoAll } from './line';
import type { Micro } from './quantity';

/** What a channel may sell of an item today. */
export interface Sellable {
  /** Of all nodes together. */
  readonly total: Micro;
  /** Of each by itself. They share the item's quotas, so their sum may be more than the total. */
  readonly nodes: readonly { readonly node: string; readonly quantity: Micro }[];
}

/** For the total all that can be had is taken, node by node, and given back: what one node gives counts against the quotas at the next. */
export function sellable(sources: readonly PromiseSource[], channel: string | undefined): Sellable {
  const nodes = sources.map((source) => ({ node: source.node, quantity: source.promisable(source.today, channel) }));
  const parts = sources.flatMap((source) => {
    const quantity = source.promisable(source.today, channel);
    return quantity > 0n ? source.take(source.today, quantity, channel) : [];
  });
  undoAll(sources, parts);
  return { total: parts.reduce((sum, { quantity }) => sum + quantity, 0n), nodes };
}
