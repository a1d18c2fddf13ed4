import { Decimal } from '#canonical/decimal';
import { extend } from '#canonical/money';
import type { OrderedLine, OrderState } from '../fulfil-order/order-state';
import { agreed } from '../fulfil-order/order-state';
import { quantityOf } from '../fulfil-order/quantities';

/** What one order adds to what its customer owes. Amounts in its currency, decimal text. */
export interface CreditFigures {
  readonly order: string;
  readonly customer: string;
  /** Day for which it is wanted; absent: at once. */
  readonly dueOn?: string;
  /** What is open of it, charges included until the first shipment. */
  readonly open: string;
  /** A credit hold stops all of it. */
  readonly held: boolean;
  /** `charges` come with the first. */
  readonly shipments: readonly { readonly id: string; readonly worth: string; readonly charges: string }[];
}

/** Pure. Lines without a price, or whose codes mean nothing yet, are worth nothing. */
export function creditFigures(state: OrderState): CreditFigures {
  const { contents, progress } = state;
  const lines = new Map(contents.lines.map((line) => [line.line, line]));
  const charges = sum(contents.charges.map(({ amount }) => amount.amount));
  const open = sum(progress.lines.map(({ line, parts }) => worthOf(lines.get(line), quantityOf(parts))));
  const isOpen = progress.lines.some(({ parts }) => parts.length > 0);
  const shipments = progress.shipments.map(({ id, lines: issued }, index) => {
    const worth = sum(issued.map(({ line, quantity }) => worthOf(lines.get(line), quantity)));
    return { id, worth: worth.toFixed(), charges: index === 0 ? charges.toFixed() : '0' };
  });
  const { requestedDate } = agreed(state);
  return {
    ...{ order: contents.id, customer: contents.customer, shipments },
    ...(requestedDate !== undefined && { dueOn: requestedDate }),
    open: (isOpen && shipments.length === 0 ? open.plus(charges) : open).toFixed(),
    held: progress.holds.some(({ type, blocking, line }) => type === 'CREDIT' && blocking && line === undefined),
  };
}

function worthOf(line: OrderedLine | undefined, quantity: Decimal.Value): string {
  return line?.unitPrice && !line.parked ? extend(quantity, line.unitPrice).amount : '0';
}

function sum(amounts: readonly string[]): Decimal {
  return amounts.reduce((running, amount) => running.plus(amount), new Decimal(0));
}
