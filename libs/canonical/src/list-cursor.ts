import { createHash } from 'node:crypto';
import { CrossdockError } from './errors';

/**
 * What a sort key is. A cursor is no secret and its tag no signature: whoever puts one together gets a page of what it may see anyway,
 * but nothing that a query cannot read may come out of it.
 */
export type CursorKey = 'text' | 'number' | 'day' | 'time';

const READABLE: Readonly<Record<CursorKey, (key: string) => boolean>> = {
  // PostgreSQL has no text with a NUL in it.
  text: (key) => !key.includes('\0'),
  number: (key) => /^\d{1,18}$/.test(key),
  day: isDay,
  time: (key) => /^.{10}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/.test(key) && isDay(key.slice(0, 10)),
};

/**
 * The place after which the next page of a list begins: its sort keys, opaque, with the filters bound into it. `name` keeps lists
 * apart that sort alike.
 */
export function encodeCursor(keys: readonly string[], name: string, filter: object): string {
  return Buffer.from(JSON.stringify([...keys, tagOf(name, filter)])).toString('base64url');
}

/**
 * The sort keys in a cursor, one of each kind that is named; undefined without a cursor. Errors: CURSOR_INVALID (invalid) for what this
 * list did not make with these filters.
 */
export function decodeCursor<const Kinds extends readonly CursorKey[]>(
  cursor: string | undefined,
  kinds: Kinds,
  name: string,
  filter: object,
  parameter: 'cursor' | 'since' | 'after' = 'cursor',
): { -readonly [Index in keyof Kinds]: string } | undefined {
  if (cursor === undefined) return undefined;
  const parts = parsed(cursor);
  const fits = parts.length === kinds.length + 1 && parts.pop() === tagOf(name, filter);
  if (fits && kinds.every((kind, index) => READABLE[kind](parts[index] ?? '')))
    return parts as { -readonly [Index in keyof Kinds]: string };
  throw new CrossdockError({
    code: 'CURSOR_INVALID',
    kind: 'invalid',
    message: 'this cursor was not made by this list with these filters',
    findings: [{ code: 'CURSOR_INVALID', detail: 'start again without a cursor', pointer: `/${parameter}` }],
  });
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function parsed(cursor: string): string[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value : [];
  } catch {
    return [];
  }
}

function tagOf(name: string, filter: object): string {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined);
  return createHash('sha256')
    .update(JSON.stringify([name, entries.sort()]))
    .digest('base64url')
    .slice(0, 12);
}
