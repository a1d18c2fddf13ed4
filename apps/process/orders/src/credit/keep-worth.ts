import type { Transaction } from '#persistence/database';
import type { OrderState } from '../fulfil-order/order-state';
import { keep } from '../out/credit.store';
import { creditFigures } from './figures';

/** What orders of customers with a credit limit are worth now, kept with every change of them. */
export async function keepWorth(tx: Transaction, orders: readonly OrderState[]): Promise<void> {
  const counted = orders.filter(({ contents }) => contents.credit === true);
  await keep(tx, counted.map(creditFigures)); // prettier-ignore
}
