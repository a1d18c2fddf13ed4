import type { Running } from '../support/running';
import type { OrderRows } from './bare-order-taker';
import { type Bench, BenchFailed } from './bench';
import { compared } from './pairs';
import { counted, expectAll, LATER, leaveTheRest, LINES, send, takeOurs } from './take-orders';
import { Twin } from './twin';
import { databaseUrl, inDatabase, liftPlan, startCrossdock, stockUp } from './world';

const ITEMS = 500;
const EACH = 100_000_000;
const WARM_UP = 1_500;
const SECONDS = 8;
const SHORT_SECONDS = 3;

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
      await leaveTheRest(crossdock);
      const ours = (orders: number): Promise<number> => takeOurs(crossdock, orders, ITEMS);
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

async function takeBare(crossdock: Running, bare: Twin, orders: number): Promise<number> {
  const before = await counted(crossdock, 'bare');
  const startedAt = performance.now();
  await send(`${bare.said}/orders`, orders, ITEMS, {});
  const seconds = (performance.now() - startedAt) / 1000;
  expectAll(before, await counted(crossdock, 'bare'), orders);
  return orders / seconds;
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
