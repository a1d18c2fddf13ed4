import { Decimal } from '#canonical/decimal';
import { ORDER_PROMISE_CHANGED, type OrderPromiseChanged } from '#contracts/events/catalogue';
import type { Fact } from './facts';
import type { LineProgress, OrderState } from './order-state';
import { quantityOf } from './quantities';

/** What a partner is told when something waits, waits for another day, or no longer waits (855 IB/BP, 870, portal). */
export function promiseChanges(before: OrderState, after: OrderState, version: number): Fact[] {
  const { id: order, partner, purchaseOrder } = after.contents;
  const lines = after.progress.lines.flatMap((line, index): OrderPromiseChanged['lines'] => {
    const was = waiting(before.progress.lines[index]);
    const is = waiting(line);
    if (is.quantity === was.quantity && is.promisedDate === was.promisedDate) return [];
    return [{ line: line.line, item: after.contents.lines[index]?.item ?? '', ...is, before: was }];
  });
  return lines.length === 0
    ? []
    : [{ type: ORDER_PROMISE_CHANGED, data: { order, partner, purchaseOrder, version, lines } }];
}

function waiting(line: LineProgress | undefined): { quantity: string; promisedDate?: string } {
  const parts = line?.parts.filter(({ stage }) => stage === 'WAITING') ?? [];
  const days = parts.map(({ promised }) => promised);
  const known = days.every((day) => day !== undefined);
  const latest = known ? days.sort().at(-1) : undefined;
  const quantity = quantityOf(parts);
  return { quantity: new Decimal(quantity).toFixed(), ...(latest !== undefined && { promisedDate: latest }) };
}
