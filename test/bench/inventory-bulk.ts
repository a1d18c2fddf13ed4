import type { Running } from '../support/running';
import { type Bench, expectEqual } from './bench';
import { bulkRecords, RECORDS_PER_CALL } from './bulk-records';
import { compared } from './pairs';
import { Twin } from './twin';
import { databaseUrl, good, inDatabase, liftPlan, operationsOf, startCrossdock } from './world';

const WARM_UP_CALLS = 4;

/**
 * 5,000 stock facts a call through the gateway, with key, limit and both contract checks, each taken once and traced to its message, against
 * the set-based insert and upsert of the same rows, parsed before and without a unique index.
 */
export const inventoryBulk: Bench = {
  name: 'inventory.bulk.vs-raw',
  async run({ short, say }) {
    const crossdock = await startCrossdock(50);
    const bare = await Twin.start('bare-ledger', databaseUrl(crossdock));
    let posted = 0;
    const next = (calls: number): number => (posted += calls) - calls;
    const ours = async (calls: number): Promise<number> => {
      const bodies = bodiesOf(next(calls), calls);
      const startedAt = performance.now();
      for (const body of bodies) await postAll(crossdock, body);
      return (calls * RECORDS_PER_CALL * 1000) / (performance.now() - startedAt);
    };
    const raw = async (calls: number): Promise<number> =>
      (calls * RECORDS_PER_CALL) / (await bare.ask<number>({ first: next(calls), calls }));
    try {
      await liftPlan(crossdock);
      await ours(WARM_UP_CALLS);
      await raw(WARM_UP_CALLS);
      const calls = short ? 8 : 20;
      const rivals = { ours: () => ours(calls), reference: () => raw(calls), pairs: short ? 3 : 7 };
      const row = await compared({ name: 'inventory.bulk.vs-raw', unit: 'facts/s', wanted: 0.6, ...rivals }, { say });
      expectEqual('facts in both ledgers', await counted(crossdock), posted * RECORDS_PER_CALL);
      return [row];
    } finally {
      await bare.stop();
      await crossdock.stop();
    }
  },
};

function bodiesOf(first: number, calls: number): string[] {
  return Array.from({ length: calls }, (_, call) =>
    JSON.stringify({ source: 'wms/bench', records: bulkRecords(first + call) }),
  );
}

async function postAll(crossdock: Running, body: string): Promise<void> {
  const { body: answer } = await good(operationsOf(crossdock).post('/operations/v1/inventory-events', body));
  const { results } = answer as { results: { outcome: string }[] };
  expectEqual('facts applied', results.filter(({ outcome }) => outcome === 'applied').length, RECORDS_PER_CALL);
}

async function counted(crossdock: Running): Promise<number> {
  return inDatabase(crossdock, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      `select (select count(*) from availability.ledger where source = 'wms/bench') + (select count(*) from bare.ledger) as count`,
    );
    return Number(rows[0]?.count);
  });
}
