import { NodeBook, type Book, type Fences, type NodeStock, type Supply, type SupplyKind } from '../promise/book';
import { longestWay, pickDayOf, type ShippingCalendar } from '../promise/calendar';
import type { Day } from '../promise/days';
import type { Lot } from '../promise/lots';
import type { NodeView } from '../promise/nodes';
import type { Flow } from '../promise/projection';
import { micro, type Micro } from '../promise/quantity';
import { ChannelQuotas, type ChannelQuota } from '../promise/quotas';
import { withheldBy, type Staleness } from '../promise/staleness';
import type { Terms } from '../promise/terms';

/**
 * What a row says. T: the clock (`id`). P: all positions (`id`). S: a supply, D: a dated promise, L: a lot, H: what is held of an item
 * with lots, C: what a channel (`id`) has consumed, R: a reservation that exists and its content (`basis`), Q: an item with quotas.
 */
export interface BookRow {
  kind: 'T' | 'P' | 'S' | 'D' | 'L' | 'H' | 'C' | 'R' | 'Q';
  item: string | null;
  node: string | null;
  quantity: string | null;
  day: number | null;
  id: string | null;
  basis: string | null;
}

/** A position as read: decimals as text. */
interface StockRow {
  readonly node: string;
  /** Usable − allocated − reserved − safety. */
  readonly free: string;
  readonly safety: string;
  readonly usable: string;
}

export interface StockAndSupply extends Pick<StockRow, 'node' | 'free'> {
  readonly supplies?: readonly Supply[];
}

/** What counts at a node beside its position. */
interface Beside {
  readonly supplies: Supply[];
  readonly demands: (Flow & { supply?: string })[];
  lots?: LotsDraft;
}

interface LotsDraft {
  readonly lots: Lot[];
  readonly held: Flow[];
  remainingLifeDays: number;
}

/** Channel quotas by item, with what is consumed, read with the items locked. */
type LockedQuotas = ReadonlyMap<string, readonly ChannelQuota[]>;

/** By item: what channels have taken. */
type Consumption = Map<string, { readonly channel: string; readonly node: string; readonly quantity: Micro }[]>;

/** Ids have no control characters, so these part them: items, an item and its nodes, nodes, and what is said of a node. */
const [BETWEEN_ITEMS, BEFORE_NODES, BETWEEN_NODES, BETWEEN_FIELDS] = ['\x1c', '\x1d', '\x1e', '\x1f'] as const;

/** What `loadBook` has read, of one moment. */
export class BookReading {
  /** RFC 3339, database time. */
  asOf = '';
  /** Content of the reservations asked for that exist, by id. */
  readonly known = new Map<string, string>();
  /** Items asked for by a reservation that have channel quotas. */
  readonly quotaItems: string[] = [];
  /** By item: its positions, taken apart when they are needed. */
  private readonly stock = new Map<string, string>();
  private readonly beside = new Map<string, Map<string, Beside>>();
  private readonly consumption: Consumption = new Map();

  constructor(
    rows: readonly BookRow[],
    readonly fences: Fences,
  ) {
    for (const row of rows) this.enter(row);
  }

  /** What there is and what comes, by node, of an item without lots and dated promises. Undefined of any other, and of one that nobody knows. */
  stockAndSupply(item: string): StockAndSupply[] | undefined {
    const stocked = stockOf(this.stock.get(item) ?? '');
    const beside = this.beside.get(item);
    if (beside === undefined) return stocked.length === 0 ? undefined : stocked;
    const nodes = new Map<string, StockAndSupply>(stocked.map((row) => [row.node, row]));
    for (const [node, { supplies, demands, lots }] of beside) {
      if (lots !== undefined || demands.length > 0) return undefined;
      nodes.set(node, { node, free: nodes.get(node)?.free ?? '0', supplies });
    }
    return [...nodes.values()];
  }

  /** `terms`: as the policies of items and nodes want it; plain look-ahead when absent. `locked`: the quotas that were read under locks. */
  bookFor(view: NodeView, terms?: Terms, locked?: LockedQuotas): Book {
    const book = new Map<string, NodeBook[]>();
    for (const item of new Set([...this.stock.keys(), ...this.beside.keys()])) {
      const rule = terms?.item(item)?.rule;
      const quotas = locked || !terms ? lockedQuotas(locked?.get(item)) : quotasOf(item, terms, this.consumption);
      const books = this.nodesOf(item, view, terms).map(
        (stock) => new NodeBook({ ...stock, rule }, this.fences, quotas),
      );
      if (books.length > 1) books.sort((a, b) => view.compare(a.node, b.node));
      book.set(item, books);
    }
    return book;
  }

