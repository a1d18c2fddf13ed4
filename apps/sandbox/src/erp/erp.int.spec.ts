import { BaseExceptionFilter } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Database } from '#persistence/database';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import { FaultInterceptor, Faults, FaultsController } from '../faults';
import { sandboxErpMigrations } from './erp.migrations';
import { sandboxErpControllers, sandboxErpProviders } from './erp.providers';
import { seedErp } from './erp.seed';
import { ErpBooks } from './erp.store';

/** What Nest would report as an error of ours. */
class Witness extends BaseExceptionFilter {
  readonly errors: unknown[] = [];

  override catch(...[error, host]: Parameters<BaseExceptionFilter['catch']>): void {
    this.errors.push(error);
    super.catch(error, host);
  }
}

describe('the simulated ERP', () => {
  let test: TestDatabase;
  let app: NestFastifyApplication;
  let books: ErpBooks;
  let witness: Witness;
  let base: string;
  let keys = 0;

  beforeAll(async () => {
    test = await testDatabase({ schema: 'sandbox', migrations: sandboxErpMigrations });
    const module = await Test.createTestingModule({
      controllers: [FaultsController, ...sandboxErpControllers],
      providers: [{ provide: Database, useValue: test.database }, Faults, FaultInterceptor, ...sandboxErpProviders],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    witness = new Witness(app.getHttpAdapter());
    app.useGlobalFilters(witness);
    await app.listen(0, '127.0.0.1');
    base = `${await app.getUrl()}/sandbox/erp/main`;
    books = app.get(ErpBooks);
    const item = (sku: string) => ({ sku, description: sku, status: 'ACTIVE' as const, baseUnit: 'EA', packs: [] });
    await seedErp(test.database, 'main', {
      token: 't1',
      items: ['A', 'B', 'C', 'D'].map(item),
      customers: [{ id: 'K', name: 'K', status: 'ACTIVE', partner: 'p', currency: 'GBP', shipTos: [] }],
      stock: [{ node: 'N', item: 'A', quantity: '100' }],
    });
  });
  afterAll(async () => {
    await app.close();
    await test.close();
  });

  const send = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, token = 't1') =>
    fetch(`${base}${url}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(payload && { 'content-type': 'application/json' }) },
      ...(payload && { body: JSON.stringify(payload) }),
    });
  const call = async (...request: Parameters<typeof send>) => {
    const response = await send(...request);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const order = () => {
    keys += 1;
    return {
      externalId: `o${String(keys)}`,
      customer: 'K',
      purchaseOrder: 'P',
      currency: 'GBP',
      lines: [{ line: 1, item: 'A', quantity: '10', unit: 'EA' }],
    };
  };
  const lines = (quantity: string) => [{ line: 1, item: 'A', quantity }];

  it('asks for the token of the installation', async () => {
    expect((await call('GET', '/v1/status', undefined, 'wrong')).status).toBe(401);
    expect((await call('GET', '/v1/status')).status).toBe(200);
  });

  it('the same external id is the same document; other content is refused', async () => {
    const wanted = order();
    const first = await call('POST', '/v1/sales-orders', wanted);
    const again = await call('POST', '/v1/sales-orders', wanted);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect((await call('POST', '/v1/sales-orders', { ...wanted, purchaseOrder: 'Q' })).status).toBe(409);
  });

  it('never delivers more than is open, whoever comes at the same time', async () => {
    const wanted = order();
    await call('POST', '/v1/sales-orders', wanted);
    const deliveries = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        call('POST', '/v1/deliveries', {
          externalId: `${wanted.externalId}-d${String(index)}`,
          salesOrder: wanted.externalId,
          node: 'N',
          shippedAt: '2026-03-02T10:00:00Z',
          lines: lines('3'),
        }),
      ),
    );
    expect(deliveries.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(deliveries.filter(({ status }) => status === 422)).toHaveLength(5);
    expect(await books.stock('main', 'N', ['A'])).toEqual([{ item: 'A', onHand: '91' }]);
  });

  it('invoices no more than was delivered, cancels no more than is open', async () => {
    const wanted = order();
    await call('POST', '/v1/sales-orders', wanted);
    const delivery = {
      externalId: `${wanted.externalId}-d`,
      salesOrder: wanted.externalId,
      node: 'N',
      shippedAt: '2026-03-02T10:00:00Z',
      lines: lines('4'),
    };
    await call('POST', '/v1/deliveries', delivery);
    const invoice = {
      externalId: `${wanted.externalId}-i`,
      salesOrder: wanted.externalId,
      delivery: delivery.externalId,
    };
    expect((await call('POST', '/v1/invoices', { ...invoice, lines: lines('5') })).status).toBe(422);
    expect((await call('POST', '/v1/invoices', { ...invoice, lines: lines('4') })).status).toBe(201);
    const cancellation = { externalId: `${wanted.externalId}-c`, salesOrder: wanted.externalId };
    expect((await call('POST', '/v1/cancellations', { ...cancellation, lines: lines('7') })).status).toBe(422);
    expect((await call('POST', '/v1/cancellations', cancellation)).status).toBe(201);
    expect((await call('POST', '/v1/cancellations', { ...cancellation, externalId: 'again' })).body).toMatchObject({
      code: 'NOTHING_OPEN',
    });
  });

  it('what a customer owes: invoices less credit memos, and the account beside them', async () => {
    const customer = {
      id: 'OWES',
      name: 'OWES',
      status: 'ACTIVE' as const,
      partner: 'p',
      currency: 'GBP',
      shipTos: [],
    };
    await seedErp(test.database, 'main', { customers: [customer] });
    const owed = () => call('POST', '/v1/receivables/query', { customers: ['OWES', 'NOBODY'] });
    const none = { customer: 'OWES', currency: 'GBP', receivables: '0', overdue: '0', billedNotPosted: '0' };
    expect((await owed()).body).toEqual({ customers: [none] });
    const priced = [{ line: 1, item: 'A', quantity: '10', unit: 'EA', unitPrice: { amount: '2', currency: 'GBP' } }];
    const { externalId: salesOrder } = { ...order() };
    await call('POST', '/v1/sales-orders', { ...order(), externalId: salesOrder, customer: 'OWES', lines: priced });
    const [delivery, invoice] = [`${salesOrder}-d`, `${salesOrder}-i`];
    const left = { salesOrder, node: 'N', shippedAt: '2026-03-02T10:00:00Z' };
    await call('POST', '/v1/deliveries', { ...left, externalId: delivery, lines: lines('4') });
    await call('POST', '/v1/invoices', { externalId: invoice, salesOrder, delivery, lines: lines('4') });
    expect((await owed()).body).toEqual({ customers: [{ ...none, receivables: '8' }] });
    const memo = { externalId: `${salesOrder}-m`, salesOrder, invoice, documentDate: '2026-03-02', lines: lines('1') };
    expect((await call('POST', '/v1/credit-memos', memo)).status).toBe(201);
    const account = { customer: 'OWES', balance: '-5', overdue: '1', creditLimit: '500' };
    await seedErp(test.database, 'main', { accounts: [account] });
    const after = { ...none, receivables: '1', overdue: '1', creditLimit: '500' };
    expect((await owed()).body).toEqual({ customers: [after] });
  });

  it.each([
    {},
    { externalId: 7 },
    { ...{ externalId: 'x', customer: 'K', purchaseOrder: 'P', currency: 'GBP' }, lines: 'none' },
    {
      externalId: 'x',
      customer: 'K',
      purchaseOrder: 'P',
      currency: 'GBP',
      lines: [{ line: 1.5, item: 'A', quantity: '1' }],
    },
    {
      externalId: 'x',
      customer: 'K',
      purchaseOrder: 'P',
      currency: 'GBP',
      lines: [{ line: 1, item: 'A', quantity: '1e9' }],
    },
    {
      externalId: 'x',
      customer: 'K',
      purchaseOrder: 'P',
      currency: 'GBP',
      lines: [{ line: 1, item: 'A', quantity: '-1' }],
    },
    {
      externalId: 'x',
      customer: 'K',
      purchaseOrder: 'P',
      currency: 'GBP',
      lines: [{ line: 1, item: 'A', quantity: '1', unitPrice: 3 }],
    },
  ])('a body that is wrong is refused with reasons, not stored: %j', async (body) => {
    const { status, body: answered } = await call('POST', '/v1/sales-orders', body);
    expect(status).toBe(422);
    expect(answered).toMatchObject({ code: 'CONTENT_INVALID' });
  });

  it('faults strike the operation they name, as often as they say', async () => {
    await call('PUT', '/_faults', { rules: [{ operation: 'createSalesOrder', mode: '504-after-commit', times: 1 }] });
    const wanted = order();
    expect((await send('POST', '/v1/sales-orders', wanted)).status).toBe(504);
    expect((await call('POST', '/v1/sales-orders', wanted)).status).toBe(200);
    expect((await call('GET', `/_counts?externalId=${wanted.externalId}`)).body).toMatchObject({ salesOrders: 1 });
    expect((await call('PUT', '/_faults', { rules: [{ operation: 'x' }] })).status).toBe(400);
  });

  it.each([
    ['429', 429, 'application/json', '7'],
    ['503', 503, 'text/html', '7'],
    ['error-in-200', 200, 'application/json', null],
    ['504-after-commit', 504, 'text/html', null],
    ['malformed', 200, 'application/json', null],
  ])('the fault %s is an answer, not an error of ours', async (mode, status, type, retryAfter) => {
    witness.errors.length = 0;
    await call('PUT', '/_faults', { rules: [{ operation: 'createSalesOrder', mode, times: 1, retryAfter: 7 }] });
    const answered = await send('POST', '/v1/sales-orders', order());
    expect([answered.status, answered.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(answered.headers.get('content-type')).toContain(type);
    expect(witness.errors).toEqual([]);
  });

  it.each(['down', 'reset-after-commit'])('the fault %s cuts the connection and is no error of ours', async (mode) => {
    witness.errors.length = 0;
    await call('PUT', '/_faults', { rules: [{ operation: 'createSalesOrder', mode, times: 1 }] });
    await expect(send('POST', '/v1/sales-orders', order())).rejects.toThrow('fetch failed');
    expect(witness.errors).toEqual([]);
  });

  it('many at once: every order gets a number of its own', async () => {
    const four = ['A', 'B', 'C', 'D'].map((item, index) => ({ line: index + 1, item, quantity: '1', unit: 'EA' }));
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => call('POST', '/v1/sales-orders', { ...order(), lines: four })),
    );
    expect(answers.every(({ status }) => status === 201)).toBe(true);
    expect(new Set(answers.map(({ body }) => body['documentNumber'])).size).toBe(200);
  });
});
