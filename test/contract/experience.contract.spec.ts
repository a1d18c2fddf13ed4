import { tmsConnectionsContract } from '#contracts/connections/connections.api';
import { mappingsSuite } from './experience/mappings';
import { ordersSuite } from './experience/orders';
import { ordersV2Suite } from './experience/orders-v2';
import { exceptionsSuite } from './experience/exceptions';
import { accessSuite } from './experience/access';
import { connectionsSuite } from './experience/connections';
import { plannerSuite } from './experience/planner';
import { correctsShipments } from './experience/corrections';
import { policiesSuite } from './experience/policies';
import { validationSuite } from './experience/validation';
import { webhooksSuite } from './experience/webhooks';
import { Edge, type EdgeAnswer, type EdgeRequest } from './support/edge';
import { PUBLIC_DOCUMENTS } from './support/public-documents';
import { World } from './support/world';

const ADDRESS = { name: 'Edge', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
const orderOf = (purchaseOrder: string, more: object = {}): object => ({
  purchaseOrder,
  shipTo: 'BRISTOL',
  lines: [{ line: 1, item: 'MUG-BLUE', quantity: { value: '2', unit: 'EA' } }],
  ...more,
});

describe('the public APIs answer as their documents say', () => {
  let world: World;
  let edge: Edge;
  beforeAll(async () => {
    world = await World.start('local');
    const documents = PUBLIC_DOCUMENTS.map((name) => world.document(name));
    edge = new Edge(world.demo.url, documents, { ...world.demo.keys, account: world.demo.keys.portal });
  });
  afterAll(() => world.close());

  async function eventually(id: string, request: EdgeRequest, arrived: (answer: EdgeAnswer) => boolean) {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const answer = await edge.expect(200, id, request);
      if (arrived(answer)) return answer;
      if (Date.now() > deadline) throw new Error(`${id} still answers ${JSON.stringify(answer.body)}`);
      await new Promise((resume) => setTimeout(resume, 50));
    }
  }

  describe('portal', () => {
    it('items', async () => {
      const page = await edge.expect(200, 'portalItems.list', { query: { limit: '3', search: 'mug' } });
      expect(page.body.items.length).toBeGreaterThan(0);
      await edge.expect(200, 'portalItems.list', { query: { limit: '100000' } });
      const item = await edge.expect(200, 'portalItems.get', { params: { sku: 'TEAPOT-STONE' } });
      expect(item.body.units.map(({ unit }: { unit: string }) => unit)).toEqual(['EA', 'XCS']);
      await edge.refuses(400, 'PARAMETER_INVALID', 'portalItems.list', { query: { limit: '-1' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'portalItems.list', { query: { colour: 'blue' } });
      await edge.refuses(400, 'CURSOR_INVALID', 'portalItems.list', { query: { cursor: 'not-a-cursor' } });
      await edge.refuses(404, 'ITEM_UNKNOWN', 'portalItems.get', { params: { sku: 'NO SUCH/ITEM' } });
    });

    it('availability', async () => {
      const line = { item: 'MUG-BLUE', quantity: { value: '5', unit: 'XCS' } };
      const answer = await edge.expect(200, 'portalAvailability.query', { body: { lines: [line] } });
      expect(answer.body.lines[0].requested).toEqual(line.quantity);
      const wrong = { lines: [{ ...line, item: 'NO-SUCH' }, { item: 'MUG-BLUE', quantity: { value: '1', unit: 'KGM' } }] }; // prettier-ignore
      const refusal = await edge.refuses(422, 'AVAILABILITY_INVALID', 'portalAvailability.query', { body: wrong });
      expect(refusal.body.errors).toHaveLength(2);
      await edge.refuses(422, 'REQUEST_INVALID', 'portalAvailability.query', { body: { lines: [], page: 1 } });
      await edge.refuses(400, 'REQUEST_MALFORMED', 'portalAvailability.query', { body: '{"lines":' });
      await edge.refuses(400, 'BODY_REQUIRED', 'portalAvailability.query');
    });

    it('orders: placed once, seen, listed, shipped', async () => {
      const body = orderOf('EDGE-1', { charges: [{ code: 'FREIGHT', amount: { amount: '5.00', currency: 'GBP' } }] });
      const placed = await edge.expect(201, 'portalOrders.place', { body, headers: { 'idempotency-key': '"edge-1"' } });
      const { id } = placed.body;
      expect(placed.headers['location']).toBe(`/portal/v1/orders/${id}`);
      const replayed = await edge.expect(201, 'portalOrders.place', { body, headers: { 'idempotency-key': 'edge-1' } });
      expect(replayed.headers['idempotent-replayed']).toBe('true');
      await edge.expect(200, 'portalOrders.place', { body });
      await edge.refuses(422, 'IDEMPOTENCY_KEY_REUSED', 'portalOrders.place', { body: orderOf('EDGE-9'), headers: { 'idempotency-key': 'edge-1' } }); // prettier-ignore
      await edge.refuses(400, 'IDEMPOTENCY_KEY_INVALID', 'portalOrders.place', { body, headers: { 'idempotency-key': 'x'.repeat(256) } }); // prettier-ignore
      await edge.refuses(409, 'PURCHASE_ORDER_CONFLICT', 'portalOrders.place', { body: orderOf('EDGE-1') });
      const got = await eventually('portalOrders.get', { params: { id } }, ({ body: order }) => order.status === 'SHIPPED'); // prettier-ignore
      expect(got.headers['etag']).toBe(`"${got.body.version}"`);
      const page = await edge.expect(200, 'portalOrders.list', {
        query: { purchaseOrder: 'EDGE-1', status: 'SHIPPED' },
      });
      expect(page.body.orders.map((order: { id: string }) => order.id)).toEqual([id]);
      await edge.refuses(400, 'PARAMETER_INVALID', 'portalOrders.list', { query: { status: 'LOST' } });
      await edge.refuses(404, 'ORDER_UNKNOWN', 'portalOrders.get', { params: { id: 'ord_none' } });
    });

    it('orders: refused with every finding', async () => {
      const lines = [
        { line: 1, item: 'NO-SUCH', quantity: { value: '1', unit: 'EA' } },
        { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'KGM' } },
      ];
      const refusal = await edge.refuses(422, 'ORDER_INVALID', 'portalOrders.place', {
        body: orderOf('EDGE-2', { lines, shipTo: 'NOWHERE' }),
      });
      expect(refusal.body.errors.length).toBeGreaterThanOrEqual(4);
      const wrong = orderOf('EDGE-3', { status: 'SHIPPED', lines: [] });
      await edge.refuses(422, 'REQUEST_INVALID', 'portalOrders.place', { body: wrong });
    });

    it('orders: cancelled in the version that was seen', async () => {
      const waiting = { lines: [{ line: 1, item: 'CLOCK-STATION', quantity: { value: '9000', unit: 'EA' } }] };
      const placed = await edge.expect(201, 'portalOrders.place', { body: orderOf('EDGE-4', { ...waiting, shipComplete: true }) }); // prettier-ignore
      const params = { id: placed.body.id as string };
      // Its process still moves it for a moment: taken is a version that stays.
      const versions: number[] = [];
      const seen = await eventually('portalOrders.get', { params }, ({ body }) => {
        versions.push(body.version);
        return body.lines[0].backordered.value === '8800' && versions.at(-12) === body.version;
      });
      await edge.refuses(412, 'VERSION_STALE', 'portalOrders.cancel', { params, headers: { 'if-match': '"999999"' } });
      await edge.refuses(422, 'CANCEL_INVALID', 'portalOrders.cancel', { params, body: { lines: [{ line: 7 }] } });
      await edge.refuses(422, 'REQUEST_INVALID', 'portalOrders.cancel', { params, body: { lines: [] } });
      await edge.refuses(404, 'ORDER_UNKNOWN', 'portalOrders.cancel', { params: { id: 'ord_none' } });
      const headers = { 'if-match': seen.headers['etag'] ?? '' };
      const cancelled = await edge.expect(200, 'portalOrders.cancel', {
        params,
        headers,
        body: { reason: 'too many' },
      });
      expect(cancelled.body.outcome).toBe('CANCELLED');
      const again = await edge.expect(200, 'portalOrders.cancel', { params });
      expect(again.body.outcome).toBe('NOTHING_TO_CANCEL');
    });

    describe('reservations', () => {
      const item = { sku: 'HELD-EDGE', description: 'Held', status: 'ACTIVE', baseUnit: 'EA', packs: [{ unit: 'XCS', baseQuantity: '12' }] }; // prettier-ignore
      const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      const wanted = (value: string, unit = 'EA', more: object = {}) => ({ line: 1, item: item.sku, quantity: { value, unit }, ...more }); // prettier-ignore
      const place = (key: string, ...lines: object[]): EdgeRequest => ({ body: { lines }, headers: { 'idempotency-key': key } }); // prettier-ignore
      const left = async (): Promise<string> => {
        const answer = await edge.expect(200, 'portalAvailability.query', { body: { lines: [{ item: item.sku, quantity: { value: '1', unit: 'EA' } }] } }); // prettier-ignore
        return answer.body.lines[0].availableToPromise.value;
      };
      beforeAll(async () => {
        await edge.expect(207, 'operationsReference.putItems', { body: { items: [item, { ...item, sku: 'GONE-EDGE', status: 'DISCONTINUED' }] } }); // prettier-ignore
        const record = { id: 'held-1', item: item.sku, node: 'DC-NORTH', fact: 'RECEIVED', quantity: '100', occurredAt: '2026-03-02T10:00:00Z' }; // prettier-ignore
        await edge.expect(207, 'operationsInventory.postInventory', { body: { source: 'held', records: [record] } });
      });

      it('are held once per key, seen, extended, and set free in part and in full', async () => {
        const placed = await edge.expect(201, 'portalReservations.place', place('held-1', wanted('3', 'XCS')));
        const { id, lines, expiresAt } = placed.body;
        expect(placed.headers['location']).toBe(`/portal/v1/reservations/${id}`);
        expect(lines).toMatchObject([{ requested: { value: '3', unit: 'XCS' }, reserved: { value: '3', unit: 'XCS' }, uncovered: { value: '0' }, slices: [{ node: 'DC-NORTH', basis: 'ON_HAND' }] }]); // prettier-ignore
        const again = await edge.expect(201, 'portalReservations.place', place('held-1', wanted('3', 'XCS')));
        expect([again.headers['idempotent-replayed'], again.body.id]).toEqual(['true', id]);
        await world.forgetIdempotencyKeys();
        const later = await edge.expect(200, 'portalReservations.place', place('held-1', wanted('3', 'XCS')));
        expect(later.body.id).toBe(id);
        const params = { id };
        const longer: EdgeRequest = { params, body: { ttlSeconds: 3600 }, headers: { 'idempotency-key': 'held-x' } };
        const extended = await edge.expect(200, 'portalReservations.extend', longer);
        expect(Date.parse(extended.body.expiresAt)).toBeGreaterThan(Date.parse(expiresAt));
        const part = { lines: [{ line: 1, quantity: { value: '1', unit: 'XCS' } }] };
        const freed = await edge.expect(200, 'portalReservations.release', { params, body: part });
        expect(freed.body.released).toEqual([{ line: 1, quantity: { value: '12', unit: 'EA' } }]);
        const seen = await edge.expect(200, 'portalReservations.get', { params });
        expect(seen.body).toMatchObject({
          state: 'HELD',
          lines: [{ item: item.sku, open: { value: '24', unit: 'EA' } }],
        });
        expect(seen.body.history.map(({ event }: { event: string }) => event)).toEqual(['CREATED', 'EXTENDED', 'RELEASED']); // prettier-ignore
        await edge.expect(200, 'portalReservations.release', { params });
        expect((await edge.expect(200, 'portalReservations.get', { params })).body.state).toBe('RELEASED');
        await edge.refuses(409, 'RESERVATION_ENDED', 'portalReservations.extend', { ...longer, headers: { 'idempotency-key': 'held-y' } }); // prettier-ignore
        expect(await left()).toBe('100');
      });

      it('of an order: what is held becomes the order’s, once', async () => {
        const { id: reservation } = (await edge.expect(201, 'portalReservations.place', place('held-2', wanted('60'))))
          .body;
        expect(await left()).toBe('40');
        const lines = [wanted('60', 'EA', { unitPrice: { amount: '1.00', currency: 'GBP' } })];
        const taken = await edge.expect(201, 'portalOrders.place', { body: orderOf('HELD-2', { lines, reservation }) });
        await eventually(
          'portalOrders.get',
          { params: { id: taken.body.id } },
          // No backend knows this item, so how far the line goes after it has its stock is a matter of moments.
          ({ body }) => ['ALLOCATED', 'RELEASED'].includes(body.lines[0].status),
        );
        expect(await left()).toBe('40');
        const seen = await edge.expect(200, 'portalReservations.get', { params: { id: reservation } });
        expect(seen.body).toMatchObject({ state: 'CONVERTED', lines: [{ open: { value: '0' } }] });
        expect(seen.body.history.at(-1)).toMatchObject({ event: 'CONVERTED', order: taken.body.id });
        const second = await edge.expect(201, 'portalOrders.place', {
          body: orderOf('HELD-3', { lines, reservation }),
        });
        await eventually('portalOrders.get', { params: { id: second.body.id } }, ({ body }) => body.lines[0].backordered.value === '20'); // prettier-ignore
        const unknown = orderOf('HELD-4', { lines, reservation: 'rsv_none' });
        const refused = await edge.refuses(422, 'ORDER_INVALID', 'portalOrders.place', { body: unknown });
        expect(refused.body.errors).toMatchObject([{ code: 'RESERVATION_UNKNOWN', pointer: '/reservation' }]);
        await edge.refuses(404, 'RESERVATION_UNKNOWN', 'portalReservations.get', { params: { id: taken.body.id } });
      });

      it('do not exist for another partner', async () => {
        const { id } = (await edge.expect(201, 'portalReservations.place', place('held-5', { ...wanted('1'), item: 'MUG-BLUE' }))).body; // prettier-ignore
        await world.partners.putPartner({ id: 'stranger', name: 'Stranger' });
        const { key } = await world.partners.issueKey({ partner: 'stranger', mode: 'test', scopes: ['portal:*'], plan: 'demo', name: 'k' }); // prettier-ignore
        const params = { id };
        const headers = { 'idempotency-key': 'x' };
        await edge.refuses(404, 'RESERVATION_UNKNOWN', 'portalReservations.get', { params, key });
        await edge.refuses(404, 'RESERVATION_UNKNOWN', 'portalReservations.release', { params, key });
        await edge.refuses(404, 'RESERVATION_UNKNOWN', 'portalReservations.extend', { params, key, headers, body: { ttlSeconds: 60 } }); // prettier-ignore
        const order = orderOf('HELD-9', { reservation: id });
        const refused = await edge.refuses(422, 'ORDER_INVALID', 'portalOrders.place', { key, body: order });
        expect(refused.body.errors).toMatchObject([{ code: 'RESERVATION_UNKNOWN' }]);
        const other = await edge.expect(201, 'portalReservations.place', { ...place('held-5', { ...wanted('1'), item: 'MUG-BLUE' }), key }); // prettier-ignore
        expect(other.body.id).not.toBe(id);
      });

      it('that are short say what there is and when all of it would work', async () => {
        const availableOn = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
        const supply = { id: 'HELD-PO', kind: 'PURCHASE_ORDER', item: 'SCARCE-EDGE', node: 'DC-NORTH', availableOn, quantity: '24' }; // prettier-ignore
        await edge.expect(207, 'operationsReference.putItems', { body: { items: [{ ...item, sku: supply.item }] } });
        await edge.expect(200, 'operationsInventory.putSupplies', { body: { supplies: [supply] } });
        const soon = place('held-6', wanted('2', 'XCS', { item: supply.item, latestDate: tomorrow }));
        const refused = await edge.refuses(409, 'INSUFFICIENT_AVAILABILITY', 'portalReservations.place', soon);
        expect(refused.body.errors).toMatchObject([
          { pointer: '/lines/0/quantity/value', seen: '2', expected: '0', nextDate: availableOn },
        ]);
        const never = place('held-7', wanted('3', 'XCS', { item: supply.item }));
        const short = await edge.refuses(409, 'INSUFFICIENT_AVAILABILITY', 'portalReservations.place', never);
        expect(short.body.errors).toMatchObject([{ expected: '2' }]);
        const partly = { ...never, body: { ...(never.body as object), mode: 'PARTIAL' } };
        const some = await edge.expect(201, 'portalReservations.place', partly);
        expect(some.body.lines).toMatchObject([{ reserved: { value: '2', unit: 'XCS' }, uncovered: { value: '1', unit: 'XCS' }, slices: [{ shipDate: availableOn }] }]); // prettier-ignore
      });

      it('are refused with every fault', async () => {
        const id = 'portalReservations.place';
        const wrong = [
          wanted('1', 'KGM'),
          { ...wanted('1'), line: 2, item: 'NO-SUCH' },
          { ...wanted('1'), line: 3, node: 'DC-NOWHERE' },
          { ...wanted('1'), line: 4, requestedDate: '2020-01-01' },
          { ...wanted('1'), line: 5, latestDate: '2099-02-30' },
          { ...wanted('1'), line: 6, requestedDate: '2099-01-02', latestDate: '2099-01-01' },
          { ...wanted('1'), line: 7, item: 'GONE-EDGE' },
          { ...wanted('999999999999', 'XCS'), line: 1 },
        ];
        const faults = (await edge.refuses(422, 'RESERVATION_INVALID', id, place('bad-1', ...wrong))).body.errors;
        expect(faults.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
          ['/lines/0/quantity/unit', 'UNIT_UNKNOWN'],
          ['/lines/1/item', 'ITEM_UNKNOWN'],
          ['/lines/2/node', 'NODE_UNKNOWN'],
          ['/lines/3/requestedDate', 'DATE_PAST'],
          ['/lines/4/latestDate', 'DATE_INVALID'],
          ['/lines/5/latestDate', 'DATE_RANGE'],
          ['/lines/6/item', 'ITEM_DISCONTINUED'],
          ['/lines/7/line', 'LINE_REPEATED'],
          ['/lines/7/quantity/value', 'QUANTITY_INVALID'],
        ]);
        for (const value of ['0', '-1', 'NaN', '1e9', '']) {
          const refused = await edge.refuses(422, 'REQUEST_INVALID', id, place('bad-2', wanted(value)));
          expect(refused.body.errors).toMatchObject([{ pointer: '/lines/0/quantity/value', code: 'FIELD_FORMAT' }]);
        }
        const many = Array.from({ length: 501 }, (_, index) => ({ ...wanted('1'), line: index + 1 }));
        await edge.refuses(422, 'REQUEST_INVALID', id, place('bad-3', ...many));
        await edge.refuses(422, 'REQUEST_INVALID', id, { body: { lines: [wanted('1')], ttlSeconds: 0 }, headers: { 'idempotency-key': 'bad-4' } }); // prettier-ignore
        await edge.refuses(400, 'IDEMPOTENCY_KEY_REQUIRED', id, { body: { lines: [wanted('1')] } });
        const { id: held } = (await edge.expect(201, id, place('held-8', { ...wanted('1'), item: 'MUG-BLUE' }))).body;
        const release = { lines: [{ line: 9 }, { line: 1, quantity: { value: '1', unit: 'KGM' } }] };
        const refused = await edge.refuses(422, 'RESERVATION_INVALID', 'portalReservations.release', { params: { id: held }, body: release }); // prettier-ignore
        expect(refused.body.errors).toMatchObject([{ code: 'LINE_UNKNOWN' }, { code: 'UNIT_UNKNOWN' }]);
      });
    });

    it('shipments', async () => {
      const feed = await eventually('portalShipments.list', {}, ({ body }) => body.shipments.length > 0);
      const { id, order } = feed.body.shipments[0];
      await edge.expect(200, 'portalShipments.list', { query: { order, limit: '1' } });
      await edge.expect(200, 'portalShipments.list', { query: { since: feed.body.next } });
      await edge.expect(200, 'portalShipments.get', { params: { id } });
      await edge.refuses(400, 'CURSOR_INVALID', 'portalShipments.list', { query: { since: 'not-a-cursor' } });
      await edge.refuses(404, 'SHIPMENT_UNKNOWN', 'portalShipments.get', { params: { id: 'none' } });
    });
  });

  it('marketplace', async () => {
    const feed = await edge.expect(200, 'marketplaceFeeds.availability', { query: { limit: '5' } });
    await edge.expect(200, 'marketplaceFeeds.availability', { query: { since: feed.body.next } });
    await edge.refuses(400, 'CURSOR_INVALID', 'marketplaceFeeds.availability', { query: { since: 'x' } });
    const placed = await edge.expect(201, 'marketplaceOrders.place', { body: orderOf('EDGE-M1') });
    await edge.expect(200, 'marketplaceOrders.place', { body: orderOf('EDGE-M1') });
    await edge.refuses(422, 'REQUEST_INVALID', 'marketplaceOrders.place', { body: {} });
    const mug = { line: 1, item: 'MUG-BLUE', quantity: { value: '1', unit: 'EA' } };
    const twice = { body: orderOf('EDGE-M2', { lines: [mug, mug] }) };
    await edge.refuses(422, 'ORDER_INVALID', 'marketplaceOrders.place', twice);
    const parked = await edge.expect(201, 'marketplaceOrders.place', { body: orderOf('EDGE-M3', { shipTo: 'NO' }) });
    expect(parked.body).toMatchObject({ status: 'ON_HOLD', holds: [{ code: 'SHIP_TO_UNKNOWN' }] });
    await eventually('marketplaceFeeds.shipments', {}, ({ body }) =>
      body.shipments.some(({ order }: { order: string }) => order === placed.body.id),
    );
    await edge.refuses(400, 'PARAMETER_INVALID', 'marketplaceFeeds.shipments', { query: { limit: 'all' } });
  });

  ordersSuite(() => ({ edge, orderOf }));
  ordersV2Suite(() => ({ edge, orderOf, eventually }));
  plannerSuite(() => ({ edge, eventually, orderOf }));
  policiesSuite(() => edge);
  mappingsSuite(() => edge);
  exceptionsSuite(() => ({ world, edge, eventually }));
  accessSuite(() => edge);
  connectionsSuite(() => ({ world, edge }));
  webhooksSuite(() => ({ world, edge, eventually }));
  validationSuite(() => edge, orderOf);

  describe('operations', () => {
    it('reference data', async () => {
      const item = { sku: 'EDGE-ITEM', description: 'Edge', status: 'ACTIVE', baseUnit: 'EA', packs: [] };
      const customer = { id: 'EDGE', name: 'Edge', status: 'ACTIVE', partner: 'edge', currency: 'GBP', shipTos: [{ id: 'E', address: ADDRESS }] }; // prettier-ignore
      const price = { customer: 'EDGE', item: 'EDGE-ITEM', price: { amount: '1.10', currency: 'GBP' }, validFrom: '2026-01-01' }; // prettier-ignore
      const node = { id: 'DC-EDGE', name: 'Edge', timeZone: 'Europe/London', wmsConnection: 'wms-edge', tmsConnection: 'carrier-main', priority: 900, active: false, address: ADDRESS }; // prettier-ignore
      const records = { Items: [item], Customers: [customer], Prices: [price], Nodes: [node] };
      for (const [name, list] of Object.entries(records)) {
        const id = `operationsReference.put${name}`;
        const stored = await edge.expect(207, id, { body: { [name.toLowerCase()]: list } });
        expect(stored.body.results[0].outcome).toBe('created');
        await edge.refuses(422, 'REQUEST_INVALID', id, { body: { [name.toLowerCase()]: [{ ...list[0], more: 1 }] } });
      }
    });

    it('inventory', async () => {
      const record = { id: 'edge-1', item: 'BOWL-OAT', node: 'DC-NORTH', fact: 'ADJUSTED', quantity: '1', occurredAt: '2026-03-02T10:00:00Z' }; // prettier-ignore
      const posted = { source: 'edge', records: [record, { ...record, quantity: '2' }] };
      await edge.expect(207, 'operationsInventory.postInventory', { body: posted });
      const history = await edge.expect(200, 'operationsLedger.ledger', { query: { item: 'BOWL-OAT', limit: '1' } });
      expect(history.body.entries).toHaveLength(1);
      const elsewhere = { item: 'MUG-BLUE', cursor: history.body.next as string };
      await edge.refuses(400, 'CURSOR_INVALID', 'operationsLedger.ledger', { query: elsewhere });
      await edge.refuses(400, 'CURSOR_INVALID', 'operationsLedger.ledger', {
        query: { item: 'BOWL-OAT', cursor: 'x' },
      });
      await edge.expect(200, 'operationsLedger.putSourceRules', { body: { rules: [{ node: 'X', source: 'wms/x' }] } });
      await edge.refuses(422, 'POLICY_INVALID', 'operationsLedger.putSourceRules', { body: { rules: [{ node: 'X', source: 'wms/x', maxAgeSeconds: 5 }] } }); // prettier-ignore
      await edge.expect(200, 'operationsLedger.sourceRules', { query: { node: 'DC-NORTH' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'operationsLedger.sourceRules', { query: { colour: 'blue' } });
      await edge.expect(200, 'operationsLedger.refusedFacts', { query: { limit: '1' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'operationsLedger.refusedFacts', { query: { limit: '0' } });
      await edge.expect(200, 'operationsLedger.sources', { query: { limit: '1' } });
      await edge.refuses(400, 'PARAMETER_INVALID', 'operationsLedger.sources', { query: { limit: '0' } });
      await edge.expect(200, 'operationsLedger.giveUp', { body: { source: 'edge', node: 'DC-NORTH' } });
      await edge.refuses(404, 'SOURCE_UNKNOWN', 'operationsLedger.giveUp', { body: { source: 'nobody', node: 'X' } });
      const wrong = { source: 'edge', records: [{ ...record, occurredAt: 'noon' }] };
      await edge.refuses(422, 'REQUEST_INVALID', 'operationsInventory.postInventory', { body: wrong });
      const supply = { id: 'EDGE-PO', kind: 'ASN', item: 'BOWL-OAT', node: 'DC-NORTH', quantity: '10', availableOn: '2099-01-01' }; // prettier-ignore
      await edge.expect(200, 'operationsInventory.putSupplies', { body: { supplies: [supply] } });
      await edge.refuses(422, 'REQUEST_INVALID', 'operationsInventory.putSupplies', { body: { supplies: [] } });
      const level = { item: 'BOWL-OAT', node: 'DC-NORTH', quantity: '3' };
      await edge.expect(200, 'operationsInventory.putSafetyStock', { body: { levels: [level] } });
      const negative = { levels: [{ ...level, quantity: '-3' }] };
      await edge.refuses(422, 'REQUEST_INVALID', 'operationsInventory.putSafetyStock', { body: negative });
    });

    it('feeds of channels', async () => {
      const at = (name: string): string => `operationsFeeds.${name}`;
      const params = { channel: 'EDGE' };
      const none = { params: { channel: 'NONE' } };
      const body = { url: 'http://127.0.0.1:9/feed', secret: 'whsec_c2VjcmV0LW9mLWEtY2hhbm5lbC1mb3ItdGVzdHM=' };
      const { body: made } = await edge.expect(200, at('put'), { params, body });
      expect(made.secret).toBeUndefined();
      await edge.expect(200, at('get'), { params });
      await edge.expect(200, at('list'));
      await edge.expect(200, at('pause'), { params, body: { reason: 'edge' } });
      await edge.expect(200, at('resume'), { params });
      await edge.expect(200, at('pause'), { params, body: { reason: 'edge' } });
      const told = await edge.expect(200, at('told'), { params: { channel: 'MARKETPLACE' }, query: { limit: '3' } });
      expect(told.body.told.length).toBeGreaterThan(0);
      await edge.expect(200, at('differences'), { params: { channel: 'MARKETPLACE' } });
      await edge.refuses(422, 'REQUEST_INVALID', at('put'), { params, body: { ...body, url: 'file:///etc/passwd' } });
      await edge.refuses(422, 'FEED_SECRET_MISSING', at('put'), { ...none, body: { url: body.url } });
      for (const name of ['get', 'resume']) await edge.refuses(404, 'FEED_UNKNOWN', at(name), none);
      await edge.refuses(404, 'FEED_UNKNOWN', at('pause'), { ...none, body: { reason: 'edge' } });
      await edge.refuses(403, 'SCOPE_MISSING', at('list'), { key: world.demo.keys.planner });
      await edge.refuses(400, 'PARAMETER_INVALID', at('told'), { params, query: { limit: '0' } });
      await edge.refuses(400, 'CURSOR_INVALID', at('differences'), { params, query: { cursor: 'no cursor' } });
    });

    it('orders of every partner', async () => {
      const page = await edge.expect(200, 'operationsOrders.list', { query: { limit: '2' } });
      const { partner, id } = page.body.orders[0];
      await edge.expect(200, 'operationsOrders.get', { params: { partner, id } });
      await edge.expect(200, 'operationsOrders.summary');
      const report = await edge.expect(200, 'operationsOrders.checkInvariants');
      expect(report.body.breaches).toEqual([]);
      const body = { reason: 'nothing was wrong' };
      await edge.expect(200, 'operationsOrders.retryHolds', { params: { partner, id }, body });
      await edge.refuses(422, 'REQUEST_INVALID', 'operationsOrders.retryHolds', { params: { partner, id }, body: {} });
      await edge.refuses(404, 'ORDER_UNKNOWN', 'operationsOrders.retryHolds', {
        params: { partner, id: 'none' },
        body,
      });
      await edge.refuses(400, 'CURSOR_INVALID', 'operationsOrders.list', { query: { cursor: 'x' } });
      await edge.refuses(404, 'ORDER_UNKNOWN', 'operationsOrders.get', { params: { partner: 'northgate', id } });
      const key = world.demo.keys.planner;
      await edge.refuses(403, 'SCOPE_MISSING', 'operationsOrders.summary', { key });
      await edge.refuses(401, 'UNAUTHENTICATED', 'operationsOrders.checkInvariants', { key: 'cdk_test_wrong' });
    });

    it('shipments of every partner, and their effects tried again', async () => {
      const connections = world.api(tmsConnectionsContract);
      const { id: carrier, product, settings } = await connections.get({ id: 'carrier-main' });
      const service = (defaultService: string) =>
        connections.put({ id: carrier, product, settings: { ...settings, defaultService } });
      await service('teleport');
      const placed = await edge.expect(201, 'portalOrders.place', { body: orderOf('EDGE-5') });
      const query = { order: placed.body.id as string };
      const label = ({ body }: EdgeAnswer) =>
        body.shipments[0]?.effects.find(({ name }: { name: string }) => name === 'LABEL')?.state;
      const failed = await eventually('operationsShipments.list', { query }, (answer) => label(answer) === 'FAILED');
      await service(String(settings['defaultService']));
      const { id } = failed.body.shipments[0];
      await edge.expect(200, 'operationsShipments.retryEffect', { params: { id, effect: 'LABEL' } });
      await eventually('operationsShipments.list', { query }, (answer) => label(answer) === 'DONE');
      await edge.expect(200, 'operationsShipments.get', { params: { id } });
      await edge.refuses(409, 'EFFECT_NOT_FAILED', 'operationsShipments.retryEffect', {
        params: { id, effect: 'NOTICE' },
      });
      await edge.refuses(404, 'SHIPMENT_UNKNOWN', 'operationsShipments.get', { params: { id: 'none' } });
      await correctsShipments(edge, world, failed.body.shipments[0]);
      await edge.refuses(400, 'PARAMETER_INVALID', 'operationsShipments.list', { query: { limit: '0' } });
    });
  });

  it('every operation was given every answer that it documents: each success, and a refusal', () => {
    expect(edge.unexercised()).toEqual([]);
  });
});
