import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../support/running';
import { type Bench, BenchFailed, expectEqual, type Measurement, percentile } from './bench';
import { MemoryWatch } from './memory';
import { good, inDatabase, operationsOf, portalOf, SHIP_TO, skuOf, startCrossdock, stockUp, UNIT } from './world';

const ITEMS = 500;
const LINES = 20;
const CLIENTS = 16;
const PATIENCE_MS = 600_000;

interface Accepts {
  /** Milliseconds of each accept. */
  readonly latencies: readonly number[];
  readonly startedAt: number;
  readonly lastAt: number;
}

/** Orders of ~20 lines from 16 clients at once, until every one is shipped and invoiced in the sandbox ERP. */
export const ordersPipeline: Bench = {
  name: 'orders.pipeline',
  async run({ short, say }) {
    const orders = short ? 300 : 2_000;
    const crossdock = await startCrossdock(1_000, { ...profile() });
    try {
      await stockUp(crossdock, { items: ITEMS, each: orders * LINES });
      const watch = new MemoryWatch(crossdock.pid);
      const accepts = await placeAll(crossdock, orders);
      say(`accepted ${orders} in ${((accepts.lastAt - accepts.startedAt) / 1000).toFixed(1)} s`);
      const doneAt = await allInvoiced(crossdock, orders, say);
      const peak = watch.stop();
      await verify(crossdock, orders);
      return measurements(orders, accepts, doneAt, peak);
    } finally {
      await crossdock.stop();
    }
  },
};

/** `BENCH_NODE_OPTIONS=--require <file>` looks into the product's own process. */
function profile(): Record<string, string> {
  const options = process.env['BENCH_NODE_OPTIONS'];
  return options === undefined ? {} : { NODE_OPTIONS: options };
}

function measurements(orders: number, accepts: Accepts, doneAt: number, peak: number): Measurement[] {
  const seconds = (accepts.lastAt - accepts.startedAt) / 1000;
  const whole = (doneAt - accepts.startedAt) / 1000;
  const name = (part: string): string => `orders.pipeline.${part}`;
  const { latencies } = accepts;
  return [
    { name: name('accepted'), ours: orders / seconds, reference: 25, unit: 'orders/s', wanted: 'higher' },
    { name: name('accept.p50'), ours: percentile(latencies, 0.5), reference: 1_000, unit: 'ms', wanted: 'report' },
    { name: name('accept.p99'), ours: percentile(latencies, 0.99), reference: 3_000, unit: 'ms', wanted: 'report' },
    { name: name('after-last'), ours: (doneAt - accepts.lastAt) / 1000, reference: 60, unit: 's', wanted: 'lower' },
    { name: name('shipped'), ours: orders / whole, reference: 60, unit: 'orders/s', wanted: 'report' },
    { name: name('rss'), ours: peak, reference: 1_024, unit: 'MB', wanted: 'report' },
  ];
}

async function placeAll(crossdock: Running, orders: number): Promise<Accepts> {
  const portal = portalOf(crossdock);
  const latencies: number[] = [];
  const startedAt = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < orders) {
      const body = orderOf((next += 1));
      const sentAt = performance.now();
      const { status } = await good(portal.post('/portal/v1/orders', body));
      expectEqual('status of a new order', status, 201);
      latencies.push(performance.now() - sentAt);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return { latencies, startedAt, lastAt: performance.now() };
}

/** Lines spread evenly and differently over the items: neighbours in time share a few of them. */
function orderOf(number: number): object {
  const lines = Array.from({ length: LINES }, (_, index) => ({
    line: index + 1,
    item: skuOf((number * 7 + index * 23) % ITEMS),
    quantity: { value: String(1 + ((number + index) % 12)), unit: UNIT },
  }));
  return { purchaseOrder: `BENCH-${number}`, shipTo: SHIP_TO, lines };
}

async function allInvoiced(crossdock: Running, orders: number, say: (text: string) => void): Promise<number> {
  const operations = operationsOf(crossdock);
  const deadline = performance.now() + PATIENCE_MS;
  let told = 0;
  for (;;) {
    const counts = (await good(operations.get('/sandbox/erp/main/_counts'))).body as Record<string, number>;
    const now = performance.now();
    if ((counts['invoices'] ?? 0) >= orders && (await allShipped(crossdock, orders))) return now;
    if (now > deadline) throw new BenchFailed(`not all shipped and invoiced: ${JSON.stringify(counts)}`);
    if (now - told > 10_000) {
      say(JSON.stringify(counts));
      told = now;
    }
    await sleep(250);
  }
}

async function allShipped(crossdock: Running, orders: number): Promise<boolean> {
  const { body } = await good(operationsOf(crossdock).get('/operations/v1/summary'));
  const { statuses } = body as { statuses: { status: string; count: number }[] };
  return (statuses.find(({ status }) => status === 'SHIPPED')?.count ?? 0) >= orders;
}

/** One document of each kind per order, and every line of every order in it: counted in the ERP's own books. */
async function verify(crossdock: Running, orders: number): Promise<void> {
  const { body } = await good(operationsOf(crossdock).get('/sandbox/erp/main/_counts'));
  const { salesOrders, cancellations, deliveries, invoices } = body as Record<string, number>;
  const expected = [orders, 0, orders, orders];
  expectEqual('documents in the ERP', [salesOrders, cancellations, deliveries, invoices], expected);
  const lines = await inDatabase(crossdock, async (client) => {
    const { rows } = await client.query<{ lines: string }>(
      `select sum(jsonb_array_length(body->'lines')) as lines from sandbox.erp_document where kind = 'delivery'`,
    );
    return Number(rows[0]?.lines);
  });
  expectEqual('lines delivered in the ERP', lines, orders * LINES);
  const { body: report } = await good(operationsOf(crossdock).get('/operations/v1/invariants'));
  const { violations } = report as { violations?: unknown[] };
  if (violations && violations.length > 0) throw new BenchFailed(`invariants: ${JSON.stringify(violations)}`);
}
