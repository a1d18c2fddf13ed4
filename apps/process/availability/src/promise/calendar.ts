import type { Day, LocalMoment } from './days';

const WEEK = 7;
const TWO_WEEKS = 14;
/** A calendar that has no working day within this many days is taken for a mistake. */
const LONGEST_BREAK = 400;

/** When somebody works: a node, a carrier, a supplier. */
export interface Calendar {
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  readonly workingDays: ReadonlySet<number>;
  readonly holidays: ReadonlySet<Day>;
}

export const EVERY_DAY: Calendar = { workingDays: new Set([1, 2, 3, 4, 5, 6, 7]), holidays: new Set() };

/** When carriers and suppliers work. */
export const BUSINESS_DAYS: Calendar = { workingDays: new Set([1, 2, 3, 4, 5]), holidays: new Set() };

/** How a node turns goods that are there into goods at the customer's. Times are the node's local ones. */
export interface ShippingCalendar {
  readonly node: Calendar;
  readonly carrier: Calendar;
  /** Minutes after local midnight; at this minute it is too late. No cut-off when absent. */
  readonly cutOff?: number | undefined;
  /** Working days of the node from release to shipment. */
  readonly handlingDays: number;
  /** Working days of the carrier from shipment to delivery. */
  readonly transitDays: number;
}

/** 1 Monday to 7 Sunday. */
export function weekdayOf(day: Day): number {
  // Day 0, 1970-01-01, was a Thursday.
  return (((day + 3) % WEEK) + WEEK) % WEEK + 1; // prettier-ignore
}

export function isWorkingDay(calendar: Calendar, day: Day): boolean {
  return calendar.workingDays.has(weekdayOf(day)) && !calendar.holidays.has(day);
}

/** The day itself or the next one on which is worked. Errors: RangeError when there is none within 400 days. */
export function onWorkingDay(calendar: Calendar, day: Day, direction: 1 | -1 = 1): Day {
  for (let step = 0; step <= LONGEST_BREAK; step += 1)
    if (isWorkingDay(calendar, day + step * direction)) return day + step * direction;
  throw new RangeError('the calendar has no working day');
}

/** So many working days after (below 0: before) a day, which itself is not counted. */
export function addWorkingDays(calendar: Calendar, from: Day, count: number): Day {
  const direction = count < 0 ? -1 : 1;
  let day = from;
  for (let left = Math.abs(count); left > 0; left -= 1) day = onWorkingDay(calendar, day + direction, direction);
  return day;
}

/** The day on which work starts on what is released at a moment: the next working day when the cut-off has passed (E11). */
export function startDay({ node, cutOff }: ShippingCalendar, { day, minute }: LocalMoment): Day {
  const late = cutOff !== undefined && minute >= cutOff && isWorkingDay(node, day);
  return onWorkingDay(node, late ? day + 1 : day);
}

/** When goods that can be picked from `available` on leave, if they are released at `now`. */
export function shipDay(calendar: ShippingCalendar, available: Day, now: LocalMoment): Day {
  const start = startDay(calendar, available > now.day ? { day: available, minute: 0 } : now);
  return addWorkingDays(calendar.node, start, calendar.handlingDays);
}

/** Tells the last day to have goods that leave on a day; undefined where it is that day itself. */
export function pickDayOf({ node, handlingDays }: ShippingCalendar): ((ship: Day) => Day) | undefined {
  return handlingDays === 0 ? undefined : (ship) => addWorkingDays(node, ship, -handlingDays);
}

export function deliveryDay({ carrier, transitDays }: ShippingCalendar, ship: Day): Day {
  return transitDays === 0 ? ship : addWorkingDays(carrier, ship, transitDays);
}

/** The most days from having the goods to their delivery, of those that begin in the two weeks from a day on. */
export function longestWay(calendar: ShippingCalendar, from: Day): number {
  const ways = Array.from({ length: TWO_WEEKS }, (_, index) => {
    const day = from + index;
    return deliveryDay(calendar, shipDay(calendar, day, { day, minute: 0 })) - day;
  });
  return Math.max(...ways);
}

/**
 * Backwards from the delivery asked for: the last day to ship, and the last day to release before the cut-off (domain/atp.md, E11).
 * Nothing that ships later arrives by then.
 */
export function latestFor(calendar: ShippingCalendar, delivery: Day): { readonly ship: Day; readonly release: Day } {
  const ship = onWorkingDay(calendar.node, lastHandover(calendar, delivery), -1);
  return { ship, release: addWorkingDays(calendar.node, ship, -calendar.handlingDays) };
}

/** The last day on which the carrier may be given what it is to deliver by `delivery`. */
function lastHandover({ carrier, transitDays }: ShippingCalendar, delivery: Day): Day {
  if (transitDays === 0) return delivery;
  const arrives = onWorkingDay(carrier, delivery, -1);
  // Given on a day on which the carrier rests, it travels from the next one it works on, as if given on the one before.
  const travels = addWorkingDays(carrier, arrives, 1 - transitDays);
  return travels - 1;
}

/** "14:00" → 840. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
