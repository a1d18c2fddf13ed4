import { Books, type Backends } from '../support/books';
import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

const BACKENDS: Backends = {
  erps: { 'erp-main': 'main', 'erp-second': 'second' },
  warehouses: { 'DC-NORTH': 'north', 'DC-SOUTH': 'south', 'DC-WEST': 'west' },
  carriers: ['main'],
};
/** A customer that the second ERP owns; the same partner orders for it. */
const SECOND = { customer: 'QUAYSIDE', shipTo: 'CARDIFF' };
/** Held by the demo's northern warehouse and by nobody else, and the same for the second. */
const NORTHERN = 'BELL-BRASS';
const WESTERN = 'LAMP-WEST';
const WEST_SECRET = 'whsec_c2FuZGJveC13YXJlaG91c2Utc2VjcmV0LTAwMDI=';

const ITEM = {
  sku: WESTERN,
  description: 'Harbour lamp',
  status: 'ACTIVE',
  baseUnit: 'EA',
  packs: [],
  listPrice: { amount: '19.50', currency: 'GBP' },
  weightKg: '0.9',
};
const ADDRESS = { name: 'Quayside', street: '2 Bute Street', city: 'Cardiff', postalCode: 'CF10 5BZ', country: 'GB' };
const CUSTOMER = {
  id: SECOND.customer,
  name: 'Quayside Traders',
  status: 'ACTIVE',
  partner: 'harbour',
  currency: 'GBP',
  shipTos: [{ id: SECOND.shipTo, address: ADDRESS }],
};

