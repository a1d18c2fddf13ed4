import type { ItemBook } from './book';
import type { Micro } from './quantity';
import { ChannelQuotas, type ChannelQuota } from './quotas';

/** What a channel may sell of an item today. */
export interface Sellable {
  /** Of all nodes together. */
  readonly total: Micro;
  /** Of each by itself. They share the item's quotas, so their sum may be more than the total. */
  readonly nodes: readonly { readonly node: string; readonly quantity: Micro }[];
}

/** Takes all it can get, node by node, of a copy of the books: what one node gives counts against the quotas at the next. */
export function sellable(books: ItemBook, quotas: readonly ChannelQuota[], channel: string | undefined): Sellable {
  const shared = quotas.length === 0 ? undefined : new ChannelQuotas(quotas);
  const rows = books.map((book) => book.without(new Set(), shared));
  const nodes = rows.map((row) => ({ node: row.node, quantity: row.promisable(row.today, channel) }));
  if (!shared) return { total: nodes.reduce((sum, { quantity }) => sum + quantity, 0n), nodes };
  let total = 0n;
  for (const row of rows) {
    const quantity = row.promisable(row.today, channel);
    if (quantity > 0n) row.take(row.today, quantity, channel);
    total += quantity;
  }
  return { total, nodes };
}