  private nodesOf(item: string, view: NodeView, terms: Terms | undefined): NodeStock[] {
    const beside = this.beside.get(item);
    const stocked = new Map(stockOf(this.stock.get(item) ?? '').map((row) => [row.node, row]));
    return [...new Set([...stocked.keys(), ...(beside?.keys() ?? [])])]
      .filter((node) => view.active(node))
      .map((node) => nodeStock(node, stocked.get(node), beside?.get(node), view.today(node), terms));
  }

  private enter(row: BookRow): void {
    if (row.kind === 'T') this.asOf = row.id ?? '';
    else if (row.kind === 'P') this.enterStock(row.id ?? '');
    else if (row.kind === 'Q') this.quotaItems.push(row.item ?? '');
    else if (row.kind === 'R') this.known.set(row.id ?? '', row.basis ?? '');
    else if (row.kind === 'C') consumed(this.consumption, row);
    else collect(this.beside, row);
  }

  private enterStock(all: string): void {
    if (all === '') return;
    for (const one of all.split(BETWEEN_ITEMS)) {
      const end = one.indexOf(BEFORE_NODES);
      this.stock.set(one.slice(0, end), one.slice(end + 1));
    }
  }
}

function stockOf(stock: string): StockRow[] {
  if (stock === '') return [];
  return stock.split(BETWEEN_NODES).map((each) => {
    const first = each.indexOf(BETWEEN_FIELDS);
    const second = each.indexOf(BETWEEN_FIELDS, first + 1);
    const third = each.indexOf(BETWEEN_FIELDS, second + 1);
    return {
      node: each.slice(0, first),
      free: each.slice(first + 1, second),
      safety: each.slice(second + 1, third),
      usable: each.slice(third + 1),
    };
  });
}

function nodeStock(
  node: string,
  stock: StockRow | undefined,
  { supplies, demands, lots }: Beside = { supplies: [], demands: [] },
  today: Day,
  terms: Terms | undefined,
): NodeStock {
  const calendar = terms?.calendar(node);
  const pickDay = calendar && pickDayOf(calendar);
  const lasting = lots && terms ? lastingLots(lots, terms, calendar, today) : lots;
  const [free, safety] = stock ? [micro(stock.free), micro(stock.safety)] : [0n, 0n];
  const own = { node, free, safety, supplies, demands: byPickDay(demands, pickDay), pickDay, today, lots: lasting };
  const staleness = terms?.staleness(node);
  return staleness ? doubted(own, staleness, micro(stock?.usable ?? '0')) : own;
}

/** A stale source: what is withheld of the stock, and whether supply counts. */
function doubted(stock: NodeStock, staleness: Staleness, usable: Micro): NodeStock {
  const withheld = withheldBy(staleness, usable, stock.free);
  const left = { ...stock, free: stock.free - withheld, withheld };
  return staleness.policy === 'HOLD' ? { ...left, supplies: [], doubted: stock.supplies } : left;
}

function consumed(consumption: Consumption, { item, node, quantity, id }: BookRow): void {
  const own = orMade(consumption, item ?? '', () => []);
  own.push({ channel: id ?? '', node: node ?? '', quantity: micro(quantity ?? '0') });
}

function collect(beside: Map<string, Map<string, Beside>>, row: BookRow): void {
  const nodes = orMade(beside, row.item ?? '', () => new Map<string, Beside>());
  const draft = orMade(nodes, row.node ?? '', () => ({ supplies: [], demands: [] }));
  const quantity = micro(row.quantity ?? '0');
  if (row.kind === 'L' || row.kind === 'H') collectLot(draft, row, quantity);
  else if (row.kind === 'S')
    draft.supplies.push({
      id: row.id ?? '',
      kind: (row.basis ?? 'PURCHASE_ORDER') as SupplyKind,
      day: row.day ?? 0,
      quantity,
    });
  else draft.demands.push({ day: row.day ?? 0, quantity, ...(row.id === null ? {} : { supply: row.id }) });
}

/** An item with lots is never netted: what is held is matched to lots like what is promised. */
function collectLot(draft: Beside, { kind, day, id, basis }: BookRow, quantity: Micro): void {
  draft.lots ??= { lots: [], held: [], remainingLifeDays: 0 };
  if (kind === 'H') draft.lots.held.push({ day: day ?? 0, quantity });
  else {
    draft.lots.lots.push({ lot: id ?? '', expiresOn: day ?? undefined, quantity });
    draft.lots.remainingLifeDays = Number(basis ?? 0);
  }
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