describe(`two warehouses and two ERPs of one product, by configuration alone (${split ? 'split' : 'all in one'})`, () => {
  let crossdock: Running;
  let portal: Client;
  let operations: Client;
  let sandbox: Client;
  let books: Books;
  let sequence = 0;

  beforeAll(async () => {
    crossdock = await Running.start({ split });
    const { url, sandboxUrl, keys } = crossdock.demo;
    portal = new Client(url, keys.portal);
    operations = new Client(url, keys.operations);
    sandbox = new Client(sandboxUrl, undefined);
    await secondErp();
    await secondWarehouse();
    books = await Books.open(
      () => crossdock.demo,
      BACKENDS,
      (customer) => (customer === SECOND.customer ? 'erp-second' : 'erp-main'),
    );
  });
  afterAll(() => crossdock.stop());

  /** Its master data is the first one's item and its own: two ERPs rarely agree on everything. */
  async function secondErp(): Promise<void> {
    const northern = (await portal.get(`/portal/v1/items?search=${NORTHERN}`)).body.items[0];
    expect(northern).toBeDefined();
    const known = { ...ITEM, sku: NORTHERN, description: northern.description };
    await taken(
      sandbox.put('/sandbox/erp/second/_seed', { token: 'second', items: [known, ITEM], customers: [CUSTOMER] }),
    );
    await taken(sandbox.put('/sandbox/erp/main/_seed', { items: [ITEM] }));
    await taken(operations.put('/operations/v1/connections/erp/erp-second', erpConnection('second')));
    await taken(operations.put('/operations/v1/items', { items: [ITEM] }));
    await taken(
      operations.put('/operations/v1/customers', { customers: [{ ...CUSTOMER, erpConnection: 'erp-second' }] }),
    );
  }

  async function secondWarehouse(): Promise<void> {
    const { url } = crossdock.demo;
    const west = { product: 'generic-rest', node: 'DC-WEST', token: 'west', webhookSecret: WEST_SECRET };
    await taken(operations.put('/operations/v1/connections/wms/wms-west', warehouseConnection('west')));
    await taken(operations.put('/operations/v1/nodes', { nodes: [nodeOf('wms-west')] }));
    await taken(
      sandbox.put('/sandbox/wms/west/_seed', {
        ...west,
        webhookUrl: `${url}/inbound/wms/wms-west`,
        stock: [{ item: WESTERN, quantity: '200' }],
      }),
    );
    await eventually(
      async () => (await portal.post('/portal/v1/availability/query', { lines: [lineOf(WESTERN, '1')] })).body,
      (answer) => Number(answer.lines?.[0]?.availableToPromise?.value) === 200,
    );
  }

  function erpConnection(token: string): object {
    const baseUrl = `${crossdock.demo.sandboxUrl}/sandbox/erp/second`;
    return { product: 'generic-rest', settings: { baseUrl }, credentials: { token } };
  }

  function warehouseConnection(token: string): object {
    const settings = { baseUrl: `${crossdock.demo.sandboxUrl}/sandbox/wms/west`, node: 'DC-WEST' };
    return { product: 'generic-rest', settings, credentials: { token, webhookSecret: WEST_SECRET } };
  }

  function nodeOf(wmsConnection: string): object {
    const place = { id: 'DC-WEST', name: 'Cardiff', timeZone: 'Europe/London', priority: 30, active: true };
    return { ...place, wmsConnection, tmsConnection: 'carrier-main', address: ADDRESS };
  }

  async function order(shipTo: string, item: string, quantity = '2'): Promise<string> {
    const purchaseOrder = `TWO-${process.pid}-${(sequence += 1)}`;
    const body = { purchaseOrder, shipTo, lines: [{ line: 1, ...lineOf(item, quantity) }] };
    const answer = await portal.post('/portal/v1/orders', body);
    expect(answer).toMatchObject({ status: 201 });
    return answer.body.id as string;
  }

  const viewOf = async (id: string): Promise<any> =>
    (await operations.get(`/operations/v1/orders/${crossdock.demo.partner}/${id}`)).body;
  const reaches = (id: string, wanted: (order: any) => boolean): Promise<any> => eventually(() => viewOf(id), wanted);
  const shipped = (id: string): Promise<any> => reaches(id, ({ status }) => status === 'SHIPPED');
  const inBooks = (erp: string, id: string): Promise<number> =>
    books.counts(`erp/${erp}`, `?externalId=${id}`).then((counts) => counts['salesOrders'] ?? 0);

  it('orders of customers of either ERP, from either warehouse, end in the right ERP and only there', async () => {
    const combinations = ['BRISTOL', SECOND.shipTo].flatMap((shipTo) =>
      [NORTHERN, WESTERN].map((item) => ({ shipTo, item })),
    );
    const ids = await Promise.all(combinations.map(({ shipTo, item }) => order(shipTo, item)));
    const ended = await Promise.all(ids.map(shipped));
    expect(ended.map(({ shipments }) => shipments[0].node)).toEqual(['DC-NORTH', 'DC-WEST', 'DC-NORTH', 'DC-WEST']);
    await agreed();
    expect(await Promise.all(ids.map((id) => inBooks('main', id)))).toEqual([1, 1, 0, 0]);
    expect(await Promise.all(ids.map((id) => inBooks('second', id)))).toEqual([0, 0, 1, 1]);
  });

  it('a paused warehouse: its orders wait and go on after it is resumed; the other ships meanwhile', async () => {
    await taken(operations.post('/operations/v1/connections/wms/wms-west/pause', { reason: 'stock taking' }));
    const waiting = await order('BRISTOL', WESTERN);
    await shipped(await order('BRISTOL', NORTHERN));
    expect((await viewOf(waiting)).shipments).toEqual([]);
    await taken(operations.post('/operations/v1/connections/wms/wms-west/resume', {}));
    await shipped(waiting);
    await agreed();
  });

  it('wrong credentials of one ERP do not touch the other, and what waited is posted once they are right', async () => {
    await taken(operations.put('/operations/v1/connections/erp/erp-second', erpConnection('wrong')));
    const second = await order(SECOND.shipTo, NORTHERN);
    const first = await order('BRISTOL', NORTHERN);
    await reaches(first, ({ status, erpDocument }) => status === 'SHIPPED' && erpDocument !== undefined);
    const test = await operations.post('/operations/v1/connections/erp/erp-second/test', {});
    expect(test.body.ok).toBe(false);
    expect((await viewOf(second)).erpDocument).toBeUndefined();
    expect(await inBooks('main', second)).toBe(0);
    await taken(operations.put('/operations/v1/connections/erp/erp-second', erpConnection('second')));
    await reaches(second, ({ status, erpDocument }) => status === 'SHIPPED' && erpDocument !== undefined);
    await agreed();
  });

  it('wrong credentials of one warehouse hold its orders only', async () => {
    await taken(operations.put('/operations/v1/connections/wms/wms-west', warehouseConnection('wrong')));
    const waiting = await order(SECOND.shipTo, WESTERN);
    await shipped(await order(SECOND.shipTo, NORTHERN));
    expect((await viewOf(waiting)).shipments).toEqual([]);
    await taken(operations.put('/operations/v1/connections/wms/wms-west', warehouseConnection('west')));
    await shipped(waiting);
    await agreed();
  });

  /** Everything counted inside both ERPs, all warehouses and the carrier is what Crossdock says. */
  async function agreed(): Promise<void> {
    await eventually(
      () => books.differences(),
      (differences) => differences.length === 0,
    );
  }
});

async function taken(answer: Promise<{ status: number; body: any }>): Promise<void> {
  const { status, body } = await answer;
  if (status >= 300 || (body.results ?? []).some((result: any) => result.outcome === 'rejected'))
    throw new Error(`${status} ${JSON.stringify(body)}`);
}

function lineOf(item: string, quantity: string): object {
  return { item, quantity: { value: quantity, unit: 'EA' } };
}
