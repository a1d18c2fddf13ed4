import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from '../support/running';
import { type Bench, BenchFailed, expectEqual, percentile } from './bench';
import { good, operationsOf, portalOf, startCrossdock } from './world';

const POLL_MS = 10;
const PATIENCE_MS = 30_000;

/** One order at a time on an idle system: from the POST until the document number of the ERP is known. */
export const orderToErp: Bench = {
  name: 'order.to-erp',
  async run({ short }) {
    const crossdock = await startCrossdock(50);
    try {
      const samples: number[] = [];
      // The first orders of a process compile its code; they are not the idle system that is meant.
      for (let number = 1; number <= 5; number += 1) await oneOrder(crossdock, `WARM-${number}`);
      for (let number = 1; number <= (short ? 20 : 100); number += 1)
        samples.push(await oneOrder(crossdock, `IDLE-${number}`));
      return [
        { name: 'order.to-erp.p50', ours: percentile(samples, 0.5), reference: 1_000, unit: 'ms', wanted: 'lower' },
        { name: 'order.to-erp.p99', ours: percentile(samples, 0.99), reference: 3_000, unit: 'ms', wanted: 'lower' },
      ];
    } finally {
      await crossdock.stop();
    }
  },
};

/** Milliseconds; returns once the order is also shipped, so that the next one finds an idle system. */
async function oneOrder(crossdock: Running, purchaseOrder: string): Promise<number> {
  const { item, unit, shipTo } = crossdock.demo.sample;
  const lines = [{ line: 1, item, quantity: { value: '1', unit } }];
  const startedAt = performance.now();
  const answer = await good(portalOf(crossdock).post('/portal/v1/orders', { purchaseOrder, shipTo, lines }));
  expectEqual('status of a new order', answer.status, 201);
  const { id } = answer.body as { id: string };
  await until(crossdock, id, ({ erpDocument }) => erpDocument !== undefined);
  const milliseconds = performance.now() - startedAt;
  await until(crossdock, id, ({ status }) => status === 'SHIPPED');
  return milliseconds;
}

interface Seen {
  readonly status: string;
  readonly erpDocument?: string;
}

async function until(crossdock: Running, id: string, wanted: (order: Seen) => boolean): Promise<void> {
  const path = `/operations/v1/orders/${crossdock.demo.partner}/${id}`;
  const deadline = performance.now() + PATIENCE_MS;
  while (!wanted((await good(operationsOf(crossdock).get(path))).body as Seen)) {
    if (performance.now() > deadline) throw new BenchFailed(`${id} did not get there`);
    await sleep(POLL_MS);
  }
}
