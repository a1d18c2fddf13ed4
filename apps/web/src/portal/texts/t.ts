import { en, type TextKey } from './en';

export type { TextKey } from './en';

/** The text of a key, with `{name}` filled in. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return en[key].replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** True when the catalogue has the key: for codes that come from outside. */
export function isText(key: string): key is TextKey {
  return key in en;
}

/** "3 min ago": for lists; the whole time stands beside it for who hovers or listens. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
  if (Math.abs(seconds) < 60) return relative.format(seconds, 'second');
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  const days = Math.round(seconds / 86_400);
  if (Math.abs(days) < 60) return relative.format(days, 'day');
  return Math.abs(days) < 730
    ? relative.format(Math.round(days / 30), 'month')
    : relative.format(Math.round(days / 365), 'year');
}

/** Date and time with the zone of whoever reads. */
export function wholeTime(iso: string): string {
  const style = { dateStyle: 'medium', timeStyle: 'long' } as const;
  return new Intl.DateTimeFormat('en', style).format(new Date(iso));
}

export function shortTime(iso: string): string {
  return new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(iso)); // prettier-ignore
}

/** A day without its hours: "Nov 30, 2028". Days are those of UTC, for whoever reads. */
export function day(iso: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
}

export function count(value: number): string {
  return new Intl.NumberFormat('en').format(value);
}

/** `90` → "2 min" */
export function span(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.ceil(seconds / 3600)} h`;
  return `${Math.ceil(seconds / 86_400)} d`;
}
