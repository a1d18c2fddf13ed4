import type { Check, Found, Incoming, IncomingLine } from '../incoming';
import { linesOf } from '../incoming';

/** 7. Every code names one item, and the item is sold. A code that names nothing parks its line (`missingMapping`). */
export const item: Check = {
  name: 'ITEM',
  run: (incoming) =>
    linesOf(incoming).flatMap(({ line, pointer, resolved }): Found[] => {
      const finding = { pointer: `${pointer}/item`, line: line.line, seen: line.item };
      if (!resolved)
        return [{ ...finding, ...unmapped(incoming), ...whereLooked(incoming, line.item), code: 'ITEM_UNKNOWN' }];
      const { status, sku } = resolved.item;
      const other = resolved.alsoGtinOf;
      if (other !== undefined) {
        const detail = `${line.item} is our item ${sku} and a GTIN of item ${other}: a cross-reference of the partner says which is meant`;
        return [{ ...finding, code: 'ITEM_AMBIGUOUS', detail, expected: `${sku}, ${other}` }];
      }
      if (status === 'ACTIVE') return [];
      const words = status === 'DISCONTINUED' ? 'is no longer sold' : 'may not be sold at present';
      return [{ ...finding, code: `ITEM_${status}`, detail: `item ${sku} ${words}` }];
    }),
};

/** What a missing mapping comes to: the line waits for it, or the order is refused. */
export function unmapped({ policy }: Incoming): { severity: 'HOLD' | 'REJECT' } {
  return { severity: policy.missingMapping === 'PARK' ? 'HOLD' : 'REJECT' };
}

function whereLooked({ snapshot }: Incoming, code: string): { detail: string; expected?: string } {
  const missing = snapshot.missing.find(({ requested }) => requested === code);
  const near = (missing?.candidates ?? []).map(({ sku, external }) =>
    external === undefined ? sku : `${external} (${sku})`,
  );
  const where = missing ? `; looked up as ${missing.lookedUp.join(', ')}` : '';
  return { detail: `no item ${code}${where}`, ...(near.length > 0 && { expected: near.join(', ') }) };
}

/** Nothing can be done with the line before its codes mean something. */
export function isUnresolved({ resolved, base }: IncomingLine): boolean {
  return resolved === undefined || base === undefined;
}
