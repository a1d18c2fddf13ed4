import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Connection } from '#connections/backend';
import { OutboundHttp } from '#resilience/outbound';
import type { ErpPort, SalesOrder } from '../../erp.port';
import { genericRest } from './adapter';
import { conflict, created, itemPage, refusedOrder, unknownDocument } from './fixtures/answers';
import { accrualBody, cancellationBody, creditMemoBody, deliveryBody, invoiceBody, reversalBody, salesOrderBody } from './mapping'; // prettier-ignore

const order: SalesOrder = {
  businessKey: 'ord_1',
  customer: '17850',
  purchaseOrder: 'PO 7',
  requestedDate: '2026-03-02',
  currency: 'GBP',
  shipTo: { name: 'Harbour', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' },
  lines: [{ line: 1, item: '85123A', quantity: '2.5', unit: 'EA', unitPrice: { amount: '2.55', currency: 'GBP' } }],
  charges: [{ code: 'POST', amount: { amount: '18.00', currency: 'GBP' } }],
  correlationId: 'corr-1',
};
const quantities = [{ line: 1, item: '85123A', quantity: '2.5' }];

const corrected = { businessKey: 's@2', salesOrder: 'ord_1', documentDate: '2026-03-02', lines: quantities };

describe('what is sent and answered is what contract.yaml says', () => {
  const contract = parse(readFileSync(join(__dirname, 'contract.yaml'), 'utf8')) as { components: object };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'contract', components: contract.components });
  const faults = (schema: string, value: unknown) => {
    const check = ajv.compile({ $ref: `contract#/components/schemas/${schema}` });
    check(value);
    return check.errors ?? [];
  };

  it.each([
    ['SalesOrder', salesOrderBody(order)],
    [
      'Cancellation',
      cancellationBody({ businessKey: 'c', salesOrder: 'ord_1', lines: quantities, reason: 'customer' }),
    ],
    ['Cancellation', cancellationBody({ businessKey: 'c', salesOrder: 'ord_1' })],
    [
      'Delivery',
      deliveryBody({
        businessKey: 's',
        salesOrder: 'ord_1',
        node: 'N',
        shippedAt: '2026-03-02T10:00:00Z',
        lines: quantities,
      }),
    ],
    ['Invoice', invoiceBody({ businessKey: 's', salesOrder: 'ord_1', delivery: 's', lines: quantities })],
    ['DeliveryReversal', reversalBody({ ...corrected, delivery: 's', node: 'N', postingDate: '2026-04-01' })],
    ['CreditMemo', creditMemoBody({ ...corrected, invoice: 's', reason: 'counted again' })],
    [
      'FreightAccrual',
      accrualBody({
        ...{ businessKey: 's', delivery: 's', documentDate: '2026-03-02', carrier: 'UPSN' },
        amount: { amount: '12.40', currency: 'GBP' },
      }),
    ],
    ['Document', created],
    ['Error', refusedOrder],
    ['Error', unknownDocument],
    ['Page', itemPage],
    ['Item', itemPage.records[0]],
  ])('%s', (schema, value) => {
    expect(faults(schema, value)).toEqual([]);
  });

  it('the contract refuses what it should: a quantity that is a number', () => {
    expect(faults('Line', { line: 1, item: 'A', quantity: 2 })).not.toEqual([]);
  });
});

