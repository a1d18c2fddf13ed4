import { Books } from '../support/books';
import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

describe(`a partner's order becomes a confirmed shipment (${split ? 'every app its own process' : 'all in one'})`, () => {
  let crossdock: Running;
  let portal: Client;
  let marketplace: Client;
  let planner: Client;
  let operations: Client;
  let sample: Running['demo']['sample'];
  let books: Books;
  let sequence = 0;
  const purchaseOrder = (): string => `E2E-${process.pid}-${(sequence += 1)}`;
  const orderOf = (lines: object[], more: object = {}): object => ({
    purchaseOrder: purchaseOrder(),
    shipTo: sample.shipTo,
    lines,
    ...more,
  });
  const line = (quantity: string, item = sample.item, number = 1): object => ({
    line: number,
    item,
    quantity: { value: quantity, unit: 'EA' },
  });
  const shipped = (id: string): Promise<any> =>
    eventually(
      async () => (await portal.get(`/portal/v1/orders/${id}`)).body,
      (order) =>
        order.status === 'SHIPPED' && order.shipments.length > 0 && order.shipments[0].trackingNumbers.length > 0,
    );

  beforeAll(async () => {
    crossdock = await Running.start({ split });
    const { url, keys } = crossdock.demo;
    sample = crossdock.demo.sample;
    portal = new Client(url, keys.portal);
    marketplace = new Client(url, keys.marketplace);
    planner = new Client(url, keys.planner);
    operations = new Client(url, keys.operations);
    books = await Books.open(() => crossdock.demo);
  });
  afterAll(() => crossdock.stop());

  describe('the way of an order', () => {
    it('lists items, promises stock, ships the order with tracking, and the planner sees it', async () => {
      const items = await portal.get('/portal/v1/items');
      expect(items.status).toBe(200);
      const promise = await portal.post('/portal/v1/availability/query', {
        lines: [{ item: sample.item, quantity: { value: '10', unit: 'EA' } }],
      });
      expect(promise.status).toBe(200);
      const before = Number(promise.body.lines[0].availableToPromise.value);
      expect(before).toBeGreaterThan(10);
      expect(promise.body.lines[0].slices.length).toBeGreaterThan(0);

      const accepted = await portal.post('/portal/v1/orders', orderOf([line('10')]));
      expect(accepted.status).toBe(201);
      const order = await shipped(accepted.body.id);
      expect(order.lines[0]).toMatchObject({
        ordered: { value: '10', unit: 'EA' },
        shipped: { value: '10', unit: 'EA' },
        open: { value: '0', unit: 'EA' },
      });

      const timeline = await planner.get(`/planner/v1/items/${sample.item}/timeline?node=${order.shipments[0].node}`);
      expect(timeline.status).toBe(200);
      const after = await portal.post('/portal/v1/availability/query', {
        lines: [{ item: sample.item, quantity: { value: '1', unit: 'EA' } }],
      });
      expect(Number(after.body.lines[0].availableToPromise.value)).toBe(before - 10);
    });

    it('takes an order in cases and ships the base units', async () => {
      const accepted = await portal.post(
        '/portal/v1/orders',
        orderOf([{ line: 1, item: sample.item, quantity: { value: '2', unit: 'XCS' } }]),
      );
      expect(accepted.status).toBe(201);
      const order = await shipped(accepted.body.id);
      expect(order.lines[0].shipped).toEqual({ value: '2', unit: 'XCS' });
    });

    it('tells a marketplace what changed since its cursor, and takes its orders', async () => {
      const start = await marketplace.get('/marketplace/v1/availability');
      expect(start.status).toBe(200);
      let next = start.body.next as string;
      for (let more = start.body.more as boolean; more;) {
        const page = await marketplace.get(`/marketplace/v1/availability?since=${encodeURIComponent(next)}`);
        next = page.body.next;
        more = page.body.more;
      }
      const accepted = await marketplace.post('/marketplace/v1/orders', orderOf([line('3', 'CANDLE-AMBER')]), {
        'idempotency-key': purchaseOrder(),
      });
      expect(accepted.status).toBe(201);
      await eventually(
        async () => (await marketplace.get(`/marketplace/v1/availability?since=${encodeURIComponent(next)}`)).body,
        (page) => page.changes.some((change: any) => change.item === 'CANDLE-AMBER'),
      );
      await eventually(
        async () => (await marketplace.get('/marketplace/v1/shipments')).body,
        (page) => page.shipments.some((shipment: any) => shipment.order === accepted.body.id),
      );
    });

    it('cancels what has not been released and keeps what has shipped', async () => {
      const order = await portal.post('/portal/v1/orders', orderOf([line('100000')]));
      expect(order.status).toBe(201);
      const cancelled = await portal.post(`/portal/v1/orders/${order.body.id}/cancel`, { reason: 'ordered twice' });
      expect([200, 202]).toContain(cancelled.status);
      const final = await eventually(
        async () => (await portal.get(`/portal/v1/orders/${order.body.id}`)).body,
        (view) => Number(view.lines[0].open.value) === 0,
      );
      const { ordered, shipped: gone, cancelled: dropped } = final.lines[0];
      expect(Number(gone.value) + Number(dropped.value)).toBe(Number(ordered.value));
    });

    it('never promises the scarce item twice', async () => {
      const query = { lines: [{ item: sample.scarceItem, quantity: { value: '1', unit: 'EA' } }] };
      const free = Number(
        (await portal.post('/portal/v1/availability/query', query)).body.lines[0].availableToPromise.value,
      );
      const wanted = Math.ceil(free / 8);
      const orders = await Promise.all(
        Array.from({ length: 12 }, () =>
          portal.post('/portal/v1/orders', orderOf([line(String(wanted), sample.scarceItem)])),
        ),
      );
      expect(orders.every((order) => order.status === 201)).toBe(true);
      const ended = await Promise.all(
        orders.map((order) =>
          eventually(
            async () => (await portal.get(`/portal/v1/orders/${order.body.id}`)).body,
            (view) => ['SHIPPED', 'BACKORDERED', 'PARTIALLY_SHIPPED'].includes(view.status),
          ),
        ),
      );
      const total = ended.reduce((sum, view) => sum + Number(view.lines[0].shipped.value), 0);
      expect(total).toBeLessThanOrEqual(free);
      await eventually(
        async () => (await portal.post('/portal/v1/availability/query', query)).body.lines[0].availableToPromise.value,
        (left) => Number(left) === 0,
      );
      const invariants = await operations.get('/operations/v1/invariants');
      expect(invariants.body.breaches).toEqual([]);
    });
  });

  describe('wrong input', () => {
    const problem = (answer: { status: number; body: any; headers: Headers }, status: number): void => {
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.headers.get('request-id')).toBeTruthy();
      expect(answer.body).toMatchObject({
        status,
        code: expect.any(String),
        type: expect.any(String),
        title: expect.any(String),
      });
    };

    it('a wrong key is 401', async () =>
      problem(await new Client(crossdock.demo.url, 'cdk_test_wrong').get('/portal/v1/items'), 401));
    it('no key is 401', async () =>
      problem(await new Client(crossdock.demo.url, undefined).get('/portal/v1/items'), 401));
    it('a key without the scope is 403', async () => problem(await planner.get('/portal/v1/items'), 403));
    it('an unknown route is 404', async () => problem(await portal.get('/portal/v1/nothing'), 404));
    it('a wrong method is 405', async () => problem(await portal.send('DELETE', '/portal/v1/items', undefined), 405));
    it('malformed JSON is 400', async () => problem(await portal.post('/portal/v1/orders', '{"purchaseOrder": '), 400));
    it('another media type is 415', async () =>
      problem(await portal.post('/portal/v1/orders', '<order/>', { 'content-type': 'application/xml' }), 415));
    it('an unknown order is 404', async () => problem(await portal.get('/portal/v1/orders/ord_unknown'), 404));

    it('a line number twice and unknown ship-to, item and unit are told all at once, each with its pointer', async () => {
      const answer = await portal.post('/portal/v1/orders', {
        purchaseOrder: purchaseOrder(),
        shipTo: 'NOWHERE',
        lines: [line('1', 'NO-SUCH-ITEM'), { line: 1, item: sample.item, quantity: { value: '1', unit: 'XPX' } }],
      });
      problem(answer, 422);
      const pointers = answer.body.errors.map((error: any) => error.pointer);
      expect(pointers).toEqual(
        expect.arrayContaining(['/shipTo', '/lines/1/line', '/lines/0/item', '/lines/1/quantity/unit']),
      );
    });

    it.each([
      [
        'an unknown field',
        {
          shipTo: 'BRISTOL',
          extra: true,
          lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } }],
        },
      ],
      [
        'a zero quantity',
        { shipTo: 'BRISTOL', lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '0', unit: 'EA' } }] },
      ],
      [
        'a negative quantity',
        { shipTo: 'BRISTOL', lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '-1', unit: 'EA' } }] },
      ],
      [
        'a number that is none',
        { shipTo: 'BRISTOL', lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: 'NaN', unit: 'EA' } }] },
      ],
      ['no lines', { shipTo: 'BRISTOL', lines: [] }],
      ['no ship-to', { lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } }] }],
    ])('%s is 422 with a pointer', async (_, body) => {
      const answer = await portal.post('/portal/v1/orders', { purchaseOrder: purchaseOrder(), ...body });
      problem(answer, 422);
      expect(answer.body.errors.length).toBeGreaterThan(0);
    });

    it('the same purchase order with the same content answers the first result; with other content it is 409', async () => {
      const order = orderOf([line('1', 'BOWL-OAT')]);
      const first = await portal.post('/portal/v1/orders', order);
      const second = await portal.post('/portal/v1/orders', order);
      expect(first.status).toBe(201);
      expect([200, 201]).toContain(second.status);
      expect(second.body.id).toBe(first.body.id);
      problem(await portal.post('/portal/v1/orders', { ...order, lines: [line('2', 'BOWL-OAT')] }), 409);
    });

    it('ten clients with the same purchase order at the same time make one order', async () => {
      const order = orderOf([line('1', 'BOWL-OAT')]);
      const answers = await Promise.all(Array.from({ length: 10 }, () => portal.post('/portal/v1/orders', order)));
      expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    });

    it('an idempotency key replays its answer and refuses another body', async () => {
      const key = purchaseOrder();
      const order = orderOf([line('1', 'BOWL-OAT')]);
      const first = await portal.post('/portal/v1/orders', order, { 'idempotency-key': key });
      const again = await portal.post('/portal/v1/orders', order, { 'idempotency-key': key });
      expect(again.status).toBe(first.status);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      problem(
        await portal.post('/portal/v1/orders', orderOf([line('1', 'BOWL-OAT')]), { 'idempotency-key': key }),
        422,
      );
    });

    it('a webhook with a bad signature is 401', async () => {
      const answer = await new Client(crossdock.demo.url, undefined).post(
        '/inbound/wms/wms-north',
        { events: [] },
        {
          'webhook-id': 'msg_forged',
          'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
          'webhook-signature': 'v1,Zm9yZ2Vk',
        },
      );
      problem(answer, 401);
    });

    it('every partner response carries its limits', async () => {
      const answer = await portal.get('/portal/v1/items');
      expect(answer.headers.get('ratelimit-policy')).toMatch(/q=\d+/);
      expect(answer.headers.get('ratelimit')).toMatch(/r=\d+/);
    });
  });

  describe('faults of backends', () => {
    const faults = async (backend: string, rules: object[]): Promise<void> => {
      const answer = await new Client(crossdock.demo.sandboxUrl, undefined).put(`/sandbox/${backend}/_faults`, {
        rules,
      });
      expect(answer.status).toBe(200);
    };

    it('the ERP is down: the order is accepted, ships, and reaches the ERP when it is back', async () => {
      await faults('erp/main', [{ operation: '*', mode: 'down' }]);
      const accepted = await portal.post('/portal/v1/orders', orderOf([line('2', 'PLATE-OAT')]));
      expect(accepted.status).toBe(201);
      await shipped(accepted.body.id);
      await faults('erp/main', []);
      await eventually(
        async () => (await operations.get(`/operations/v1/orders/${crossdock.demo.partner}/${accepted.body.id}`)).body,
        (order) => typeof order.erpDocument === 'string',
      );
    });

    it('the ERP commits and then drops the connection: one sales order', async () => {
      await faults('erp/main', [{ operation: 'createSalesOrder', mode: 'reset-after-commit', times: 1 }]);
      const accepted = await portal.post('/portal/v1/orders', orderOf([line('2', 'PLATE-OAT')]));
      const order = await eventually(
        async () => (await operations.get(`/operations/v1/orders/${crossdock.demo.partner}/${accepted.body.id}`)).body,
        (view) => typeof view.erpDocument === 'string',
      );
      expect(order.erpDocument).toBeTruthy();
      await shipped(accepted.body.id);
    });
  });

  it('serves its contracts and a documentation page that asks no other host', async () => {
    const document = await portal.get('/openapi/portal.v1.json');
    expect(document.status).toBe(200);
    expect(document.body.openapi).toBe('3.1.0');
    const page = await new Client(crossdock.demo.url, undefined).get('/docs');
    expect(page.status).toBe(200);
    expect(String(page.body)).not.toMatch(/(src|href)="https?:\/\//);
  });

  it('posts nothing twice: the books of the ERP, the warehouses and the carrier equal orders and shipments here', async () => {
    await eventually(
      () => books.differences(),
      (differences) => differences.length === 0,
    );
  });
});
