import type { Part, PromiseBook, PromiseSource } from './book';
import { addWorkingDays, isWorkingDay, latestFor, onWorkingDay, shipDay, type ShippingCalendar } from './calendar';
import type { Day, LocalMoment } from './days';
import type { Micro } from './quantity';

/**
 * A node seen by the days on which it ships: a promise for a day is taken from what can be picked on the last day that still
 * makes it. On a day on which nothing leaves, nothing can be promised.
 */
export class ShippingNode implements PromiseSource {
  readonly node: string;
  readonly today: Day;
  /** The first day on which anything that is there leaves. */
  private readonly first: Day;
  /** Every line asks for the same few days again and again. */
  private readonly picked = new Map<Day, Day | undefined>();

  constructor(
    private readonly inner: PromiseSource,
    readonly calendar: ShippingCalendar,
    private readonly now: LocalMoment,
  ) {
    this.node = inner.node;
    this.today = inner.today;
    this.first = shipDay(calendar, inner.today, now);
  }

  promisable(day: Day, channel?: string): Micro {
    const picked = this.pickDay(day);
    return picked === undefined ? 0n : this.inner.promisable(picked, channel);
  }

  nextDay(day: Day, channel?: string, atLeast: Micro = 1n): Day | undefined {
    const closed = this.pickDay(day) === undefined;
    let ship = closed ? this.firstFrom(day + 1) : this.nextChange(day, channel, atLeast);
    while (ship !== undefined && this.promisable(ship, channel) < atLeast)
      ship = this.nextChange(ship, channel, atLeast);
    return ship;
  }

  take(day: Day, quantity: Micro, channel?: string): Part[] {
    const picked = this.pickDay(day) ?? this.inner.today;
    return this.inner.take(picked, quantity, channel).map((part) => ({ ...part, day, picked: part.day }));
  }

  undo(parts: readonly Part[]): void {
    this.inner.undo(parts.map(({ picked, ...part }) => (picked === undefined ? part : { ...part, day: picked })));
  }

  lastShipFor(delivery: Day): Day {
    return latestFor(this.calendar, delivery).ship;
  }

  /** The first day from `day` on on which goods that are there leave. */
  firstFrom(day: Day): Day {
    return onWorkingDay(this.calendar.node, Math.max(day, this.first));
  }

  /** The last day to have the goods for a shipment on `day`; undefined when nothing leaves then. */
  private pickDay(day: Day): Day | undefined {
    if (this.picked.has(day)) return this.picked.get(day);
    const picked = this.lastDayFor(day);
    this.picked.set(day, picked);
    return picked;
  }

  private lastDayFor(day: Day): Day | undefined {
    const { node, handlingDays } = this.calendar;
    if (this.first > day || !isWorkingDay(node, day)) return undefined;
    return Math.max(addWorkingDays(node, day, -handlingDays), this.inner.today);
  }

  private nextChange(ship: Day, channel: string | undefined, atLeast: Micro): Day | undefined {
    const next = this.inner.nextDay(this.pickDay(ship) ?? ship, channel, atLeast);
    return next === undefined ? undefined : shipDay(this.calendar, next, this.now);
  }
}

/** The book by ship days; nodes without a calendar ship whatever day it is. */
export function withCalendars(
  book: PromiseBook,
  calendarOf: (node: string) => ShippingCalendar | undefined,
  momentAt: (node: string) => LocalMoment,
): PromiseBook {
  let dated: Map<string, readonly PromiseSource[]> | undefined;
  for (const [item, nodes] of book) {
    if (!nodes.some(({ node }) => calendarOf(node) !== undefined)) continue;
    dated ??= new Map(book);
    const shipping = nodes.map((source) => {
      const calendar = calendarOf(source.node);
      return calendar ? new ShippingNode(source, calendar, momentAt(source.node)) : source;
    });
    dated.set(item, shipping);
  }
  return dated ?? book;
}

/** The first day from the one wanted (today when absent) on which a node ships. */
export function shipDayAt(source: PromiseSource, wanted: Day | undefined): Day {
  const day = Math.max(wanted ?? source.today, source.today);
  return source instanceof ShippingNode ? source.firstFrom(day) : day;
}

/** The day, or the first after it on which the node ships; unchanged without a calendar. */
export function openDayFrom(source: PromiseSource | undefined, day: Day): Day {
  return source instanceof ShippingNode ? source.firstFrom(day) : day;
}

/** The day wanted, or the first after it on which any of the nodes ships: a day on which all are closed is nobody's delay. */
export function openDay(nodes: readonly PromiseSource[], wanted: Day | undefined): Day | undefined {
  if (!nodes.some((node) => node instanceof ShippingNode)) return wanted;
  return Math.min(...nodes.map((node) => shipDayAt(node, wanted)));
}
