import type { Queryable, Statement } from '#persistence/database';
import { micro, type Micro } from '../promise/quantity';

/** What a partner may hold in soft reservations of an item, and holds. */
export interface HeldUnderCap {
  readonly partner: string;
  readonly item: string;
  readonly maximum: Micro;
  readonly held: Micro;
}

/** A cap of the item itself counts before that of each item (''). Indexes: partner_cap (partner, item), slice_item_partner. */
const readCaps: Statement = {
  name: 'availability-caps',
  text: `
    select a.partner, a.item, c.maximum::text as maximum, h.held::text as held
      from unnest($1::text[], $2::text[]) as a (partner, item)
     cross join lateral (
       select maximum from availability.partner_cap c
        where c.partner = a.partner and c.item in (a.item, '') and c.maximum is not null
        order by c.item desc limit 1) c
     cross join lateral (
       select coalesce(sum(s.quantity), 0) as held from availability.slice s
        where s.partner = a.partner and s.item = a.item and s.state = 'RESERVED') h`,
};

/** The caps that apply, and what is held under each. The items are locked: nobody else takes of them meanwhile. */
export async function heldUnderCaps(
  tx: Queryable,
  asked: readonly { readonly partner: string; readonly item: string }[],
): Promise<HeldUnderCap[]> {
  if (asked.length === 0) return [];
  const distinct = [...new Map(asked.map((each) => [`${each.partner}\u001f${each.item}`, each])).values()];
  const { rows } = await tx.query<{ partner: string; item: string; maximum: string; held: string }>(readCaps, [
    distinct.map(({ partner }) => partner),
    distinct.map(({ item }) => item),
  ]);
  return rows.map((row) => ({ ...row, maximum: micro(row.maximum), held: micro(row.held) }));
}
