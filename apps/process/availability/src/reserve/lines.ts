import { CrossdockError } from '#canonical/errors';
import type { ReserveLine } from '#contracts/availability/reserve.dto';
import { dayOf, refuseImpossibleDates } from '../promise/days';
import { micro } from '../promise/quantity';
import type { WantedLine } from './wanted';

/** Refuses what no contract lets through: quantities that are not above 0, dates in no calendar. Errors: QUANTITY_INVALID, DATE_INVALID. */
export function refuseWrongLines(
  lines: readonly { quantity: string; requestedDate?: string; latestDate?: string; deliverBy?: string }[],
): void {
  for (const field of ['requestedDate', 'latestDate', 'deliverBy'] as const) {
    refuseImpossibleDates(
      lines.map((line) => line[field]),
      (index) => `/lines/${index}/${field}`,
    );
  }
  for (const [index, { quantity }] of lines.entries()) {
    if (micro(quantity) > 0n) continue;
    const finding = {
      code: 'QUANTITY_INVALID',
      detail: 'must be greater than 0',
      pointer: `/lines/${index}/quantity`,
      seen: quantity,
    };
    throw new CrossdockError({ code: 'QUANTITY_INVALID', kind: 'invalid', findings: [finding] });
  }
}

/** As the engine covers it. Substitutes are held only with the line's consent. */
export function toWantedLine(line: ReserveLine, channel: string | undefined): WantedLine {
  return {
    item: line.item,
    quantity: micro(line.quantity),
    day: line.requestedDate === undefined ? undefined : dayOf(line.requestedDate),
    node: line.node,
    channel,
    latest: line.latestDate === undefined ? undefined : dayOf(line.latestDate),
    deliverBy: line.deliverBy === undefined ? undefined : dayOf(line.deliverBy),
    multiple: line.multiple === undefined ? undefined : micro(line.multiple),
    substitutes: line.substitutes ?? false,
  };
}
