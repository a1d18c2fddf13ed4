import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#persistence/embedded/server';
import { temporaryDirectory } from '#testing/postgres';
import { eventually } from '../support/client';
import { freePort } from '../support/running';
import { FaultWorld, orderDuring, pause, toldOf } from './world';

const SECRET_KEY = Buffer.alloc(32, 7).toString('base64');
const ORDERS = 60;

describe('PostgreSQL is restarted while orders come', () => {
  it('F17 the embedded one is stopped: its process ends, is started again, and every order ends', async () => {
    const world = await FaultWorld.start({ environment: { PORT: String(await freePort()) } });
    const { crossdock } = world;
    try {
      await orderDuring(world, 'EMBEDDED', ORDERS, async () => {
        const pidFile = join(crossdock.dataDirectory, 'postgres/data/postmaster.pid');
        process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGINT');
        // Nobody signalled the process itself: it ends because its database was stopped, and says so.
        expect(await crossdock.gone()).toBeNull();
        await crossdock.restart();
      });
      await world.settled();
      await toldOf('F17 embedded', world, ORDERS, { restarts: 1 });
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
      await orderDuring(world, 'SERVER', ORDERS, async () => {
        for (let restart = 0; restart < 3; restart += 1) {
          await server.stop();
          server = await startEmbeddedPostgres({ dataDirectory });
        }
      });
      await world.settled();
      expect(world.crossdock.pid).toBe(pid);
      await toldOf('F17 server', world, ORDERS, { restarts: 3 });
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
      await orderDuring(world, 'REDIS', ORDERS, async () => {
        expect(await client.dbSize()).toBeGreaterThan(0);
        await client.flushAll();
        redis.kill('SIGKILL');
        await pause(500);
        launch();
      });
      await world.settled();
      await eventually(() => client.dbSize(), (keys) => keys > 0); // prettier-ignore
      await toldOf('F18', world, ORDERS, { flushed: 1, killed: 1 });
    } finally {
      await world.stop();
      client.destroy();
      redis.kill('SIGKILL');
    }
  });
});
