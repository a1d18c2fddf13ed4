import type { Queryable, Statement } from '#persistence/database';
import type { Book, Fences, NodeStock, Supply, SupplyKind } from '../promise/book';
import { NodeBook } from '../promise/book';
import type { Lot } from '../promise/lots';
import type { Flow } from '../promise/projection';
import { longestWay, pickDayOf, type ShippingCalendar } from '../promise/calendar';
import type { Day } from '../promise/days';
import type { NodeView } from '../promise/nodes';
import { micro, type Micro } from '../promise/quantity';
import { ChannelQuotas, type ChannelQuota } from '../promise/quotas';
import type { Terms } from '../promise/terms';

/**
 * All that a promise is decided on, of some items, at one moment and in one round trip. Indexes: position (item, node),
 * supply (item), slice (item) where not held, lot_position (item, node, lot); what is held is read only of items with lots, which
 * have to be matched to it. The first row is the clock of the database.
 */
const bookText = `
    select 'T' as kind, null as item, null as node, null as quantity, null::int as day,
           to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as id, null as basis
    union all
    select 'P', item, node, (usable - allocated - reserved - safety)::text, null, null, safety::text
      from availability.position where item = any($1)
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

interface BookRow {
  kind: 'T' | 'P' | 'S' | 'D' | 'L' | 'H' | 'C' | 'R' | 'Q';
  item: string | null;
  node: string | null;
  quantity: string | null;
  day: number | null;
  id: string | null;
  basis: string | null;
}

interface StockDraft {
  free: Micro;
  safety: Micro;
  readonly supplies: Supply[];
  readonly demands: (Flow & { supply?: string })[];
  lots?: LotsDraft;
}

interface LotsDraft {
  readonly lots: Lot[];
  readonly held: Flow[];
  remainingLifeDays: number;
}

export interface BookReading {
  /** RFC 3339, database time. */
  readonly asOf: string;
  /** Content of the reservations asked for that exist, by id. */
  readonly known: Map<string, string>;
  /** Items asked for by a reservation that have channel quotas. */
  readonly quotaItems: readonly string[];
  /** `terms`: as the policies of items and nodes want it; plain look-ahead when absent. `quotas`: those that were read under locks. */
  bookFor(nodes: NodeView, terms?: Terms, quotas?: LockedQuotas): Book;
}

/** Channel quotas by item, with what is consumed, read with the items locked. */
type LockedQuotas = ReadonlyMap<string, readonly ChannelQuota[]>;

/** By item: what channels have taken. */
type Consumption = Map<string, { readonly channel: string; readonly node: string; readonly quantity: Micro }[]>;

/** Reads what promises of all that these terms touch are decided on: in one statement, the plain one where nothing has a quota. */
export async function loadBookOn(db: Queryable, terms: Terms, fences: Fences): Promise<BookReading> {
  const { items, quotaItems } = terms;
  const { rows } = await (quotaItems.length === 0
    ? db.query<BookRow>(readBook, [items])
    : db.query<BookRow>(readBookWithQuotas, [items, quotaItems]));
  return readingOf(rows, fences);
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
  return readingOf(rows, fences);
}

function readingOf(rows: readonly BookRow[], fences: Fences): BookReading {
  const known = new Map<string, string>();
  const consumption: Consumption = new Map();
  const drafts = new Map<string, Map<string, StockDraft>>();
  const quotaItems: string[] = [];
  let asOf = '';
  for (const row of rows) {
    if (row.kind === 'T') asOf = row.id ?? '';
    else if (row.kind === 'Q') quotaItems.push(row.item ?? '');
    else if (row.kind === 'R') known.set(row.id ?? '', row.basis ?? '');
    else if (row.kind === 'C') consumed(consumption, row);
    else collect(drafts, row);
  }
  return {
    asOf,
    known,
    quotaItems,
    bookFor: (nodes, terms, quotas) => toBook(drafts, consumption, nodes, terms, fences, quotas),
  };
}

function consumed(consumption: Consumption, { item, node, quantity, id }: BookRow): void {
  const own = orMade(consumption, item ?? '', () => []);
  own.push({ channel: id ?? '', node: node ?? '', quantity: micro(quantity ?? '0') });
}

function collect(drafts: Map<string, Map<string, StockDraft>>, row: BookRow): void {
  const nodes = orMade(drafts, row.item ?? '', () => new Map<string, StockDraft>());
  const draft = orMade(nodes, row.node ?? '', () => ({ free: 0n, safety: 0n, supplies: [], demands: [] }));
  const quantity = micro(row.quantity ?? '0');
  if (row.kind === 'L' || row.kind === 'H') collectLot(draft, row, quantity);
  else if (row.kind === 'P') {
    draft.free = quantity;
    draft.safety = micro(row.basis ?? '0');
  } else if (row.kind === 'S')
    draft.supplies.push({
      id: row.id ?? '',
      kind: (row.basis ?? 'PURCHASE_ORDER') as SupplyKind,
      day: row.day ?? 0,
      quantity,
    });
  else draft.demands.push({ day: row.day ?? 0, quantity, ...(row.id === null ? {} : { supply: row.id }) });
}

/** An item with lots is never netted: what is held is matched to lots like what is promised. */
function collectLot(draft: StockDraft, { kind, day, id, basis }: BookRow, quantity: Micro): void {
  draft.lots ??= { lots: [], held: [], remainingLifeDays: 0 };
  if (kind === 'H') draft.lots.held.push({ day: day ?? 0, quantity });
  else {
    draft.lots.lots.push({ lot: id ?? '', expiresOn: day ?? undefined, quantity });
    draft.lots.remainingLifeDays = Number(basis ?? 0);
  }
}

function toBook(
  drafts: Map<string, Map<string, StockDraft>>,
  consumption: Consumption,
  view: NodeView,
  terms: Terms | undefined,
  fences: Fences,
  locked: LockedQuotas | undefined,
): Book {
  const book = new Map<string, NodeBook[]>();
  for (const [item, nodes] of drafts) {
    const books: NodeBook[] = [];
    const rule = terms?.item(item)?.rule;
    const quotas = locked || !terms ? lockedQuotas(locked?.get(item)) : quotasOf(item, terms, consumption);
    for (const [node, draft] of nodes) {
      if (!view.active(node)) continue;
      const today = view.today(node);
      const calendar = terms?.calendar(node);
      const pickDay = calendar && pickDayOf(calendar);
      const demands = byPickDay(draft.demands, pickDay);
      const lots = draft.lots && terms ? lastingLots(draft.lots, terms, calendar, today) : draft.lots;
      const stock: NodeStock = { node, ...draft, demands, pickDay, today, rule, lots };
      books.push(new NodeBook(stock, fences, quotas));
    }
    if (books.length > 1) books.sort((a, b) => view.compare(a.node, b.node));
    book.set(item, books);
  }
  return book;
}

/** Life must be left on the day the goods arrive, where the node says how long they are on their way. */
function lastingLots(lots: LotsDraft, terms: Terms, calendar: ShippingCalendar | undefined, today: Day): LotsDraft {
  const way = calendar ? longestWay(calendar, today) : 0;
  const held = byPickDay(lots.held, calendar && pickDayOf(calendar));
  return { ...lots, held, remainingLifeDays: Math.max(lots.remainingLifeDays, terms.minimumLifeDays) + way };
}

/** What is stored by its ship day, by the day on which it must be there. */
function byPickDay<T extends Flow>(flows: T[], pickDay: ((ship: Day) => Day) | undefined): T[] {
  return pickDay ? flows.map((flow) => ({ ...flow, day: pickDay(flow.day) })) : flows;
}

function quotasOf(item: string, terms: Terms, consumption: Consumption): ChannelQuotas | undefined {
  const quotas = terms.quotas(item);
  if (quotas.length === 0) return undefined;
  const taken = consumption.get(item) ?? [];
  return new ChannelQuotas(
    quotas.map((quota) => {
      const own = taken.filter(({ channel, node }) => channel === quota.channel && node === (quota.node ?? node));
      return { ...quota, consumed: own.reduce((sum, { quantity }) => sum + quantity, 0n) };
    }),
  );
}

function lockedQuotas(quotas: readonly ChannelQuota[] | undefined): ChannelQuotas | undefined {
  return quotas && new ChannelQuotas(quotas);
}

function orMade<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
