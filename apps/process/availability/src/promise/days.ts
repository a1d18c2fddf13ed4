import { CrossdockError, type Finding } from '#canonical/errors';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Days since 1970-01-01: a date that one can compare and add to. */
export type Day = number;

export function dayOf(date: string): Day {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
}

/** Each slice of each line says a date, and there are few: written once, not once a slice. */
export function dateOf(day: Day): string {
  let date = written.get(day);
  if (date === undefined) {
    if (written.size >= DATES_KEPT) written.clear();
    date = new Date(day * DAY).toISOString().slice(0, 10);
    written.set(day, date);
  }
  return date;
}

const DATES_KEPT = 5_000;
const written = new Map<Day, string>();

/** Minutes after midnight of a day as a local date and time: "2026-03-09T14:00". */
export function localTime(day: Day, minute: number): string {
  return new Date(day * DAY + minute * MINUTE).toISOString().slice(0, 16);
}

/** The pattern of a date lets 31 April through; the calendar does not. */
export function isCalendarDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

/** Refuses dates that are in no calendar. `pointer` says where the date with an index stands in the request. Errors: DATE_INVALID. */
export function refuseImpossibleDates(
  dates: readonly (string | undefined)[],
  pointer: (index: number) => string,
): void {
  const findings: Finding[] = [];
  for (const [index, date] of dates.entries())
    if (date !== undefined && !isCalendarDate(date))
      findings.push({ code: 'DATE_INVALID', detail: `${date} is not in the calendar`, pointer: pointer(index), seen: date }); // prettier-ignore
  if (findings.length > 0) throw new CrossdockError({ code: 'DATE_INVALID', kind: 'invalid', findings });
}

/** A day and a time of day on the clock of a place. */
export interface LocalMoment {
  readonly day: Day;
  /** After local midnight. */
  readonly minute: number;
}

interface ZoneClock {
  readonly date: Intl.DateTimeFormat;
  readonly time: Intl.DateTimeFormat;
  /** What it last showed, in which minute since 1970: a format costs more than the answer to a line. */
  at: number;
  shown: LocalMoment;
}

const clocks = new Map<string, ZoneClock>();

/** What the clock shows at `instant` in an IANA time zone: a node promises by its own date. UTC when the zone is unknown. */
export function localMoment(instant: Date, timeZone: string): LocalMoment {
  if (timeZone === 'UTC')
    return { day: Math.floor(instant.getTime() / DAY), minute: instant.getUTCHours() * 60 + instant.getUTCMinutes() };
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = { date: dateFormat(timeZone), time: timeFormat(timeZone), at: Number.NaN, shown: { day: 0, minute: 0 } };
    clocks.set(timeZone, clock);
  }
  const at = Math.floor(instant.getTime() / MINUTE);
  if (clock.at !== at) {
    const [hours = 0, minutes = 0] = clock.time.format(instant).split(':').map(Number);
    clock.shown = { day: dayOf(clock.date.format(instant)), minute: hours * 60 + minutes };
    clock.at = at;
  }
  return clock.shown;
}

function dateFormat(timeZone: string): Intl.DateTimeFormat {
  return formatOf('en-CA', timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' });
}

function timeFormat(timeZone: string): Intl.DateTimeFormat {
  return formatOf('en-GB', timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function formatOf(locale: string, timeZone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
  }
}
