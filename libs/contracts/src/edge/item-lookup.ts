import type { ReferenceApi } from '../reference/reference.api';
import type { ItemDto } from '../reference/reference.dto';

/** Items one call may ask for. */
const CHUNK = 1000;

/** Items by the id they were asked for (SKU or GTIN); those not known are absent. */
export async function lookUpItems(
  reference: ReferenceApi,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ItemDto>> {
  const distinct = [...new Set(ids)];
  const found = new Map<string, ItemDto>();
  for (let start = 0; start < distinct.length; start += CHUNK) {
    const { items } = await reference.findItems({ ids: distinct.slice(start, start + CHUNK) });
    for (const { requested, item } of items) found.set(requested, item);
  }
  return found;
}
