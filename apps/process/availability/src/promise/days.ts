import { CrossdockError } from '#canonical/errors';

const DAY = 86_400_000;

/** Days since 1970-01-01: a date that one can compare and add to. */
export type Day = number;

export function dayOf(date: string): Day {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
}

export function dateOf(day: Day): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
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
  const findings = dates.flatMap((date, index) => {
    if (date === undefined || isCalendarDate(date)) return [];
    return [{ code: 'DATE_INVALID', detail: `${date} is not in the calendar`, pointer: pointer(index), seen: date }];
  });
  if (findings.length > 0) throw new CrossdockError({ code: 'DATE_INVALID', kind: 'invalid', findings });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day it is at `instant` in an IANA time zone: a node promises by its own date. UTC when the zone is unknown. */
export function localDay(instant: Date, timeZone: string): Day {
  if (timeZone === 'UTC') return Math.floor(instant.getTime() / DAY);
  let format = formats.get(timeZone);
  if (!format) {
    format = formatOf(timeZone);
    formats.set(timeZone, format);
  }
  return dayOf(format.format(instant));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes after midnight at `instant` in an IANA time zone. UTC when the zone is unknown. */
export function localMinute(instant: Date, timeZone: string): number {
  if (timeZone === 'UTC') return instant.getUTCHours() * 60 + instant.getUTCMinutes();
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = formatOf(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, 'en-GB');
    clocks.set(timeZone, clock);
  }
  const [hours = 0, minutes = 0] = clock.format(instant).split(':').map(Number);
  return hours * 60 + minutes;
}

function formatOf(
  timeZone: string,
  parts: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' },
  locale = 'en-CA',
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' });
  }
}
