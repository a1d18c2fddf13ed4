import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../support/running';
import type { OrderSent } from './bare-order-taker';
import { BenchFailed, expectEqual } from './bench';
import { requestsPerSecond } from './load';
import { inDatabase, SHIP_TO, skuOf, UNIT } from './world';

export const LINES = 5;
export const CLIENTS = 32;
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 50;
const PROMISED = `(select count(*)::int from orders.sales_order where status in ('PROMISED', 'RELEASED'))`;
/** What follows the reservation of an order is not part of taking it. */
export const LATER = ['orders.erp', 'orders.warehouse'];

/** What follows the reservation, for the ERP and the warehouse, is written and left waiting. */
export async function leaveTheRest(crossdock: Running): Promise<void> {
  await inDatabase(crossdock, (client) =>
    client.query('insert into messaging.paused_queue (queue) select unnest($1::text[])', [LATER]),
  );
}

/** Orders in a second, from the first request until the last order is reserved, though the answer does not wait for that. */
export async function takeOurs(crossdock: Running, orders: number, items: number): Promise<number> {
  const { demo } = crossdock;
  const before = await counted(crossdock, 'ours');
  const startedAt = performance.now();
  await send(`${demo.url}/portal/v1/orders`, orders, items, { authorization: `Bearer ${demo.keys.portal}` });
  await reserved(crossdock, before.promised + orders);
  const seconds = (performance.now() - startedAt) / 1000;
  expectAll(before, await counted(crossdock, 'ours'), orders);
  return orders / seconds;
}

/** Resolves when so many orders are reserved. Looking costs PostgreSQL little: by one connection, at one table, and not all the time. */
async function reserved(crossdock: Running, orders: number): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  await inDatabase(crossdock, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ promised: number }>(`select ${PROMISED} as promised`);
      const promised = rows[0]?.promised ?? 0;
      if (promised >= orders) return;
      if (performance.now() > deadline) throw new BenchFailed(`${promised} of ${orders} reserved`);
      await sleep(LOOK_EVERY_MS);
    }
  });
}

/** Orders of five lines from 32 clients, each with an Idempotency-Key of its own. */
export async function send(
  url: string,
  orders: number,
  items: number,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const run = randomUUID().slice(0, 8);
  let next = 0;
  await requestsPerSecond({
    url,
    headers,
    next: () => ({
      body: JSON.stringify(orderOf(run, (next += 1), items)),
      headers: { 'idempotency-key': randomUUID() },
    }),
    connections: CLIENTS,
    extent: { requests: orders },
    right: (body) => (JSON.parse(body) as OrderSent).lines.length === LINES,
  });
}

function orderOf(run: string, number: number, items: number): OrderSent {
  const lines = itemsOfOrder(number, items).map((item, index) => ({
    line: index + 1,
    item: skuOf(item),
    quantity: { value: '1', unit: UNIT },
  }));
  return { purchaseOrder: `ACCEPT-${run}-${number}`, shipTo: SHIP_TO, lines };
}

/** Indices of the items of an order, all different. */
export function itemsOfOrder(number: number, items: number): number[] {
  return Array.from({ length: LINES }, (_, index) => (number * 7 + index * 101) % items);
}

export interface Counts {
  readonly promised: number;
  readonly orders: number;
  readonly keys: number;
  readonly slices: number;
  readonly held: number;
}

/** What was kept, by us or by the twin. */
export async function counted(crossdock: Running, whose: 'ours' | 'bare'): Promise<Counts> {
  const table = (schema: string, name: string): string => `${whose === 'ours' ? schema : 'bench_reference'}.${name}`;
  const { rows } = await inDatabase(crossdock, (client) =>
    client.query<Counts>(`
      select ${whose === 'ours' ? PROMISED : 0} as promised,
             (select count(*)::int from ${table('orders', 'sales_order')}) as orders,
             (select count(*)::int from ${table('gateway', 'idempotency')} where status = 201) as keys,
             (select count(*)::int from ${table('availability', 'slice')} where held) as slices,
             (select sum(allocated)::float8 from ${table('availability', 'position')} where item like 'BENCH-%') as held`),
  );
  const [counts] = rows;
  if (!counts) throw new BenchFailed('nothing could be counted');
  return counts;
}

export function expectAll(before: Counts, now: Counts, orders: number): void {
  expectEqual('orders', now.orders - before.orders, orders);
  expectEqual('keys', now.keys - before.keys, orders);
  expectEqual('slices', now.slices - before.slices, orders * LINES);
  expectEqual('units held', now.held - before.held, orders * LINES);
}
