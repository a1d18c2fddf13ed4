import { createHash } from 'node:crypto';
import { CrossdockError } from '#canonical/errors';

/** An opaque place in a list, bound to the filter it was made for. */
export function encodeCursor(after: string, filter: object): string {
  return Buffer.from(`${after} ${tagOf(filter)}`, 'latin1').toString('base64url');
}

/** The place in a cursor, undefined at the beginning. Errors: CURSOR_INVALID (invalid), also for another filter's. */
export function decodeCursor(cursor: string | undefined, filter: object): string | undefined {
  if (cursor === undefined) return undefined;
  const [after = '', tag] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (after !== '' && tag === tagOf(filter)) return after;
  throw new CrossdockError({
    code: 'CURSOR_INVALID',
    kind: 'invalid',
    message: 'this cursor was not made by this list with these filters',
    findings: [{ code: 'CURSOR_INVALID', detail: 'start again without a cursor', pointer: '/cursor' }],
  });
}

function tagOf(filter: object): string {
  const entries = Object.entries(filter).filter(([, value]) => value !== undefined);
  return createHash('sha256').update(JSON.stringify(entries.sort())).digest('hex').slice(0, 12);
}
