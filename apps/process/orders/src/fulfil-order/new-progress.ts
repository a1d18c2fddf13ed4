import type { OrderWarning } from '#contracts/orders/orders.dto';
import { holdOf } from './holds';
import type { HoldReason, OrderContents, OrderProgress } from './order-state';

/** All of it is new: nothing reserved, nothing posted. */
export function newProgress(
  contents: OrderContents,
  warnings: OrderWarning[],
  reasons: readonly HoldReason[],
  now: string,
): OrderProgress {
  return {
    lines: contents.lines.map(({ line, ordered }) => ({
      line,
      cancelled: '0',
      shipped: '0',
      overShipped: '0',
      cancelledInErp: '0',
      parts: [{ stage: 'NEW', quantity: ordered }],
    })),
    reservations: [],
    fulfilments: [],
    shipments: [],
    holds: reasons.map((reason, index) => holdOf(reason, index + 1, now)),
    pastHolds: [],
    warnings,
    cancellations: [],
    amended: {},
    changes: [],
    shorts: [],
    erp: { state: 'NONE' },
    pending: [],
    endedCommands: [],
    counter: reasons.length,
  };
}
