import { createHash } from 'node:crypto';
import { CrossdockError } from '#canonical/errors';
import type { FeedFilter } from './out/view.store';

/** An opaque place in the feed, bound to the filter it was made for. */
export function encodeCursor(position: string, filter: FeedFilter): string {
  return Buffer.from(`${position}.${filterTag(filter)}`, 'latin1').toString('base64url');
}

/** The position in a cursor, the beginning without one. Errors: CURSOR_INVALID (invalid), also for another filter's. */
export function decodeCursor(cursor: string | undefined, filter: FeedFilter): string {
  if (cursor === undefined) return '0';
  const [position = '', tag] = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  if (/^\d{1,18}$/.test(position) && tag === filterTag(filter)) return position;
  throw new CrossdockError({
    code: 'CURSOR_INVALID',
    kind: 'invalid',
    message: 'this cursor was not made by this list with these filters',
    findings: [{ code: 'CURSOR_INVALID', detail: 'start again without a cursor', pointer: '/since' }],
  });
}

function filterTag({ partner, order }: FeedFilter): string {
  return createHash('sha256')
    .update(JSON.stringify([partner ?? '', order ?? '']))
    .digest('hex')
    .slice(0, 12);
}
