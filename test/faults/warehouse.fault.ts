import { isDeepStrictEqual } from 'node:util';
import { Client, eventually } from '../support/client';
import { counted, FaultWorld } from './world';

/** The warehouse in the north sends webhooks, what it says is right, and it says it in every wrong way. */
describe('a warehouse that repeats itself, confuses the order of things, or is wrong', () => {
  let world: FaultWorld;
  let sequence = 0;
  beforeAll(async () => {
    world = await FaultWorld.start();
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.arm('wms/north');
    await world.speed('north', 1000);
    expect(await world.breaches()).toEqual([]);
  });

  const mugs = (quantity: string) => [{ item: 'MUG-BLUE', quantity }];
  /** An event in the words of the warehouse's contract. */
  const event = (type: string, fulfilment: string, more: object = {}): object => ({
    ...{ id: `said-${(sequence += 1)}`, type: `fulfilment.${type}`, occurredAt: new Date().toISOString() },
    ...{ node: 'DC-NORTH', externalId: fulfilment, ...more },
  });
  const line = (quantity: string, more: object = {}) => ({ line: 1, item: 'MUG-BLUE', quantity, ...more });
  const shipped = (fulfilment: string, shipmentId: string, quantity: string, more: object = {}) =>
    event('shipped', fulfilment, { shipmentId, lines: [line(quantity, more)], packages: [{ id: `${shipmentId}-P1` }] });
  const endsShipped = (order: string) =>
    eventually(
      () => world.viewOf(order),
      ({ status }) => status === 'SHIPPED',
    );
  /** Shipments, deliveries, invoices and labels of an order: what each backend has of it. */
  const documentsOf = async (order: string): Promise<object> => {
    const shipments = await world.shipmentsOf(order);
    const of = await Promise.all(
      shipments.map(async ({ id }) => ({ ...(await world.counts('erp/main', id)), ...(await world.counts('carrier/main', id)) })), // prettier-ignore
    );
    const sum = (name: string) => of.reduce((total, each) => total + (each[name] ?? 0), 0);
    return { shipments: shipments.length, deliveries: sum('deliveries'), invoices: sum('invoices'), labels: sum('labels') }; // prettier-ignore
  };
  const ONE = { shipments: 1, deliveries: 1, invoices: 1, labels: 1 };
  const hasOneOfEach = (order: string) =>
    eventually(
      () => documentsOf(order),
      (documents) => isDeepStrictEqual(documents, ONE),
    );

  it('F05 WMS sends ship twice: one shipment, one delivery, one invoice, one label', async () => {
    await world.arm('wms/north', { operation: 'ship', mode: 'ship-twice', times: 1 });
    const order = await world.order(...mugs('6'));
    await endsShipped(order);
    await world.settled();
    expect(await documentsOf(order)).toEqual(ONE);
    counted('F05', await documentsOf(order));
  });

  it('F06 ship before pick: the shipment implies the pick, and the pick that comes late changes nothing', async () => {
    await world.arm('wms/north', { operation: 'ship', mode: 'ship-before-pick', times: 1 });
    const order = await world.order(...mugs('6'));
    await endsShipped(order);
    await world.settled();
    expect((await world.viewOf(order)).lines).toMatchObject([{ shipped: '6', open: '0' }]);
    expect(await documentsOf(order)).toEqual(ONE);
    counted('F06', await documentsOf(order));
  });

  it('F07 short after ship: goods that left count, nothing is open below zero, nothing ships again', async () => {
    const order = await world.order(...mugs('10'));
    await endsShipped(order);
    const fulfilment = await world.fulfilmentOf(order);
    await world.taken(world.say(event('picked', fulfilment, { lines: [line('4')] })));
    await world.taken(world.say(event('cancelled', fulfilment, { detail: 'too late for that' })));
    await world.settled();
    const view = await world.viewOf(order);
    expect(view).toMatchObject({ status: 'SHIPPED', lines: [{ ordered: '10', shipped: '10', open: '0', cancelled: '0' }] }); // prettier-ignore
    expect(await documentsOf(order)).toEqual(ONE);
    counted('F07', await documentsOf(order));
  });

  it('F08 unknown order: the shipment is kept, posts nothing, can be taken back, and its neighbours go on', async () => {
    const stranger = `ord_${'0'.repeat(12)}-F1`;
    await world.taken(world.say(shipped(stranger, 'S-UNKNOWN', '3')));
    const order = await world.order(...mugs('2'));
    await endsShipped(order);
    // It was kept, or there would be nothing to take back.
    const path = '/operations/v1/shipments/wms-north%3AS-UNKNOWN/void';
    const taken = await eventually(
      () => world.operations.post(path, { revision: 2, reason: 'not ours' }),
      ({ status }) => status !== 404,
    );
    expect(taken.body).toMatchObject({ outcome: 'voided' });
    expect(await world.counts('erp/main', 'wms-north:S-UNKNOWN')).toMatchObject({ deliveries: 0, invoices: 0 });
    await world.settled();
    counted('F08', { parked: 1, deliveries: 0, invoices: 0 });
  });

  it('F09 wrong unit: cases said for pieces are not counted as pieces; said again in pieces they are', async () => {
    await world.speed('north', 0.01);
    const order = await world.order(...mugs('24'));
    const fulfilment = await world.fulfilmentOf(order);
    await world.taken(world.say(event('picked', fulfilment, { lines: [line('2', { unit: 'XCS' })] })));
    await world.taken(world.say(shipped(fulfilment, 'S-CASES', '2', { unit: 'XCS' })));
    await world.expectException('SHIPMENT_PARKED_UNIT_MISMATCH', 'S-CASES');
    expect((await world.viewOf(order)).lines).toMatchObject([{ ordered: '24', shipped: '0', open: '24' }]);
    expect(await world.counts('erp/main', 'wms-north:S-CASES')).toMatchObject({ deliveries: 0, invoices: 0 });
    const said = { node: 'DC-NORTH', shippedAt: new Date().toISOString(), lines: [line('24', { unit: 'EA' })] };
    await world.taken(world.operations.post('/operations/v1/shipments/wms-north%3AS-CASES/corrections', { revision: 2, reason: 'in pieces', ...said })); // prettier-ignore
    await endsShipped(order);
    await hasOneOfEach(order);
    counted('F09', { parked: 1, ...(await documentsOf(order)) });
  });

  it('F12 duplicate webhook: taken both times, applied once', async () => {
    await world.arm('wms/north', { operation: 'deliver', mode: 'duplicate', times: 50 });
    const order = await world.order(...mugs('6'));
    await endsShipped(order);
    await hasOneOfEach(order);
    const fulfilment = await world.fulfilmentOf(order);
    const again = event('packed', fulfilment);
    const answers = [await world.say(again, 'msg_twice'), await world.say(again, 'msg_twice')];
    expect(answers.map(({ status, body }) => [status, body.received])).toEqual([[202, 'new'], [202, 'duplicate']]); // prettier-ignore
    const other = await world.say(event('packed', fulfilment), 'msg_twice');
    expect([other.status, other.body.code]).toEqual([409, 'MESSAGE_ID_CONFLICT']);
    await world.expectException('MESSAGE_ID_CONFLICT', 'msg_twice');
    counted('F12', await documentsOf(order));
  });

  it('F16 a poison message: visible and dead, its neighbours in the same message and after it go on, mended it is applied', async () => {
    await world.speed('north', 0.01);
    const [order, neighbour] = [await world.order(...mugs('3')), await world.order(...mugs('4'))];
    const [fulfilment, other] = [await world.fulfilmentOf(order), await world.fulfilmentOf(neighbour)];
    const poison = { ...shipped(fulfilment, 'S-POISON', '3'), lines: [line('three')] };
    await world.taken(world.say([poison, shipped(other, 'S-NEIGHBOUR', '4')], 'msg_poison'));
    await world.taken(world.say(Object.assign(event('packed', other), { type: 'fulfilment.teleported' })));
    await endsShipped(neighbour);
    const dead = await world.expectException('EVENT_INVALID', 'quantity');
    await world.expectException('EVENT_INVALID', '/type must be');
    expect((await world.viewOf(order)).lines).toMatchObject([{ shipped: '0' }]);
    const content = JSON.stringify({ events: [shipped(fulfilment, 'S-POISON', '3'), shipped(other, 'S-NEIGHBOUR', '4')] }); // prettier-ignore
    await world.taken(world.operations.post(`/operations/v1/exceptions/${dead.id}/edit-and-retry`, { content, reason: 'three is 3' })); // prettier-ignore
    await endsShipped(order);
    await hasOneOfEach(order);
    await hasOneOfEach(neighbour);
    counted('F16', { dead: 2, mended: 1, neighbours: 1 });
  });

  it('F20 the clock of a warehouse is 10 minutes off, ahead and behind: every order ends, stock and books agree', async () => {
    for (const mode of ['clock-ahead', 'clock-behind']) {
      await world.arm('wms/north', { operation: 'deliver', mode });
      const order = await world.order(...mugs('5'));
      await endsShipped(order);
      await world.taken(world.sandbox.post('/sandbox/wms/north/_inventory', { type: 'inventory.received', lines: [{ item: 'BELL-BRASS', quantity: '7' }] })); // prettier-ignore
      await hasOneOfEach(order);
    }
    const { url, keys } = world.crossdock.demo;
    await eventually(
      () => new Client(url, keys.planner).get('/planner/v1/items/BELL-BRASS/timeline?node=DC-NORTH&days=1'),
      ({ body }) => Number(body.nodes[0].position.onHand.value) === 520 + 14,
    );
    counted('F20', { orders: 2, received: 14 });
  });
});
