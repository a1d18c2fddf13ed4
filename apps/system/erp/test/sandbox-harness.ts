import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Secrets } from '#connections/secrets';
import { messagingMigrations } from '#messaging/migrations';
import type { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { testMessaging } from '#testing/messaging';
import type { TestMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { sandboxErpMigrations } from '../../../sandbox/src/erp/erp.migrations';
import { sandboxErpControllers, sandboxErpProviders } from '../../../sandbox/src/erp/erp.providers';
import { seedErp } from '../../../sandbox/src/erp/erp.seed';
import { ErpBooks } from '../../../sandbox/src/erp/erp.store';
import { FaultInterceptor, Faults, FaultsController } from '../../../sandbox/src/faults';
import { Database as DatabaseToken } from '#persistence/database';
import { registry } from '../src/backends/registry';
import { ErpConnections } from '../src/connections.service';
import { erpMigrations } from '../src/erp.migrations';
import { ErpService } from '../src/erp.service';
import { MasterData } from '../src/in/poll/master-data';
import { CursorStore } from '../src/out/cursor.store';
import type { ErpCounts, ErpFault, ErpHarness, ErpOperation } from './erp.conformance';

const TOKEN = 'the-token-of-the-sandbox';
/** Ten times what an answer takes on a busy machine; `slow` and `late-commit` come one second after it. */
const DEADLINE_MS = 2_000;
const TOO_LATE_MS = DEADLINE_MS + 1_000;
const ITEMS = ['85123A', '71053'];
const ADDRESS = {
  name: 'Harbour Gifts Ltd',
  street: '1 Quay Street',
  city: 'Bristol',
  postalCode: 'BS1 4DJ',
  country: 'GB',
};

/** Corrections and freight are not asked of every product. */
type SandboxOperation = ErpOperation | 'reverseDelivery' | 'postCreditMemo' | 'accrueFreight';

export interface SandboxErpHarness extends ErpHarness {
  strike(fault: ErpFault, operation: SandboxOperation): Promise<void>;
  readonly connections: ErpConnections;
  readonly database: Database;
  readonly messaging: TestMessaging;
  readonly masterData: MasterData;
  readonly faultsOf: Faults;
  readonly baseUrl: (installation: string) => string;
}

@Global()
@Module({})
class SandboxErpTestModule {
  static on(database: Database): DynamicModule {
    return {
      module: SandboxErpTestModule,
      controllers: [FaultsController, ...sandboxErpControllers],
      providers: [{ provide: DatabaseToken, useValue: database }, Faults, FaultInterceptor, ...sandboxErpProviders],
    };
  }
}

/** Two installations of the simulated ERP behind real HTTP, and our ERP app with a connection to each. */
export async function startSandboxErp(options: { deduplicates: boolean }): Promise<SandboxErpHarness> {
  const sandboxMigrations = { schema: 'sandbox', migrations: sandboxErpMigrations };
  const testing = await testDatabase(messagingMigrations, erpMigrations, sandboxMigrations);
  const { database } = testing;
  const server = await serve(database);
  const port = new URL(await server.getUrl()).port;
  const baseUrl = (installation: string): string => `http://127.0.0.1:${port}/sandbox/erp/${installation}`;
  for (const installation of ['erp-main', 'erp-two']) await seed(database, installation, options.deduplicates);

  const messaging = testMessaging(database);
  const log = new Log();
  const connections = new ErpConnections(database, messaging.jobs, new Secrets(randomBytes(32)), log, registry);
  const masterData = new MasterData(database, connections, new CursorStore(database), messaging.outbox, log);
  const settings = { baseUrl: baseUrl('erp-main'), deadlineMs: DEADLINE_MS, settleSeconds: 5 };
  const credentials = { token: TOKEN };
  const connect = (id: string, at: string) =>
    connections.put({ id, product: 'generic-rest', settings: { ...settings, baseUrl: at }, credentials });
  await connect('erp-main', baseUrl('erp-main'));
  await connect('erp-two', baseUrl('erp-two'));

  const faults = server.get(Faults);
  const books = server.get(ErpBooks);
  return {
    erp: new ErpService(database, connections, masterData),
    connections,
    database,
    messaging,
    masterData,
    faultsOf: faults,
    baseUrl,
    connection: 'erp-main',
    otherConnection: 'erp-two',
    item: '85123A',
    secondItem: '71053',
    unit: 'EA',
    customer: '17850',
    blockedCustomer: '13047',
    node: 'DC-NORTH',
    currency: 'GBP',
    settings,
    wrongCredentials: { token: 'a-token-that-nobody-knows' },
    strike: async (fault: ErpFault, operation: SandboxOperation) => {
      if (fault === 'refuse-connection') await connect('erp-main', `http://127.0.0.1:${String(await closedPort())}`);
      else
        faults.set('erp', 'erp-main', [{ operation, mode: fault, times: 1, milliseconds: TOO_LATE_MS, retryAfter: 3 }]);
    },
    heal: async () => {
      faults.set('erp', 'erp-main', []);
      await connect('erp-main', baseUrl('erp-main'));
    },
    count: async (installation, key): Promise<ErpCounts> => countsOf(await books.counts(installation, key)),
    onHand: async (installation, item) => (await books.stock(installation, 'DC-NORTH', [item]))[0]?.onHand ?? '0',
    close: async () => {
      await server.close();
      await messaging.stop();
      await testing.close();
    },
  };
}

async function serve(database: Database): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({ imports: [SandboxErpTestModule.on(database)] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

async function seed(database: Database, installation: string, deduplicates: boolean): Promise<void> {
  const item = (sku: string) => ({
    sku,
    description: `Item ${sku}`,
    status: 'ACTIVE' as const,
    baseUnit: 'EA',
    packs: [],
  });
  const customer = (id: string, status: 'ACTIVE' | 'BLOCKED') => ({
    id,
    name: ADDRESS.name,
    status,
    partner: 'harbour',
    currency: 'GBP',
    shipTos: [{ id, address: ADDRESS }],
  });
  await seedErp(database, installation, {
    token: TOKEN,
    deduplicates,
    items: ITEMS.map(item),
    customers: [customer('17850', 'ACTIVE'), customer('13047', 'BLOCKED')],
    prices: [
      { customer: '17850', item: '85123A', price: { amount: '2.40', currency: 'GBP' }, validFrom: '2026-01-01' },
    ],
    stock: ITEMS.map((sku) => ({ node: 'DC-NORTH', item: sku, quantity: '1000' })),
  });
}

function countsOf(counts: Record<string, number>): ErpCounts {
  return {
    salesOrders: counts['sales-order'] ?? 0,
    cancellations: counts['cancellation'] ?? 0,
    deliveries: counts['delivery'] ?? 0,
    invoices: counts['invoice'] ?? 0,
  };
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