describe('generic-rest', () => {
  const seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  let answer: { status: number; body: unknown } = { status: 200, body: {} };
  let server: Server;
  let port: ErpPort;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/erp`;
    const connection: Connection = {
      id: 'erp-main',
      product: 'generic-rest',
      settings: { baseUrl, pageSize: 100 },
      credentials: { token: 'secret' },
      abilities: [],
      version: 1,
    };
    port = genericRest.connect(
      connection,
      new OutboundHttp({ connection: 'erp-main', baseUrl, log: { debug: () => undefined, warn: () => undefined } }),
    );
  });
  afterAll(() => server.close());
  beforeEach(() => {
    seen.length = 0;
  });

  it('posts a sales order once, with token, correlation and every field of the order', async () => {
    answer = { status: 201, body: created };
    expect(await port.createSalesOrder(order)).toEqual({ documentNumber: 'SO00000001' });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/erp/v1/sales-orders' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer secret', 'x-correlation-id': 'corr-1' });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(salesOrderBody(order));
  });

  it("a refusal carries every reason in the ERP's own words", async () => {
    answer = { status: 422, body: refusedOrder };
    await expect(port.createSalesOrder(order)).rejects.toMatchObject({
      kind: 'refused',
      message: 'erp-main: customer 13047 is blocked for orders; item X is not in the item master',
      details: { backendCode: 'CUSTOMER_BLOCKED', status: 422 },
    });
  });

  it('the same external id with other content is a conflict', async () => {
    answer = { status: 409, body: conflict };
    await expect(port.createSalesOrder(order)).rejects.toMatchObject({ code: 'POSTING_CONFLICT', kind: 'conflict' });
  });

  it.each([
    ['an error inside a 200', { error: { code: 'INTERNAL', message: 'not saved' } }],
    ['the document of another key', { externalId: 'ord_2', documentNumber: 'SO2' }],
    ['no number', { externalId: 'ord_1' }],
    ['a list', [created]],
    ['null', null],
  ])('%s proves nothing: the outcome is unknown', async (_what, body) => {
    answer = { status: 200, body };
    await expect(port.createSalesOrder(order)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(seen).toHaveLength(1);
  });

  it('only DOCUMENT_UNKNOWN says that there is no document; another 404 is a fault', async () => {
    answer = { status: 404, body: unknownDocument };
    expect(await port.findSalesOrder(order)).toBeUndefined();
    answer = { status: 404, body: { message: 'Cannot GET /erp/v1/sales-orders/ord_1', statusCode: 404 } };
    await expect(port.findSalesOrder(order)).rejects.toMatchObject({ code: 'BACKEND_MALFORMED', retryable: true });
  });

  it('a key with slashes and spaces is one part of the path', async () => {
    answer = { status: 200, body: { externalId: 'a/b c?d', documentNumber: 'SO9' } };
    expect(await port.findSalesOrder({ ...order, businessKey: 'a/b c?d' })).toEqual({ documentNumber: 'SO9' });
    expect(seen[0]?.url).toBe('/erp/v1/sales-orders/a%2Fb%20c%3Fd');
  });

  it('pages of master data go on from the cursor', async () => {
    answer = { status: 200, body: itemPage };
    expect(await port.changedItems('16:A')).toEqual(itemPage);
    expect(seen[0]?.url).toBe('/erp/v1/items?changedSince=16:A&limit=100');
  });

  it('asks what customers owe, as often as need be', async () => {
    const account = { customer: 'C1', currency: 'GBP', receivables: '-4.50', overdue: '0', creditLimit: '50000' };
    answer = { status: 200, body: { customers: [{ ...account, note: 'not ours' }] } };
    expect(await port.receivables(['C1', 'C2'])).toEqual([account]);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/erp/v1/receivables/query' });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ customers: ['C1', 'C2'] });
  });

  it.each([
    { receivables: 12 },
    { receivables: '1e3' },
    { overdue: '' },
    { creditLimit: '-1' },
    { currency: 'pounds' },
  ])('an account with %j is reported, not used', async (wrong) => {
    const account = { customer: 'C1', currency: 'GBP', receivables: '1', overdue: '0' };
    answer = { status: 200, body: { customers: [{ ...account, ...wrong }] } };
    await expect(port.receivables(['C1'])).rejects.toMatchObject({ code: 'BACKEND_MALFORMED' });
  });

  it('a page that is none is reported, not used', async () => {
    answer = { status: 200, body: { items: [] } };
    await expect(port.changedItems(undefined)).rejects.toMatchObject({ code: 'BACKEND_MALFORMED' });
  });
});
