import type { Decimal } from '#canonical/decimal';
import { inMinorUnits } from '#canonical/money';
import type { CreditPosition } from '../accept-order/credit-position';
import type { AcceptPolicy } from '../accept-order/incoming';
import { THE_PROCESS } from '../fulfil-order/holds';
import type { OrderEvent } from '../fulfil-order/order-event';
import type { Hold, OrderContents } from '../fulfil-order/order-state';

/** Pure. What becomes of an order's own credit holds now that it would bring the customer to `together`. Nothing: they stay. */
export function rechecked(
  { customer }: OrderContents,
  holds: readonly Hold[],
  position: CreditPosition | undefined,
  together: Decimal | undefined,
  policy: AcceptPolicy['credit'] | undefined,
): OrderEvent[] {
  const released = (each: readonly Hold[], why: string): OrderEvent[] =>
    each.map(({ id }) => ({ type: 'HOLD_RELEASED', hold: id, who: THE_PROCESS, why }));
  if (!position || !together || !policy) return released(holds, `customer ${customer} has no credit limit any more`);
  const { limit, asOf = 'never' } = position;
  const shown = (amount: Decimal.Value): string =>
    `${inMinorUnits({ amount, currency: limit.currency }).amount} ${limit.currency}`;
  if (together.gt(limit.amount)) {
    const waiting = holds.filter(({ code }) => code === 'CREDIT_UNREPORTED');
    if (waiting.length === 0 || !position.reported) return [];
    const detail = `customer ${customer} would owe ${shown(together)}, ${shown(together.minus(limit.amount))} over its limit`;
    const figures = { seen: shown(together), expected: shown(limit.amount) };
    return [
      { type: 'HELD', reason: { type: 'CREDIT', code: 'CREDIT_EXCEEDED', detail, ...figures } },
      ...released(waiting, `the ERP has said what ${customer} owes`),
    ];
  }
  if (!position.reported && policy.whenUnknown === 'HOLD') return [];
  return released(
    holds,
    `with it ${customer} owes ${shown(together)} of ${shown(limit.amount)}; told by the ERP: ${asOf}`,
  );
}
