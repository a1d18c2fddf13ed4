import { Decimal } from '#canonical/decimal';
import { inMinorUnits } from '#canonical/money';
import type { CreditPosition } from '../credit-position';
import type { Check } from '../incoming';
import { orderValue } from '../value';
import { dayAfter } from './dates';

/** What is owed and ordered together, without this order (order-to-cash §3.2). */
export function exposure(position: CreditPosition, today: string): Decimal {
  const { deliveredNotBilled, billedNotPosted, receivables } = position;
  return sum([openOrders(position, today), deliveredNotBilled, billedNotPosted, receivables]);
}

function openOrders({ horizonDays, openOrders: all }: CreditPosition, today: string): Decimal {
  const last = horizonDays === undefined ? undefined : dayAfter(today, horizonDays);
  return sum(all.filter(({ dueOn }) => last === undefined || dueOn <= last).map(({ amount }) => amount));
}

/** 6. The customer's exposure with this order is within its limit. Static when all open orders count, dynamic with a horizon. */
export const credit: Check = {
  name: 'CREDIT',
  run: (incoming) => {
    const { credit: position, snapshot, today, policy } = incoming;
    const { customer } = snapshot;
    if (!position || !customer) return [];
    const { limit } = position;
    const together = exposure(position, today).plus(orderValue(incoming));
    if (together.gt(limit.amount)) {
      const shown = (amount: Decimal.Value): string =>
        `${inMinorUnits({ amount, currency: limit.currency }).amount} ${limit.currency}`;
      const over = `${shown(together)}, ${shown(together.minus(limit.amount))} over its limit`;
      const detail = `customer ${customer.id} would owe ${over} (${madeOf(position, today)})`;
      return [
        { code: 'CREDIT_EXCEEDED', detail, pointer: '/lines', seen: shown(together), expected: shown(limit.amount) },
      ];
    }
    if (position.reported) return [];
    const { asOf } = position;
    const known = asOf === undefined ? 'is not known; only orders were counted' : `was last told at ${asOf}`;
    const detail = `what customer ${customer.id} owes ${known}`;
    return [{ code: 'CREDIT_UNREPORTED', detail, severity: policy.credit.whenUnknown === 'HOLD' ? 'HOLD' : 'WARN' }];
  },
};

/** The parts of the exposure before this order, so that nobody has to guess. */
function madeOf(position: CreditPosition, today: string): string {
  const { receivables, overdue = '0', billedNotPosted, deliveredNotBilled, asOf } = position;
  const late = new Decimal(overdue).gt(0) ? `, overdue ${overdue}` : '';
  return [
    `receivables ${receivables}${late}${asOf === undefined ? '' : ` as of ${asOf}`}`,
    `billed and not posted ${billedNotPosted}`,
    `delivered and not billed ${deliveredNotBilled}`,
    `open orders ${openOrders(position, today).toFixed()}`,
  ].join('; ');
}

function sum(amounts: readonly Decimal.Value[]): Decimal {
  return amounts.reduce<Decimal>((running, amount) => running.plus(amount), new Decimal(0));
}
