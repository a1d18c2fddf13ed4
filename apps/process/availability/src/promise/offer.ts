import type { Part, PromiseBook } from './book';
import { candidatesOf, cover } from './cover';
import type { Day } from './days';
import { dayAt, openOf, undoAll, type CoverLine } from './line';
import { ceilDivide, floorTo } from './packs';
import { least, type Micro } from './quantity';
import type { Sourcing } from './sourcing';

const ONE = 1_000_000n;

/** An item approved to be delivered in place of another. */
export interface Substitute {
  readonly item: string;
  /** How much of it stands for one unit of the original. */
  readonly ratio: Micro;
}

/** What may be offered beside the item, the node and the known supply. Nothing is offered that is not named here. */
export interface Alternatives {
  /** In the order of preference. */
  readonly substitutes?: readonly Substitute[];
  /** When the line names a node: whether others may help. */
  readonly otherNodes?: boolean;
  /** The day by which anything missing can be bought; see `leadTimeDay`. */
  readonly leadTimeDay?: Day | undefined;
}

export interface SubstitutePart {
  readonly item: string;
  /** Quantity, node and day of the substitute. */
  readonly part: Part;
  /** How much of it stands for one unit of the original. */
  readonly ratio: Micro;
  /** How much of the original it stands for; 0 where another part completes the unit. */
  readonly covers: Micro;
}

export interface Offer {
  /** Of the item itself. */
  readonly parts: readonly Part[];
  readonly substitutes: readonly SubstitutePart[];
  /** On basis LEAD_TIME: a date, but no known supply; nothing is booked. */
  readonly leadTime: { readonly quantity: Micro; readonly day: Day } | undefined;
  readonly uncovered: Micro;
}

/**
 * Looks for a promise in the order of domain/atp.md §4: the item on time, in full or in part; substitutes on time; other nodes on
 * time; the item later; the lead time. The book keeps what was taken; `giveBackOffer` undoes it.
 */
export function offer(
  book: PromiseBook,
  line: CoverLine,
  excluded: ReadonlySet<string>,
  alternatives: Alternatives,
  sourcing?: Sourcing,
): Offer {
  const parts: Part[] = [];
  const substitutes: SubstitutePart[] = [];
  const open = () => substitutes.reduce((rest, { covers }) => rest - covers, openOf(line, parts));
  const take = (change: Partial<CoverLine>) => {
    if (open() <= 0n) return;
    parts.push(...(cover(book, [{ ...line, quantity: open(), ...change }], excluded, sourcing)[0]?.parts ?? []));
  };
  const onTime = { latest: wantedDay(book, line, excluded) };
  const { substitutes: approved = [], otherNodes = false, leadTimeDay: bought } = alternatives;
  take(onTime);
  for (const substitute of approved) {
    const wanted = { ...line, quantity: open(), ...onTime };
    if (wanted.quantity > 0n) substitutes.push(...replace(book, wanted, substitute, excluded, sourcing));
  }
  if (otherNodes) take({ ...onTime, node: undefined });
  take({});
  if (otherNodes) take({ node: undefined });
  const missing = open();
  const inTime = bought !== undefined && bought <= (line.latest ?? Infinity);
  const buyable = inTime ? floorTo(missing, line.multiple) : 0n;
  const leadTime = inTime && buyable > 0n ? { quantity: buyable, day: Math.max(bought, line.day ?? bought) } : undefined; // prettier-ignore
  return { parts, substitutes, leadTime, uncovered: missing - buyable };
}

/** Returns to the book what `offer` took. */
export function giveBackOffer(book: PromiseBook, line: CoverLine, { parts, substitutes }: Offer): void {
  undoAll(book.get(line.item) ?? [], parts);
  for (const { item, part } of substitutes) undoAll(book.get(item) ?? [], [part]);
}

/** The last day that still counts as on time: nodes in other time zones may be a day ahead. */
function wantedDay(book: PromiseBook, line: CoverLine, excluded: ReadonlySet<string>): Day | undefined {
  const days = candidatesOf(book, { ...line, node: undefined }, excluded).map((node) => dayAt(line, node));
  const wanted = days.length === 0 ? line.day : Math.max(...days);
  return wanted === undefined ? line.latest : Math.min(wanted, line.latest ?? Infinity);
}

/** Whole units of the original only, when whole units were asked for. */
function replace(
  book: PromiseBook,
  line: CoverLine,
  { item, ratio }: Substitute,
  excluded: ReadonlySet<string>,
  sourcing: Sourcing | undefined,
): SubstitutePart[] {
  const unit = line.multiple ?? (line.quantity % ONE === 0n ? ONE : 1n);
  const multiple = (unit * ratio) % ONE === 0n ? (unit * ratio) / ONE : undefined;
  const quantity = ceilDivide(line.quantity * ratio, ONE);
  const wanted: CoverLine = { ...line, item, quantity, multiple };
  const [covered] = cover(book, [wanted], excluded, sourcing);
  const taken = covered?.parts ?? [];
  // Counted over all parts: one unit may come from two supplies, and belongs to the part that completes it.
  let quantitySoFar = 0n;
  let coveredSoFar = 0n;
  const replaced = taken.map((part) => {
    quantitySoFar += part.quantity;
    const covers = least(floorTo((quantitySoFar * ONE) / ratio, unit), line.quantity) - coveredSoFar;
    coveredSoFar += covers;
    return { item, part, ratio, covers };
  });
  const useful = replaced.findLastIndex(({ covers }) => covers > 0n) + 1;
  undoAll(book.get(item) ?? [], taken.slice(useful));
  return replaced.slice(0, useful);
}
