import type { ExceptionPage, ExceptionView } from '#contracts/exceptions/exceptions.dto';
import type { CountedOrder, Counter } from './census';
import { errorsOf, reasonOf } from './problem';

const PAGE = 200;

/** Exceptions that nobody has resolved, beside the orders they stand for. */
export interface Troubles {
  /** By domain and code. */
  readonly open: Readonly<Record<string, number>>;
  /** Orders that are neither at their end, nor waiting for stock, nor in exceptions of one cause; and exceptions of nothing that waits. */
  readonly unexplained: readonly string[];
}

/** Errors: Error when the operations key may not ask. */
export async function openExceptions({ client, server }: Counter): Promise<ExceptionView[]> {
  const exceptions: ExceptionView[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === undefined ? {} : { cursor }) });
    const path = `/operations/v1/exceptions?${query.toString()}`;
    const answer = await client.call({ method: 'GET', path, key: server.operationsKey });
    if (answer.status !== 200) throw new Error(`exceptions: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
    const page = answer.body as ExceptionPage;
    exceptions.push(...page.exceptions);
    cursor = page.next;
  } while (cursor !== undefined);
  return exceptions;
}

/** Every order ends, waits for stock, or is in exceptions of exactly one cause; an exception stands for an order that has not ended. Pure. */
export function troublesOf(
  orders: readonly CountedOrder[],
  exceptions: readonly Pick<ExceptionView, 'domain' | 'code' | 'order' | 'key' | 'cause'>[],
): Troubles {
  const open: Record<string, number> = {};
  for (const { domain, code } of exceptions) open[`${domain}/${code}`] = (open[`${domain}/${code}`] ?? 0) + 1;
  const waiting = new Map<string, Set<string>>();
  const stray: string[] = [];
  const known = new Map(orders.map((order) => [order.id, order]));
  for (const { order, domain, code, key, cause } of exceptions) {
    const of = order === undefined ? undefined : known.get(order);
    // Several lines with one cause have an exception each.
    if (of?.isEnded === false) waiting.set(of.id, (waiting.get(of.id) ?? new Set()).add(`${domain}/${code}`));
    else stray.push(`${key}: open, and ${of ? 'its order has ended' : 'of no order that was sent'} (${cause})`);
  }
  const unexplained = orders
    .filter(({ isEnded }) => !isEnded)
    .map((order) => ({ ...order, count: waiting.get(order.id)?.size ?? 0 }))
    .filter(({ waitsForStock, count }) => (waitsForStock ? count > 0 : count !== 1))
    .map(({ id, status, count }) => `${id} is ${status} with open exceptions of ${count} causes`);
  return { open, unexplained: [...unexplained, ...stray] };
}
