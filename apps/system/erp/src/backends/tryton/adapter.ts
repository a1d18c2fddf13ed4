import type { Backend, Connection, TestStep } from '#connections/backend';
import type { CrossdockError } from '#canonical/errors';
import type { OutboundHttp } from '#resilience/outbound';
import { refused } from '#resilience/outbound-errors';
import type { ErpPort } from '../../erp.port';
import { Cancellations } from './cancellations';
import type { Http } from './client';
import { TrytonClient } from './client';
import { Deliveries } from './deliveries';
import { Directory } from './directory';
import { Invoices } from './invoices';
import { manifest } from './manifest';
import { MasterData } from './master-data';
import { Receivables } from './receivables';
import { Sales } from './sales';
import { settingsOf } from './settings';
import { Turns } from './turns';

/** Modules without which nothing of this works, with what they are for. */
const MODULES = ['sale', 'stock', 'account_invoice_stock'];

export const tryton: Backend<ErpPort> = {
  manifest,
  connect: (connection, http) => trytonPort(connection, http),
  test: (connection, http) => testSteps(connection, http),
};

/** The port on one Tryton database; see README.md for what becomes of each document there. */
export function trytonPort(connection: Connection, http: Http): ErpPort {
  const settings = settingsOf(connection);
  const client = clientOf(connection, http);
  const { id } = connection;
  const directory = new Directory(client, settings, id);
  const sales = new Sales(client, directory, settings, id);
  const deliveries = new Deliveries(client, directory, sales, settings, id);
  const invoices = new Invoices(client, sales, deliveries, id);
  const cancellations = new Cancellations(client, sales, deliveries, id);
  const masterData = new MasterData(client, directory, settings, id);
  const receivables = new Receivables(client, directory, settings);
  const turns = new Turns(id, settings.postingsAtOnce);
  return {
    createSalesOrder: (order) => turns.take('sale', () => sales.create(order)),
    findSalesOrder: (order) => turns.take('sale', () => sales.find(order.businessKey)),
    cancelSalesOrder: (cancellation) => turns.take('cancel', () => cancellations.cancel(cancellation)),
    findCancellation: (cancellation) => turns.take('cancel', () => cancellations.find(cancellation)),
    postDelivery: (delivery) => turns.take('delivery', () => deliveries.post(delivery)),
    findDelivery: (delivery) => turns.take('delivery', () => deliveries.find(delivery.businessKey)),
    postInvoice: (invoice) => turns.take('invoice', () => invoices.post(invoice)),
    findInvoice: (invoice) => turns.take('invoice', () => invoices.find(invoice)),
    // Not declared: Tryton corrects through returns and credit notes of its own, which an accountant makes.
    reverseDelivery: () => Promise.reject(undeclared(id, 'reverse a delivery')),
    findDeliveryReversal: () => Promise.resolve(undefined),
    postCreditMemo: () => Promise.reject(undeclared(id, 'credit an invoice')),
    findCreditMemo: () => Promise.resolve(undefined),
    accrueFreight: () => Promise.reject(undeclared(id, 'accrue freight')),
    findFreightAccrual: () => Promise.resolve(undefined),
    documents: () => Promise.reject(undeclared(id, 'list documents')),
    stock: (node, items) => masterData.stock(node, items),
    receivables: (customers) => receivables.of(customers),
    changedItems: (cursor) => masterData.changedItems(cursor),
    changedCustomers: (cursor) => masterData.changedCustomers(cursor),
    // Price lists are a module of Tryton that not everyone has; the ability is not declared.
    changedPrices: (cursor) => Promise.resolve({ records: [], cursor: cursor ?? '', more: false }),
  };
}

function undeclared(connection: string, operation: string): CrossdockError {
  return refused({ connection, operation }, `this connection cannot ${operation}`);
}

function clientOf(connection: Connection, http: Http): TrytonClient {
  const { database, user, companyId } = settingsOf(connection);
  return new TrytonClient(http, {
    connection: connection.id,
    database,
    user,
    password: connection.credentials['password'] ?? '',
    ...(companyId !== undefined && { companyId }),
  });
}

function testSteps(connection: Connection, http: OutboundHttp): readonly TestStep[] {
  const settings = settingsOf(connection);
  const client = clientOf(connection, http);
  const directory = new Directory(client, settings, connection.id);
  return [
    { name: 'server answers', run: async () => `Tryton ${await client.version()}` },
    { name: 'login', run: () => client.login() },
    { name: 'company', run: async () => `company ${String((await client.context())['company'])}` },
    {
      name: 'modules',
      run: async () => {
        const rows = await client.search<{ name: string }>('ir.module', [['state', '=', 'activated'], ['name', 'in', MODULES]], ['name']); // prettier-ignore
        const missing = MODULES.filter((name) => !rows.some((row) => row.name === name));
        if (missing.length > 0)
          throw refused({ connection: connection.id, operation: 'modules' }, `not activated: ${missing.join(', ')}`);
      },
    },
    {
      name: 'warehouses',
      run: async () => {
        for (const code of [...Object.values(settings.warehouses), settings.orderWarehouse])
          await directory.warehouse(code);
      },
    },
    { name: 'currency', run: async () => `currency ${String(await directory.currency(settings.currency))}` },
  ];
}
