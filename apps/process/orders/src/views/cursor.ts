import { CrossdockError } from '#canonical/errors';
import type { OrderFilter } from '../out/order-list.store';

/** Opaque, with the filters bound into it: a cursor of another list is refused instead of answering nonsense. */
export function encodeCursor(after: string, filter: OrderFilter): string {
  return Buffer.from(JSON.stringify([after, boundTo(filter)])).toString('base64url');
}

/** The id after which the page begins; '' is the newest. Errors: CURSOR_INVALID. */
export function decodeCursor(cursor: string | undefined, filter: OrderFilter): string {
  if (cursor === undefined) return '';
  const [after, bound] = parsed(cursor);
  if (typeof after === 'string' && bound === boundTo(filter)) return after;
  throw new CrossdockError({ code: 'CURSOR_INVALID', kind: 'invalid', message: 'the cursor is not one of this list' });
}

function boundTo({ partner, status, purchaseOrderKey }: OrderFilter): string {
  return JSON.stringify([partner ?? null, status ?? null, purchaseOrderKey ?? null]);
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
