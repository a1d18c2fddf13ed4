import { ORDER_SUBSTITUTED, type OrderSubstituted } from '#contracts/events/catalogue';
import type { Fact } from './facts';
import type { OrderState } from './order-state';

/** What a partner is told when another item is delivered (855 `IS`): both items, and the quantity of each. */
export function substitutedFacts(before: OrderState, after: OrderState, version: number): Fact[] {
  if (after.contents === before.contents) return [];
  const known = new Set(before.contents.lines.map(({ line }) => line));
  const { id: order, partner, purchaseOrder } = after.contents;
  const items = new Map(after.contents.lines.map(({ line, item }) => [line, item]));
  const lines = after.contents.lines.flatMap(
    ({ line, item, ordered: quantity, unitPrice, insteadOf }): OrderSubstituted['lines'][number][] => {
      if (!insteadOf || known.has(line)) return [];
      const original = { ...insteadOf, item: items.get(insteadOf.line) ?? '' };
      return [{ line, item, quantity, ...(unitPrice && { unitPrice }), insteadOf: original }];
    },
  );
  if (lines.length === 0) return [];
  return [{ type: ORDER_SUBSTITUTED, data: { order, partner, purchaseOrder, version, lines } }];
}
