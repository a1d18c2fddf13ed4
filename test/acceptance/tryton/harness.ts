import { randomBytes } from 'node:crypto';
import { Secrets } from '#connections/secrets';
import { messagingMigrations } from '#messaging/migrations';
import { Log } from '#service/logging';
import type { FaultRule } from '#testing/fault-proxy';
import { FaultProxy } from '#testing/fault-proxy';
import { testMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { tryton } from '../../../apps/system/erp/src/backends/tryton/adapter';
import { ErpConnections } from '../../../apps/system/erp/src/connections.service';
import { erpMigrations } from '../../../apps/system/erp/src/erp.migrations';
import { ErpService } from '../../../apps/system/erp/src/erp.service';
import { MasterData } from '../../../apps/system/erp/src/in/poll/master-data';
import { CursorStore } from '../../../apps/system/erp/src/out/cursor.store';
import type { ErpCounts, ErpFault, ErpHarness, ErpOperation } from '../../../apps/system/erp/test/erp.conformance';
import { TrytonBooks } from './books';
import { SEED } from './seed';
import type { RunningTryton } from './server';
import { startTryton } from './server';

/** Tryton takes some seconds for a call on a busy machine; `slow` and `late-commit` take a second more. */
const DEADLINE_MS = 8000;
/** The last call of each posting: the document is whole in Tryton when it has committed. */
const DECISIVE: Readonly<Record<ErpOperation, string>> = {
  createSalesOrder: 'model.sale.sale.confirm',
  cancelSalesOrder: 'wizard.sale.handle.shipment.exception.execute',
  postDelivery: 'model.stock.shipment.out.done',
  postInvoice: 'model.account.invoice.post',
};
/** The first call that changes something. */
const FIRST: Readonly<Record<ErpOperation, string>> = {
  createSalesOrder: 'model.sale.sale.create',
  cancelSalesOrder: 'model.stock.shipment.out.create',
  postDelivery: 'model.stock.shipment.out.write',
  postInvoice: 'model.account.invoice.write',
};

export interface TrytonHarness extends ErpHarness {
  readonly proxy: FaultProxy;
  readonly books: TrytonBooks;
  /** Faults the next call of one RPC method. */
  readonly faultMethod: (method: string, rule: Omit<FaultRule, 'when'>) => void;
}

/** Two real Trytons, our ERP app with a connection to each, and a fault proxy in front of the first. */
export async function startTrytonHarness(deadlineMs = DEADLINE_MS): Promise<TrytonHarness> {
  const servers = [await startTryton(), await startTryton()] as const;
  const [main, other] = servers;
  const proxy = await FaultProxy.start(main.url);
  const store = await testDatabase(messagingMigrations, erpMigrations);
  const { database } = store;
  const messaging = testMessaging(database);
  const log = new Log();
  const connections = new ErpConnections(database, messaging.jobs, new Secrets(randomBytes(32)), log, [tryton]);
  const masterData = new MasterData(database, connections, new CursorStore(database), messaging.outbox, log);
  const settings = settingsOf(main, proxy.url, deadlineMs);
  await connections.put(connection('tryton-main', settings, main));
  await connections.put(connection('tryton-other', settingsOf(other, other.url, deadlineMs), other));
  const books = { 'tryton-main': new TrytonBooks(main.direct), 'tryton-other': new TrytonBooks(other.direct) };
  const booksOf = (id: string): TrytonBooks => books[id as keyof typeof books];
  const faultMethod = (method: string, rule: Omit<FaultRule, 'when'>): void =>
    proxy.inject({ times: 1, ...rule, when: (request) => request.body.includes(`"method":"${method}"`) });

  return {
    erp: new ErpService(database, connections, masterData),
    connections,
    proxy,
    books: books['tryton-main'],
    faultMethod,
    connection: 'tryton-main',
    otherConnection: 'tryton-other',
    item: SEED.items[0].code,
    secondItem: SEED.items[1].code,
    unit: 'EA',
    customer: SEED.customer.code,
    node: 'DC-NORTH',
    currency: SEED.currency,
    settings,
    wrongCredentials: { password: 'a-password-that-nobody-knows' },
    // Tryton has no blocked customers: a party is used or it is not.
    without: ['blocked-customer'],
    strike: (fault, operation) => strike(fault, operation, proxy, faultMethod, deadlineMs + 1000),
    heal: async () => {
      proxy.clear();
      await proxy.accept();
    },
    count: (id, key): Promise<ErpCounts> => booksOf(id).counts(key),
    onHand: (id, item) => booksOf(id).onHand(item),
    close: async () => {
      await proxy.stop();
      await messaging.stop();
      await store.close();
      for (const server of servers) await server.stop();
    },
  };
}

async function strike(
  fault: ErpFault,
  operation: ErpOperation,
  proxy: FaultProxy,
  faultMethod: TrytonHarness['faultMethod'],
  delayMs: number,
): Promise<void> {
  if (fault === 'refuse-connection') return proxy.refuse();
  if (fault === 'error-in-200') {
    const body = JSON.stringify({ id: 0, error: ['ConcurrencyException', 'Records were modified in the meanwhile'] });
    faultMethod(FIRST[operation], { fault: 'answer', body });
  } else if (fault === '429') {
    faultMethod(FIRST[operation], { fault, retryAfter: 1 });
  } else {
    faultMethod(DECISIVE[operation], { fault, delayMs });
  }
}

function settingsOf(server: RunningTryton, baseUrl: string, deadlineMs: number): Record<string, unknown> {
  return {
    baseUrl,
    database: server.database,
    user: server.user,
    deadlineMs,
    settleSeconds: 2,
    warehouses: { 'DC-NORTH': SEED.warehouse },
    currency: SEED.currency,
  };
}

function connection(id: string, settings: Record<string, unknown>, server: RunningTryton) {
  return { id, product: 'tryton', settings, credentials: { password: server.password } };
}
