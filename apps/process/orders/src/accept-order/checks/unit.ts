import { DECIMAL_TEXT } from '#canonical/decimal';
import type { Check, Found } from '../incoming';
import { linesOf } from '../incoming';
import { unmapped } from './item';

/** 9. The unit code means a unit of the item, and the quantity is exact in base units. One that does not parks its line. */
export const unit: Check = {
  name: 'UNIT',
  run: (incoming) =>
    linesOf(incoming).flatMap(({ line, pointer, resolved, unit: meant, factor, base }): Found[] => {
      if (!resolved || base !== undefined || !DECIMAL_TEXT.test(line.quantity.value)) return [];
      const { value, unit: code } = line.quantity;
      const { baseUnit, packs } = resolved.item;
      const known = [baseUnit, ...packs.map((pack) => pack.unit)].join(', ');
      const finding = { line: line.line, ...unmapped(incoming) };
      if (factor !== undefined) {
        const detail = `${value} ${code} is not exact in ${baseUnit}`;
        return [{ ...finding, code: 'UNIT_INEXACT', detail, pointer: `${pointer}/quantity/value`, seen: value }];
      }
      const said = meant === code ? code : `${code} (${meant})`;
      const detail = `unit ${said} is not one of ${known}`;
      return [
        { ...finding, code: 'UNIT_UNKNOWN', detail, pointer: `${pointer}/quantity/unit`, seen: code, expected: known },
      ];
    }),
};
