import type { Check, Found, Incoming } from '../incoming';
import { linesOf } from '../incoming';
import { isDay } from './structure';

/** 13. Not past, not sooner than the items can leave, and a window that has room. A past day is taken as today and said so. */
export const dates: Check = {
  name: 'DATES',
  run: (incoming) => {
    const { requestedDate: day, shipWindow: window } = incoming.request;
    const found: Found[] = [];
    if (window && window.to < window.from) {
      const detail = `the window ends on ${window.to}, before it begins`;
      found.push({
        code: 'WINDOW_REVERSED',
        detail,
        pointer: '/shipWindow',
        severity: 'HOLD',
        seen: `${window.from} to ${window.to}`,
      });
    }
    if (window && window.to < incoming.today && isDay(window.to)) {
      const detail = `the window ended on ${window.to}`;
      found.push({ code: 'WINDOW_PAST', detail, pointer: '/shipWindow/to', severity: 'HOLD', seen: window.to });
    }
    if (day === undefined || !isDay(day)) return found;
    if (day < incoming.today) {
      const detail = `${day} has passed; ${incoming.today} is used`;
      found.push({
        code: 'DATE_PAST',
        detail,
        pointer: '/requestedDate',
        severity: 'WARN',
        seen: day,
        expected: incoming.today,
      });
    }
    if (window && (day < window.from || day > window.to)) {
      const detail = `${day} is outside the window`;
      const expected = `${window.from} to ${window.to}`;
      found.push({ code: 'DATE_OUTSIDE_WINDOW', detail, pointer: '/requestedDate', seen: day, expected });
    }
    return [...found, ...tooSoon(incoming, day)];
  },
};

/** Each line whose item needs more days than there are. */
function tooSoon(incoming: Incoming, day: string): Found[] {
  if (day < incoming.today) return [];
  return linesOf(incoming).flatMap(({ line, pointer, resolved }): Found[] => {
    const lead = resolved?.item.leadTimeDays ?? 0;
    const first = dayAfter(incoming.today, lead);
    if (day >= first) return [];
    const detail = `item ${resolved?.item.sku ?? ''} needs ${lead} days; it can leave on ${first}`;
    return [{ code: 'DATE_TOO_SOON', detail, pointer: `${pointer}/item`, line: line.line, seen: day, expected: first }];
  });
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
