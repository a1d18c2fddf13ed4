import type { Check } from '../incoming';
import { linesOf } from '../incoming';

/** Every item is known, by SKU or GTIN, and is sold. */
export const item: Check = (incoming) =>
  linesOf(incoming).flatMap(({ line, pointer, resolved }) => {
    const finding = { pointer: `${pointer}/item`, severity: 'REJECT' as const, seen: line.item };
    if (!resolved) return [{ ...finding, code: 'ITEM_UNKNOWN', detail: `no item ${line.item}` }];
    const { status, sku } = resolved.item;
    if (status === 'ACTIVE') return [];
    const words = status === 'DISCONTINUED' ? 'is no longer sold' : 'may not be sold at present';
    return [{ ...finding, code: `ITEM_${status}`, detail: `item ${sku} ${words}` }];
  });
