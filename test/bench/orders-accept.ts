import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../support/running';
import type { OrderRows, OrderSent } from './bare-order-taker';
import { type Bench, BenchFailed, expectEqual } from './bench';
import { requestsPerSecond } from './load';
import { compared } from './pairs';
import { Twin } from './twin';
import { databaseUrl, inDatabase, liftPlan, SHIP_TO, skuOf, startCrossdock, stockUp, UNIT } from './world';

const ITEMS = 500;
const LINES = 5;
const CLIENTS = 32;
const EACH = 100_000_000;
const WARM_UP = 1_500;
const SECONDS = 8;
const SHORT_SECONDS = 3;
const PATIENCE_MS = 120_000;
/** What follows the reservation of an order is not part of taking it. */
const LATER = ['orders.erp', 'orders.warehouse'];

/**
 * Orders of five lines from 32 clients, each with an Idempotency-Key of its own, until all are answered and reserved. What follows,
 * for the ERP and the warehouse, is written and left waiting, by us as by the twin.
 */
export const ordersAccept: Bench = {
  name: 'orders.accept.vs-raw',
  async run({ short, say }) {
    const crossdock = await startCrossdock(50);
    try {
      await Promise.all([liftPlan(crossdock), stockUp(crossdock, { items: ITEMS, each: EACH })]);
      await inDatabase(crossdock, (client) =>
        client.query('insert into messaging.paused_queue (queue) select unnest($1::text[])', [LATER]),
      );
      const ours = (orders: number): Promise<number> => takeOurs(crossdock, orders);
      const seconds = short ? SHORT_SECONDS : SECONDS;
      const each = Math.round(seconds * (await ours(WARM_UP)));
      const rows = await rowsOfOne(crossdock);
      say(`each order: ${LINES} slices, ${rows.events.length} events, ${rows.jobs.length} jobs`);
      const bare = await Twin.start(
        'bare-order-taker',
        databaseUrl(crossdock),
        crossdock.demo.partner,
        JSON.stringify(rows),
      );
      try {
        const raw = (orders: number): Promise<number> => takeBare(crossdock, bare, orders);
        const bareEach = Math.round(seconds * (await raw(WARM_UP)));
        const rivals = { ours: () => ours(each), reference: () => raw(bareEach), pairs: short ? 1 : 5 };
        return [
          await compared({ name: 'orders.accept.vs-raw', unit: 'orders/s', wanted: 'higher', ...rivals }, { say }),
        ];
      } finally {
        await bare.stop();
      }
    } finally {
      await crossdock.stop();
    }
  },
};

/** From the first request until the last order is reserved, though the answer does not wait for that. */
async function takeOurs(crossdock: Running, orders: number): Promise<number> {
  const { demo } = crossdock;
  const before = await counted(crossdock, 'ours');
  const startedAt = performance.now();
  await send(`${demo.url}/portal/v1/orders`, orders, { authorization: `Bearer ${demo.keys.portal}` });
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const now = await counted(crossdock, 'ours');
    const seconds = (performance.now() - startedAt) / 1000;
    if (now.promised - before.promised >= orders) {
      expectAll(before, now, orders);
      return orders / seconds;
    }
    if (performance.now() > deadline) throw new BenchFailed(`not all reserved: ${JSON.stringify(now)}`);
    await sleep(20);
  }
}

async function takeBare(crossdock: Running, bare: Twin, orders: number): Promise<number> {
  const before = await counted(crossdock, 'bare');
  const startedAt = performance.now();
  await send(`${bare.said}/orders`, orders, {});
  const seconds = (performance.now() - startedAt) / 1000;
  expectAll(before, await counted(crossdock, 'bare'), orders);
  return orders / seconds;
}

async function send(url: string, orders: number, headers: Readonly<Record<string, string>>): Promise<void> {
  const run = randomUUID().slice(0, 8);
  let next = 0;
  await requestsPerSecond({
    url,
    headers,
    next: () => ({
      body: JSON.stringify(orderOf(run, (next += 1))),
      headers: { 'idempotency-key': randomUUID() },
    }),
    connections: CLIENTS,
    extent: { requests: orders },
    right: (body) => (JSON.parse(body) as OrderSent).lines.length === LINES,
  });
}

function orderOf(run: string, number: number): OrderSent {
  const lines = Array.from({ length: LINES }, (_, index) => ({
    line: index + 1,
    item: skuOf((number * 7 + index * 101) % ITEMS),
    quantity: { value: '1', unit: UNIT },
  }));
  return { purchaseOrder: `ACCEPT-${run}-${number}`, shipTo: SHIP_TO, lines };
}

interface Counts {
  readonly promised: number;
  readonly orders: number;
  readonly keys: number;
  readonly slices: number;
  readonly held: number;
}

/** What was kept, by us or by the twin. */
async function counted(crossdock: Running, whose: 'ours' | 'bare'): Promise<Counts> {
  const table = (schema: string, name: string): string => `${whose === 'ours' ? schema : 'bench_reference'}.${name}`;
  const { rows } = await inDatabase(crossdock, (client) =>
    client.query<Counts>(`
      select (select count(*)::int from ${table('orders', 'sales_order')} where status in ('PROMISED', 'RELEASED')) as promised,
             (select count(*)::int from ${table('orders', 'sales_order')}) as orders,
             (select count(*)::int from ${table('gateway', 'idempotency')} where status = 201) as keys,
             (select count(*)::int from ${table('availability', 'slice')} where held) as slices,
             (select sum(allocated)::float8 from ${table('availability', 'position')} where item like 'BENCH-%') as held`),
  );
  const [counts] = rows;
  if (!counts) throw new BenchFailed('nothing could be counted');
  return counts;
}

function expectAll(before: Counts, now: Counts, orders: number): void {
  expectEqual('orders', now.orders - before.orders, orders);
  expectEqual('keys', now.keys - before.keys, orders);
  expectEqual('slices', now.slices - before.slices, orders * LINES);
  expectEqual('units held', now.held - before.held, orders * LINES);
}

/** The newest order of ours, for the twin to write the like. */
async function rowsOfOne(crossdock: Running): Promise<OrderRows> {
  const { rows } = await inDatabase(crossdock, (client) =>
    client.query<OrderRows>(`
      with newest as (select id, contents, progress from orders.sales_order order by id desc limit 1)
      select n.contents::text, n.progress::text,
             (select response::text from availability.reservation r where r.id = n.id) as response,
             (select body from gateway.idempotency where status = 201 order by created_at desc limit 1) as answer,
             (select coalesce(jsonb_agg(jsonb_build_object('type', type, 'envelope', envelope::text) order by o.id), '[]')
                from messaging.outbox o where partition_key = n.id) as events,
             (select coalesce(jsonb_agg(jsonb_build_object('queue', queue, 'payload', payload::text) order by j.id), '[]')
                from messaging.job j where payload->>'order' = n.id) as jobs
        from newest n`),
  );
  const [found] = rows;
  if (!found || found.jobs.length !== LATER.length)
    throw new BenchFailed(`an order of ours is not as expected: ${JSON.stringify(found)}`);
  return found;
}
