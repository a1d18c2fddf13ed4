import { createHash } from 'node:crypto';
import { CrossdockError } from './errors';

/**
 * The place after which the next page of a list begins: its sort keys, opaque, with the filters bound into it. `name` keeps lists
 * apart that sort alike.
 */
export function encodeCursor(keys: readonly string[], name: string, filter: object): string {
  return Buffer.from(JSON.stringify([...keys, tagOf(name, filter)])).toString('base64url');
}

/**
 * The sort keys in a cursor, `count` of them; undefined without one. Errors: CURSOR_INVALID (invalid) for what this list did not
 * make with these filters.
 */
export function decodeCursor(
  cursor: string | undefined,
  count: number,
  name: string,
  filter: object,
): string[] | undefined {
  if (cursor === undefined) return undefined;
  const parts = parsed(cursor);
  if (parts.length === count + 1 && parts.pop() === tagOf(name, filter)) return parts;
  throw new CrossdockError({
    code: 'CURSOR_INVALID',
    kind: 'invalid',
    message: 'this cursor was not made by this list with these filters',
    findings: [{ code: 'CURSOR_INVALID', detail: 'start again without a cursor', pointer: '/cursor' }],
  });
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
