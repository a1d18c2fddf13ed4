import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { request } from 'undici';
import { Jobs } from '#messaging/jobs';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { testMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { FaultInterceptor, Faults } from '../faults';
import { sandboxCarrierConfig } from './carrier.config';
import { sandboxCarrierMigrations } from './carrier.migrations';
import { CarrierProgress } from './carrier.progress';
import { sandboxCarrierControllers, sandboxCarrierProviders } from './carrier.providers';
import { CarrierBooks, seedCarrier } from './carrier.store';

@Global()
@Module({})
class CarrierTestModule {
  static on(database: Database, jobs: Jobs): DynamicModule {
    return {
      module: CarrierTestModule,
      controllers: sandboxCarrierControllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: Jobs, useValue: jobs },
        ...[Faults, FaultInterceptor, ...sandboxCarrierProviders],
      ],
    };
  }
}

interface Notification {
  data: { tracking_number: string; status_code: string };
}

/** A receiver of tracking webhooks that fails as often as it is told. */
async function receiver(): Promise<{
  server: Server;
  url: string;
  received: Notification[];
  calls: { count: number; fail: number };
}> {
  const received: Notification[] = [];
  const calls = { count: 0, fail: 0 };
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
    incoming.on('end', () => {
      calls.count += 1;
      const refuse = calls.fail > 0 || incoming.headers['x-secret'] !== 'webhook-secret';
      if (calls.fail > 0) calls.fail -= 1;
      if (!refuse) received.push(...[JSON.parse(body) as Notification | Notification[]].flat());
      response.writeHead(refuse ? 503 : 202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    server,
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`,
    received,
    calls,
  };
}

const ADDRESS = { name: 'n', phone: '1', address_line1: 's', city_locality: 'c', state_province: 'Avon', postal_code: 'BS1', country_code: 'GB' }; // prettier-ignore
const shipment = (external_shipment_id: string) => ({
  ...{
    carrier_id: 'se-1',
    service_code: 'sandbox_next_day',
    external_shipment_id,
    ship_to: ADDRESS,
    ship_from: ADDRESS,
  },
  packages: [{ weight: { value: 1, unit: 'kilogram' } }],
});

describe('the simulated carrier', () => {
  let app: NestFastifyApplication;
  let base: string;
  let books: CarrierBooks;
  let hook: Awaited<ReturnType<typeof receiver>>;
  const cleanUp: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const ground = await testDatabase(messagingMigrations, { schema: 'sandbox', migrations: sandboxCarrierMigrations });
    const messaging = testMessaging(ground.database);
    hook = await receiver();
    const module = await Test.createTestingModule({ imports: [CarrierTestModule.on(ground.database, messaging.jobs)] })
      .overrideProvider(sandboxCarrierConfig.token)
      .useValue({ speed: '100' })
      .compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    await messaging.start();
    base = `http://127.0.0.1:${new URL(await app.getUrl()).port}`;
    books = app.get(CarrierBooks);
    const account = { apiKey: 'key', webhookUrl: hook.url, webhookHeader: 'x-secret', webhookSecret: 'webhook-secret' };
    await seedCarrier(ground.database, { installation: 'main', ...account });
    await seedCarrier(ground.database, { installation: 'bulk', ...account });
    cleanUp.push(
      () => app.close(),
      () => messaging.stop(),
      () => ground.close(),
    );
  });
  afterAll(async () => {
    for (const each of cleanUp) await each();
    hook.server.close();
  });

  /** Over real HTTP, with undici because it is what costs the load generator least. */
  const call = async (method: 'GET' | 'POST' | 'PUT', path: string, payload?: object, key = 'key') => {
    const headers = { 'api-key': key, ...(payload ? { 'content-type': 'application/json' } : {}) };
    const body = payload ? JSON.stringify(payload) : null;
    const { statusCode, body: answer } = await request(`${base}/sandbox/carrier/${path}`, { method, headers, body });
    const text = await answer.text();
    return { statusCode, json: <T>(): T => JSON.parse(text) as T };
  };
  const until = async (condition: () => Promise<boolean> | boolean): Promise<void> => {
    for (const deadline = Date.now() + 90_000; !(await condition());) {
      if (Date.now() > deadline) throw new Error('it did not come');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('a parcel is accepted, in transit, delivered, and each is told until the receiver takes it', async () => {
    hook.calls.fail = 1;
    const label = (await call('POST', 'main/v1/labels', { shipment: shipment('S-1') })).json<{
      tracking_number: string;
    }>();
    const told = () =>
      hook.received
        .filter(({ data }) => data.tracking_number === label.tracking_number)
        .map(({ data }) => data.status_code);
    await until(() => new Set(told()).size === 3);
    expect([...new Set(told())].sort()).toEqual(['AC', 'DE', 'IT']);
    const tracked = await call('GET', `main/v1/tracking?tracking_number=${label.tracking_number}`);
    expect(tracked.json()).toMatchObject({ status_code: 'DE' });
  });

  it('a used label cannot be voided', async () => {
    const found = (await call('GET', 'main/v1/labels/external_shipment_id/S-1')).json<{ label_id: string }>();
    expect((await call('PUT', `main/v1/labels/${found.label_id}/void`)).json()).toMatchObject({ approved: false });
  });

  it('who buys twice pays twice, and the books show it', async () => {
    for (let time = 0; time < 2; time += 1) await call('POST', 'main/v1/labels', { shipment: shipment('S-2') });
    expect((await call('GET', 'main/_counts?externalShipmentId=S-2')).json()).toMatchObject({
      labels: 2,
      live: 2,
      shipments: 1,
    });
  });

  it('a wrong key is refused, a bad purchase gets all its reasons', async () => {
    expect((await call('GET', 'main/v1/carriers', undefined, 'wrong')).statusCode).toBe(401);
    const refused = await call('POST', 'main/v1/labels', { shipment: { service_code: 'teleport', packages: [] } });
    expect(refused.statusCode).toBe(400);
    expect(refused.json<{ errors: unknown[] }>().errors.length).toBeGreaterThanOrEqual(6);
  });

  it('labels bought by many at once are all delivered, and told in few notifications', async () => {
    const labels = 600;
    const before = hook.calls.count;
    let next = 0;
    const buyer = async (): Promise<void> => {
      while (next < labels) {
        const { statusCode } = await call('POST', 'bulk/v1/labels', { shipment: shipment(`B-${(next += 1)}`) });
        if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
      }
    };
    await Promise.all(Array.from({ length: 32 }, buyer));
    await until(async () => (await books.counts('bulk'))?.delivered === labels);
    await until(() => hook.received.filter(({ data }) => data.status_code === 'DE').length >= labels);
    expect(hook.calls.count - before).toBeLessThan(labels);
  });

  it('a parcel without a timer gets one when the carrier starts again', async () => {
    const progress = app.get(CarrierProgress);
    await books.addLabel('main', { externalShipmentId: 'S-3', carrierId: 'se-1', serviceCode: 's', cost: '1', parcels: [{ id: '1', weight: 1 }], shipTo: {} }, 0); // prettier-ignore
    await progress.onApplicationBootstrap();
    await until(async () => (await books.counts('main', 'S-3'))?.delivered === 1);
  });
});
