import { deliveryDay, isWorkingDay, onWorkingDay, shipDay, type ShippingCalendar } from './calendar';
import type { Day, LocalMoment } from './days';

/** A node on the day of a question. */
export class Site {
  readonly today: Day;
  /** The first day on which anything that is there leaves. */
  private readonly first: Day;
  private delivery: { readonly ship: Day; readonly day: Day } | undefined;

  constructor(
    readonly node: string,
    /** Lower ships first; nodes of one rank by name. */
    readonly rank: number,
    now: LocalMoment,
    private readonly calendar: ShippingCalendar | undefined,
    /** Of a shipment; 0 when no node has one. */
    readonly cost: number,
  ) {
    this.today = now.day;
    this.first = calendar ? shipDay(calendar, now.day, now) : now.day;
  }

  get hasCalendar(): boolean {
    return this.calendar !== undefined;
  }

  /** The first day from the one wanted on on which it ships. */
  shipsFrom(wanted: Day): Day {
    const day = Math.max(wanted, this.first);
    return this.calendar ? onWorkingDay(this.calendar.node, day) : day;
  }

  shipsOn(day: Day): boolean {
    return day >= this.first && (this.calendar === undefined || isWorkingDay(this.calendar.node, day));
  }

  /** When what ships on a day arrives; undefined without a calendar. Most questions are about the same day. */
  deliveryOf(ship: Day): Day | undefined {
    if (this.calendar === undefined) return undefined;
    if (this.delivery?.ship !== ship) this.delivery = { ship, day: deliveryDay(this.calendar, ship) };
    return this.delivery.day;
  }
}

/** Stock of an item at a site. */
export interface Shelf {
  readonly site: Site;
  /** Usable − allocated − reserved − safety in millionths; may be negative. */
  readonly free: number;
  /** The first day on which anything more comes; Infinity when nothing is expected. */
  readonly suppliedOn: Day;
}

/** A line in millionths, as `CoverLine` has it. */
export interface ShelfLine {
  readonly quantity: number;
  readonly multiple: number | undefined;
  readonly day: Day | undefined;
  readonly latest: Day | undefined;
}

export interface WholeOnHand {
  /** Over all sites, whole packs of each. */
  readonly promisable: number;
  readonly site: Site;
  readonly day: Day;
}

/**
 * The usual answer: one site has all of the line on the day wanted, or on the first on which any ships; the cheapest such site, then
 * the preferred one. Undefined where no single site does, where something comes by then, and where numbers are too large to be
 * exact: `cover` decides those. For items without lots and dated promises it says what `cover` says, at a fraction of the
 * cost; a property test holds the two together.
 */
export function wholeOnHand(shelves: readonly Shelf[], line: ShelfLine): WholeOnHand | undefined {
  const { quantity, multiple, latest = Infinity } = line;
  if (multiple !== undefined && quantity % multiple !== 0) return undefined;
  const day = openDay(shelves, line.day);
  let promisable = 0;
  let best: Site | undefined;
  for (const { site, free, suppliedOn } of shelves) {
    if (suppliedOn !== Infinity && suppliedOn <= site.shipsFrom(dayAt(site, day))) return undefined;
    if (free <= 0) continue;
    const has = multiple === undefined ? free : free - (free % multiple);
    promisable += has;
    if (has < quantity || (best !== undefined && !precedes(site, best))) continue;
    const on = dayAt(site, day);
    if (on <= latest && site.shipsOn(on)) best = site;
  }
  if (best === undefined || promisable > Number.MAX_SAFE_INTEGER) return undefined;
  return { promisable, site: best, day: dayAt(best, day) };
}

function dayAt({ today }: Site, day: Day | undefined): Day {
  return day === undefined || day < today ? today : day;
}

/** The day wanted, or the first after it on which any site ships: a day on which all are closed is nobody's delay. */
function openDay(shelves: readonly Shelf[], wanted: Day | undefined): Day | undefined {
  if (!shelves.some(({ site }) => site.hasCalendar)) return wanted;
  let first = Infinity;
  for (const { site } of shelves) first = Math.min(first, site.shipsFrom(wanted ?? site.today));
  return first;
}

function precedes(a: Site, b: Site): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  return a.rank !== b.rank ? a.rank < b.rank : a.node < b.node;
}
