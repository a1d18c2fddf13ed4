import { Decimal } from '#canonical/decimal';
import { inMinorUnits } from '#canonical/money';
import type { CreditPosition } from '../credit-position';
import type { Check } from '../incoming';
import { orderValue } from '../value';
import { dayAfter } from './dates';

/** What is owed and ordered together, without this order (order-to-cash §3.2). */
export function exposure(position: CreditPosition, today: string): Decimal {
  const { horizonDays, openOrders } = position;
  const last = horizonDays === undefined ? undefined : dayAfter(today, horizonDays);
  const counted = openOrders.filter(({ dueOn }) => last === undefined || dueOn <= last).map(({ amount }) => amount);
  const parts = [position.deliveredNotBilled, position.billedNotPosted, position.receivables];
  return [...counted, ...parts].reduce((sum, part) => sum.plus(part), new Decimal(0));
}

/** 6. The customer's exposure with this order is within its limit. Static when all open orders count, dynamic with a horizon. */
export const credit: Check = {
  name: 'CREDIT',
  run: (incoming) => {
    const { credit: position, snapshot, today } = incoming;
    const { customer } = snapshot;
    if (!position || !customer) return [];
    const { limit } = position;
    const together = exposure(position, today).plus(orderValue(incoming));
    if (together.gt(limit.amount)) {
      const shown = (amount: Decimal.Value): string =>
        `${inMinorUnits({ amount, currency: limit.currency }).amount} ${limit.currency}`;
      const detail = `customer ${customer.id} would owe ${shown(together)}, ${shown(together.minus(limit.amount))} over its limit`;
      return [
        { code: 'CREDIT_EXCEEDED', detail, pointer: '/lines', seen: shown(together), expected: shown(limit.amount) },
      ];
    }
    if (position.reported) return [];
    const detail = `what customer ${customer.id} owes is not known at present; only orders were counted`;
    return [{ code: 'CREDIT_UNREPORTED', detail, severity: 'WARN' }];
  },
};
