import { randomBytes } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Secrets } from '#connections/secrets';
import { TMS_TRACKING_UPDATED } from '#contracts/events/catalogue';
import type { TmsTrackingUpdated } from '#contracts/events/catalogue';
import { Jobs } from '#messaging/jobs';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { testMessaging } from '#testing/messaging';
import type { TestMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { sandboxCarrierMigrations } from '../../../sandbox/src/carrier/carrier.migrations';
import { sandboxCarrierControllers, sandboxCarrierProviders } from '../../../sandbox/src/carrier/carrier.providers';
import { CarrierBooks, seedCarrier } from '../../../sandbox/src/carrier/carrier.store';
import { FaultInterceptor, Faults } from '../../../sandbox/src/faults';
import { externalShipmentId } from '../src/backends/shipengine/mapping';
import { ReceiveTracking } from '../src/in/webhooks/receive-tracking';
import { tmsMigrations } from '../src/migrations';
import { TmsConnections } from '../src/tms-connections';
import { TmsService } from '../src/tms.service';
import type { TmsHarness } from './tms.conformance';

/** Ten times what an answer takes on a busy machine; `slow` and `late-commit` come one second after it. */
const DEADLINE_MS = 2_000;
const TOO_LATE_MS = DEADLINE_MS + 1_000;
const API_KEY = 'the-key-of-the-sandbox';
const SECRET = 'the-secret-of-the-webhook';
const HEADER = 'x-crossdock-webhook-secret';

export interface SandboxTmsHarness extends TmsHarness {
  readonly database: Database;
  readonly messaging: TestMessaging;
  readonly receive: ReceiveTracking;
  baseUrl(installation: string): string;
}

@Global()
@Module({})
class SandboxCarrierTestModule {
  static on(database: Database, jobs: Jobs): DynamicModule {
    return {
      module: SandboxCarrierTestModule,
      controllers: sandboxCarrierControllers,
      providers: [
        { provide: Database, useValue: database },
        { provide: Jobs, useValue: jobs },
        ...[Faults, FaultInterceptor, ...sandboxCarrierProviders],
      ],
    };
  }
}

/** Two accounts of the simulated carrier behind real HTTP, and our app with a connection to each. */
export async function startSandboxCarrier(): Promise<SandboxTmsHarness> {
  const sandboxMigrations = { schema: 'sandbox', migrations: sandboxCarrierMigrations };
  const { database, close } = await testDatabase(messagingMigrations, tmsMigrations, sandboxMigrations);
  const messaging = testMessaging(database);
  const server = await serve(database, messaging.jobs);
  const port = new URL(await server.getUrl()).port;
  const baseUrl = (installation: string): string => `http://127.0.0.1:${port}/sandbox/carrier/${installation}`;
  const connections = new TmsConnections(database, new Secrets(randomBytes(32)), new Log());
  const receive = new ReceiveTracking(connections, database, messaging.inbox, messaging.jobs, messaging.outbox);
  receive.onModuleInit();
  await messaging.start();
  const settings = { baseUrl: baseUrl('carrier-main'), deadlineMs: DEADLINE_MS, settleSeconds: 5, carrierId: 'se-1', defaultService: 'sandbox_next_day', shipFromPhone: '+44 117 000 0000' }; // prettier-ignore
  for (const id of ['carrier-main', 'carrier-two']) {
    await seedCarrier(database, { installation: id, apiKey: API_KEY });
    const credentials = { apiKey: API_KEY, webhookSecret: SECRET };
    await connections.put({ id, product: 'shipengine', settings: { ...settings, baseUrl: baseUrl(id) }, credentials });
  }
  const faults = server.get(Faults);
  const books = server.get(CarrierBooks);
  return {
    ...{ database, messaging, connections, receive, settings, baseUrl },
    tms: new TmsService(connections, database),
    connection: 'carrier-main',
    otherConnection: 'carrier-two',
    product: 'shipengine',
    wrongCredentials: { apiKey: 'a-key-that-nobody-knows', webhookSecret: 'x' },
    unservedPostalCode: 'ZZ9 9ZZ',
    strike: (mode, operation) =>
      faults.set('carrier', 'carrier-main', [{ operation, mode, times: 1, milliseconds: TOO_LATE_MS, retryAfter: 1 }]),
    heal: () => faults.set('carrier', 'carrier-main', []),
    liveLabels: async (id, key) => (await books.counts(id, externalShipmentId(key)))?.live ?? 0,
    webhook: (body, secret = SECRET) =>
      receive.receive({ connection: 'carrier-main', headers: { [HEADER]: secret }, rawBody: Buffer.from(body) }),
    notification: (trackingNumber, status, occurredAt) =>
      JSON.stringify(notification(trackingNumber, status, occurredAt)),
    settle: () => settled(database),
    close: async () => {
      await server.close();
      await messaging.stop();
      await close();
    },
  };
}

async function serve(database: Database, jobs: Jobs): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [SandboxCarrierTestModule.on(database, jobs)] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

function notification(trackingNumber: string, status: 'IN_TRANSIT' | 'DELIVERED', occurredAt: string) {
  const code = status === 'DELIVERED' ? 'DE' : 'IT';
  return {
    resource_url: `https://api.shipengine.com/v1/tracking?tracking_number=${trackingNumber}`,
    resource_type: 'API_TRACK',
    data: {
      tracking_number: trackingNumber,
      status_code: code,
      events: [{ occurred_at: occurredAt, status_code: code }],
    },
  };
}

/** Waits until no notification waits to be mapped. */
async function settled(database: Database): Promise<{ news: TmsTrackingUpdated[]; dead: number }> {
  for (;;) {
    const { rows } = await database.query<{ open: number; dead: number }>(`
      select count(*) filter (where state <> 'dead')::int as open, count(*) filter (where state = 'dead')::int as dead
        from messaging.job where queue = 'tms.map'`);
    if (rows[0]?.open === 0) {
      const events = await database.query<{ data: TmsTrackingUpdated }>(
        `select envelope -> 'data' as data from messaging.outbox where type = $1 order by id`,
        [TMS_TRACKING_UPDATED],
      );
      return { news: events.rows.map(({ data }) => data), dead: rows[0].dead };
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
