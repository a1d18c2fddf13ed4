import { createHash } from 'node:crypto';
import { plain, Decimal } from '#canonical/decimal';
import { CrossdockError, type Finding } from '#canonical/errors';
import type { ChangeLine } from '../orders/order-changes.dto';
import type { OrderView } from '../orders/orders.dto';
import type { QuantityDto } from '../values.dto';
import type { ChangeEdgeLine, ChangeEdgeOrderRequest } from './edge-order-changes.dto';

/** Lines to change in base units. Errors: CHANGE_INVALID with a finding for each unit that a line does not have. */
export function changeLines(lines: readonly ChangeEdgeLine[], order: OrderView): ChangeLine[] {
  const findings: Finding[] = [];
  const inBase = (line: number, { value, unit }: QuantityDto, pointer: string): string => {
    const ordered = order.lines.find((candidate) => candidate.line === line);
    // A line that the order does not have is found by the order itself.
    if (!ordered || unit === ordered.baseUnit) return plain(value);
    if (unit === ordered.unit) return plain(new Decimal(value).times(ordered.baseQuantityPerUnit));
    const expected = [...new Set([ordered.unit, ordered.baseUnit])].join(' or ');
    findings.push({ code: 'UNIT_UNKNOWN', detail: `line ${line} is in ${expected}`, pointer, seen: unit, expected });
    return plain(value);
  };
  const result = lines.map(({ line, increase, decrease, drop }, index): ChangeLine => {
    const pointer = `/lines/${index}`;
    return {
      line,
      ...(increase && { increase: inBase(line, increase, `${pointer}/increase/unit`) }),
      ...(decrease && { decrease: inBase(line, decrease, `${pointer}/decrease/unit`) }),
      ...(drop !== undefined && { drop }),
    };
  });
  if (findings.length === 0) return result;
  throw new CrossdockError({ code: 'CHANGE_INVALID', kind: 'invalid', message: 'the change is wrong', findings });
}

/** Names a change sent without an Idempotency-Key by its content: said twice it is one change. */
export function changeKey(request: ChangeEdgeOrderRequest): string {
  return `content:${createHash('sha256').update(JSON.stringify(request)).digest('hex')}`;
}
