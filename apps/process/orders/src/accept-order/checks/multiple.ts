import { Decimal, plain } from '#canonical/decimal';
import type { ItemDto } from '#contracts/reference/reference.dto';
import type { Check, Found, Incoming, IncomingLine } from '../incoming';
import { linesOf } from '../incoming';

/** 10. At least the minimum of the item, and a whole number of its multiple, in base units. With FIX it is rounded up. */
export const multiple: Check = {
  name: 'MULTIPLE',
  run: (incoming) =>
    linesOf(incoming).flatMap(({ line, pointer, resolved, base }): Found[] => {
      if (!resolved || base === undefined) return [];
      const { sku, baseUnit, minimumOrder, orderMultiple } = resolved.item;
      if (minimumOrder === undefined && orderMultiple === undefined) return [];
      const at = { pointer: `${pointer}/quantity/value`, line: line.line, seen: `${base} ${baseUnit}` };
      const expected = `${roundedUp(base, resolved.item)} ${baseUnit}`;
      const found: Found[] = [];
      if (minimumOrder !== undefined && new Decimal(base).lt(minimumOrder)) {
        const detail = `at least ${minimumOrder} ${baseUnit} of item ${sku} are ordered`;
        found.push({ ...at, code: 'QUANTITY_BELOW_MINIMUM', detail, expected });
      }
      if (orderMultiple !== undefined && !new Decimal(base).mod(orderMultiple).isZero()) {
        const detail = `item ${sku} is ordered in whole ${orderMultiple} ${baseUnit}`;
        found.push({ ...at, code: 'QUANTITY_NOT_MULTIPLE', detail, expected });
      }
      return found;
    }),
};

/** Base units that are recorded: as sent, or rounded up where policy says FIX. */
export function orderedQuantity({ policy }: Incoming, { resolved, base = '0' }: IncomingLine): string {
  return resolved && policy.severities.MULTIPLE === 'FIX' ? roundedUp(base, resolved.item) : base;
}

function roundedUp(base: string, { minimumOrder, orderMultiple }: ItemDto): string {
  if (minimumOrder === undefined && orderMultiple === undefined) return base;
  const least = Decimal.max(base, minimumOrder ?? 0);
  return plain(orderMultiple === undefined ? least : least.div(orderMultiple).ceil().times(orderMultiple));
}
