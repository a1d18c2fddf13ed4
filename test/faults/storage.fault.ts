import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#persistence/embedded/server';
import { temporaryDirectory } from '#testing/postgres';
import { eventually } from '../support/client';
import { PatientPartner } from '../support/partner';
import { freePort } from '../support/running';
import { counted, FaultWorld, inTurns, pause } from './world';

const ITEMS = ['MUG-BLUE', 'MUG-GREEN', 'SPOON-OLIVE', 'HOOK-IRON'];
const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');
const NUMBERS = Array.from({ length: 60 }, (_, index) => index);

/** Orders come four at a time while the fault strikes, in the middle of them. */
async function orderDuring(world: FaultWorld, name: string, strike: () => Promise<void>): Promise<PatientPartner> {
  const partner = new PatientPartner(() => world.portal);
  const all = inTurns(NUMBERS, 4, async (index) => {
    const line = { line: 1, item: ITEMS[index % ITEMS.length], quantity: { value: '1', unit: 'EA' } };
    const purchaseOrder = `${name}-${index}`;
    await partner.place(purchaseOrder, { shipTo: 'BRISTOL', lines: [line] }, index % 2 === 0 ? `key-${purchaseOrder}` : undefined); // prettier-ignore
    await pause(50);
  });
  all.catch(() => undefined);
  await eventually(
    () => Promise.resolve(partner.orders.length),
    (placed) => placed > NUMBERS.length / 4,
  );
  await strike();
  await all;
  expect(partner.orders.filter(({ ids }) => ids.size !== 1)).toEqual([]);
  return partner;
}

async function told(fault: string, world: FaultWorld, more: object): Promise<void> {
  const { salesOrders, deliveries, invoices, repeated } = await world.counts('erp/main');
  expect({ salesOrders, deliveries, invoices, repeated }).toEqual({ salesOrders: NUMBERS.length, deliveries: NUMBERS.length, invoices: NUMBERS.length, repeated: 0 }); // prettier-ignore
  expect(await world.breaches()).toEqual([]);
  counted(fault, { orders: NUMBERS.length, salesOrders, deliveries, invoices, repeated, ...more });
}

describe('PostgreSQL is restarted while orders come', () => {
  it('F17 the embedded one is stopped: its process ends, is started again, and every order ends', async () => {
    const world = await FaultWorld.start({ environment: { PORT: String(await freePort()) } });
    const { crossdock } = world;
    try {
      await orderDuring(world, 'EMBEDDED', async () => {
        const pidFile = join(crossdock.dataDirectory, 'postgres/data/postmaster.pid');
        process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
        // Nobody signalled the process itself: it ends because its database was stopped, and says so.
        expect(await crossdock.gone()).toBeNull();
        await crossdock.restart();
      });
      await world.settled();
      await told('F17 embedded', world, { restarts: 1 });
    } finally {
      await world.stop();
    }
  });

  it('F17 one of its own, three times: the product reconnects, and every order ends', async () => {
    const dataDirectory = await temporaryDirectory('crossdock-fault');
    let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDirectory });
    const world = await FaultWorld.start({
      environment: { DATABASE_URL: server.url, CROSSDOCK_SECRET_KEY: SECRET_KEY },
    });
    try {
      const { pid } = world.crossdock;
      await orderDuring(world, 'SERVER', async () => {
        for (let restart = 0; restart < 3; restart += 1) {
          await server.stop();
          server = await startEmbeddedPostgres({ dataDirectory });
        }
      });
      await world.settled();
      expect(world.crossdock.pid).toBe(pid);
      await told('F17 server', world, { restarts: 3 });
    } finally {
      await world.stop();
      await server.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  });
});

describe('Redis', () => {
  let redis: ChildProcess;
  let port: number;
  const launch = (): void => {
    redis = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' }); // prettier-ignore
  };
  const connected = async () => {
    const client = createClient({ url: `redis://127.0.0.1:${port}` });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };

  it('F18 flushed, killed -9 and started anew while orders come: nothing is lost, limits go on', async () => {
    port = await freePort();
    launch();
    const client = await connected();
    const world = await FaultWorld.start({ environment: { REDIS_URL: `redis://127.0.0.1:${port}` } });
    try {
      await orderDuring(world, 'REDIS', async () => {
        expect(await client.dbSize()).toBeGreaterThan(0);
        await client.flushAll();
        redis.kill('SIGKILL');
        await pause(500);
        launch();
      });
      await world.settled();
      await eventually(() => client.dbSize(), (keys) => keys > 0); // prettier-ignore
      await told('F18', world, { flushed: 1, killed: 1 });
    } finally {
      await world.stop();
      client.destroy();
      redis.kill('SIGKILL');
    }
  });
});
