import { CrossdockError } from '#canonical/errors';

/** Opaque, with the filter bound into it: a cursor of another search is refused instead of answering nonsense. */
export function encodeCursor(after: string, search: string | undefined): string {
  return Buffer.from(JSON.stringify([after, search ?? null])).toString('base64url');
}

/** The key after which the page begins. Errors: CURSOR_INVALID. */
export function decodeCursor(cursor: string | undefined, search: string | undefined): string {
  if (cursor === undefined) return '';
  const [after, filter] = parsed(cursor);
  if (typeof after === 'string' && filter === (search ?? null)) return after;
  throw new CrossdockError({ code: 'CURSOR_INVALID', kind: 'invalid', message: 'the cursor is not one of this list' });
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
