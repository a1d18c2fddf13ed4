import { CrossdockError } from '#canonical/errors';
import { Decimal, DECIMAL_TEXT } from '#canonical/decimal';
import { toBase } from '#canonical/units';
import type { Check } from '../incoming';
import { linesOf } from '../incoming';

/** More does not fit the column: 12 digits before the point. */
const LIMIT = new Decimal('999999999999.999999');

/** The quantity is more than nothing, in a unit of the item, and exact in base units. */
export const quantity: Check = (incoming) =>
  linesOf(incoming).flatMap(({ line, pointer, resolved }) => {
    const { value, unit } = line.quantity;
    const severity = 'REJECT' as const;
    if (!DECIMAL_TEXT.test(value) || !new Decimal(value).gt(0)) {
      const detail = 'a quantity is a decimal number greater than 0';
      return [{ code: 'QUANTITY_INVALID', detail, pointer: `${pointer}/quantity/value`, severity, seen: value }];
    }
    if (!resolved) return [];
    try {
      if (new Decimal(toBase(resolved.item, line.quantity)).lte(LIMIT)) return [];
      const detail = `${value} ${unit} is more than can be ordered`;
      return [{ code: 'QUANTITY_INVALID', detail, pointer: `${pointer}/quantity/value`, severity, seen: value }];
    } catch (error) {
      if (!(error instanceof CrossdockError)) throw error;
      const unknown = error.code === 'UNIT_UNKNOWN';
      const { baseUnit, packs } = resolved.item;
      return [
        {
          code: error.code,
          detail: error.message,
          pointer: `${pointer}/quantity/${unknown ? 'unit' : 'value'}`,
          severity,
          seen: unknown ? unit : value,
          ...(unknown ? { expected: [baseUnit, ...packs.map((pack) => pack.unit)].join(', ') } : {}),
        },
      ];
    }
  });
