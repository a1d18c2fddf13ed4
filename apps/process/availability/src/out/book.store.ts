import type { Queryable, Statement } from '#persistence/database';
import type { Fences } from '../promise/book';
import type { Terms } from '../promise/terms';
import { BookReading, type BookRow } from './book-reading';

/**
 * All that a promise is decided on, of some items, at one moment and in one round trip. Indexes: position (item, node),
 * supply (item), slice (item) where not held, lot_position (item, node, lot); what is held is read only of items with lots, which
 * have to be matched to it. The first row is the clock of the database. Positions come as one text (`stockOf`): rows of
 * them cost this process four times as much.
 */
const bookText = `
    select 'T' as kind, null as item, null as node, null as quantity, null::int as day,
           to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as id, null as basis
    union all
    select 'P', null, null, null, null,
           string_agg(asked.item || chr(29) || stock.nodes, chr(28)), null
      from unnest($1::text[]) as asked (item)
     cross join lateral (
           select string_agg(node || chr(31) || (usable - allocated - reserved - safety)::text || chr(31) || safety::text
                             || chr(31) || usable::text, chr(30)) as nodes
             from availability.position where item = asked.item) as stock
    union all
    select 'S', item, node, quantity::text, available_on - date '1970-01-01', id, kind
      from availability.supply where item = any($1)
    union all
    select 'D', item, node, quantity::text, ship_date - date '1970-01-01', supply, null
      from availability.slice where item = any($1) and not held and state <> 'BACKORDERED'
    union all
    select 'L', q.item, q.node, q.usable::text, q.expires_on - date '1970-01-01', q.lot, i.minimum_remaining_life_days::text
      from availability.lot_position q left join availability.item_policy i on i.item = q.item
     where q.item = any($1) and q.usable > 0
    union all
    select 'H', q.item, q.node, h.quantity::text, h.ship_date - date '1970-01-01', null, null
      from (select distinct item, node from availability.lot_position where item = any($1)) q
     cross join lateral (select ship_date, sum(quantity) as quantity from availability.slice s
                          where s.item = q.item and s.node = q.node and s.held group by ship_date) h`;

const readBook: Statement = { name: 'availability-book', plans: 'keyed', text: bookText };

/** The same, and what channels have consumed of items that have quotas. */
const readBookWithQuotas: Statement = {
  name: 'availability-book-quotas',
  plans: 'keyed',
  text: `${bookText}
    union all
    select 'C', item, node, consumed::text, null, channel, null
      from availability.channel_consumption where item = any($2)`,
};

/** The same, what these reservation ids already stand for, and which items have quotas. */
const readBookFor: Statement = {
  name: 'availability-book-reserve',
  plans: 'keyed',
  text: `${bookText}
    union all
    select 'R', null, null, null, null, id, content_hash from availability.reservation where id = any($2)
    union all
    select distinct 'Q', item, null, null, null::int, null, null from availability.channel_quota where item = any($1)`,
};

/** Reads what promises of all that these terms touch are decided on: in one statement, the plain one where nothing has a quota. */
export async function loadBookOn(db: Queryable, terms: Terms, fences: Fences): Promise<BookReading> {
  const { items, quotaItems } = terms;
  const { rows } = await (quotaItems.length === 0
    ? db.query<BookRow>(readBook, [items])
    : db.query<BookRow>(readBookWithQuotas, [items, quotaItems]));
  return new BookReading(rows, fences);
}

/** Reads what the promises of these items are decided on. Nothing is locked. */
export async function loadBook(
  db: Queryable,
  items: readonly string[],
  fences: Fences,
  reservations?: readonly string[],
): Promise<BookReading> {
  const { rows } = await (reservations
    ? db.query<BookRow>(readBookFor, [items, reservations])
    : db.query<BookRow>(readBook, [items]));
  return new BookReading(rows, fences);
}
