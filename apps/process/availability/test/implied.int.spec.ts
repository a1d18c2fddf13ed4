import type { InventoryRecordDto } from '#contracts/availability/stock.dto';
import { SHIPMENT_CONFIRMED, type ShipmentConfirmed } from '#contracts/events/catalogue';
import { fact, reservation, testAvailability, uniqueId, type TestAvailability } from './harness';

describe('what a fact proves to have happened before is implied, and matched when it is told', () => {
  let app: TestAvailability;
  beforeAll(async () => {
    app = await testAvailability();
    for (const id of ['SOUTH', 'NORTH']) app.nodes.push({ id, priority: 1, active: true });
  });
  afterAll(() => app.close());
  afterEach(async () => expect((await app.availability.checkInvariants()).breaches).toEqual([]));

  /** 50 at SOUTH, and a transfer to NORTH. */
  async function transfer() {
    const item = uniqueId('MOVED');
    const reference = uniqueId('TO');
    const post = async (source: string, ...records: InventoryRecordDto[]) =>
      (await app.availability.postInventory({ source, records })).results.map(({ outcome, code }) => code ?? outcome);
    await post('wms/south', fact({ item, node: 'SOUTH', fact: 'RECEIVED', quantity: '50' }));
    const ship = (quantity: string, more: Partial<InventoryRecordDto> = {}) =>
      fact({ item, node: 'SOUTH', fact: 'TRANSFER_SHIPPED', quantity, reference, toNode: 'NORTH', ...more });
    const arrive = (quantity: string, more: Partial<InventoryRecordDto> = {}) =>
      fact({ item, node: 'NORTH', fact: 'TRANSFER_RECEIVED', quantity, reference, fromNode: 'SOUTH', ...more });
    const stock = async () => {
      const { nodes } = await app.availability.timeline({ item });
      return Object.fromEntries(nodes.map(({ node, position }) => [node, [position.onHand, position.inTransit]]));
    };
    const entries = async () => (await app.ledger.ledger({ item })).entries;
    return { item, post, ship, arrive, stock, entries };
  }

  test('a receipt in the other warehouse before the dispatch: what has arrived has left', async () => {
    const { post, ship, arrive, stock, entries } = await transfer();
    const receipt = arrive('20');
    expect(await post('wms/north', receipt)).toEqual(['applied']);
    expect(await stock()).toEqual({ NORTH: ['20', '0'], SOUTH: ['30', '0'] });
    const marked = (await entries()).filter(({ implied }) => implied === 'TRANSFER_SHIPPED');
    expect(marked.map(({ record, node, fact: said, moved }) => [record, node, said, moved.onHand])).toEqual([
      [`${receipt.id}#implied#in-transit`, 'NORTH', 'TRANSFER_SHIPPED', '0'],
      [receipt.id, 'NORTH', 'TRANSFER_RECEIVED', '20'],
      [`${receipt.id}#implied`, 'SOUTH', 'TRANSFER_SHIPPED', '-20'],
    ]);
    const dispatch = ship('20');
    expect(await post('wms/south', dispatch, { ...dispatch })).toEqual(['applied', 'duplicate']);
    expect(await stock()).toEqual({ NORTH: ['20', '0'], SOUTH: ['30', '0'] });
    expect((await entries()).find(({ record }) => record === dispatch.id)).toMatchObject({ quantity: '20', matches: '20', moved: { onHand: '0' } }); // prettier-ignore
  });

  test('the dispatch was of more: only what has not been implied moves, and is in transit', async () => {
    const { post, ship, arrive, stock } = await transfer();
    await post('wms/north', arrive('12'), arrive('6'));
    await post('wms/south', ship('20'));
    expect(await stock()).toEqual({ NORTH: ['18', '2'], SOUTH: ['30', '0'] });
    await post('wms/north', arrive('2'));
    expect(await stock()).toEqual({ NORTH: ['20', '0'], SOUTH: ['30', '0'] });
  });

  test('the dispatch was of less: what came beyond it stays implied', async () => {
    const { post, ship, arrive, stock } = await transfer();
    await post('wms/south', ship('10'));
    await post('wms/north', arrive('15'));
    expect(await stock()).toEqual({ NORTH: ['15', '0'], SOUTH: ['35', '0'] });
    await post('wms/south', ship('5'));
    expect(await stock()).toEqual({ NORTH: ['15', '0'], SOUTH: ['35', '0'] });
  });

  test('a receipt told again implies nothing again, even after its dispatch was told', async () => {
    const { post, ship, arrive, stock } = await transfer();
    const receipt = arrive('20');
    await post('wms/south', ship('20'));
    await post('wms/north', receipt);
    expect(await post('wms/north', receipt)).toEqual(['duplicate']);
    expect(await stock()).toEqual({ NORTH: ['20', '0'], SOUTH: ['30', '0'] });
  });

  test('both in one call, in either order', async () => {
    const { post, ship, arrive, stock } = await transfer();
    await post('file/both', arrive('20'), ship('20'));
    expect(await stock()).toEqual({ NORTH: ['20', '0'], SOUTH: ['30', '0'] });
  });

  test.each([
    ['a receipt that names no transfer', { reference: undefined }],
    ['a transfer from a node to itself', { fromNode: 'NORTH' }],
    ['another fact that comes from somewhere', { fact: 'RECEIVED' as const }],
  ])('refused: %s', async (_, more) => {
    const { post, arrive } = await transfer();
    expect(await post('wms/north', arrive('1', more))).toEqual(['TRANSFER_INVALID']);
  });

  test('goods issue consumes the lots that left', async () => {
    const item = uniqueId('LOTS');
    const lots = ['L1', 'L2'].map((lot) => fact({ item, node: 'NORTH', fact: 'RECEIVED', quantity: '10', lot }));
    await app.availability.postInventory({ source: 'wms/north', records: lots });
    const order = uniqueId('ord');
    await app.availability.reserve(reservation(item, '8', { reservation: order }));
    const data: ShipmentConfirmed = {
      ...{ shipment: uniqueId('ship'), order, partner: 'p', fulfilmentOrder: 'f', node: 'NORTH', trackingNumbers: [] },
      shippedAt: '2026-03-03T10:00:00Z',
      lines: [
        {
          ...{ line: 1, item, quantity: '8', reservation: order, serials: ['S1'] },
          lots: [{ lot: 'L2', quantity: '5' }, { lot: 'L1', quantity: '2' }], // prettier-ignore
        },
      ],
    };
    const event = { type: SHIPMENT_CONFIRMED, source: 'process/shipments', subject: order, partitionKey: order, data };
    await app.database.transaction((tx) => app.messaging.outbox.publish(tx, [event]));
    await app.messaging.drain();
    const { rows } = await app.database.query(
      'select lot, trim_scale(on_hand)::text as "onHand" from availability.lot_position where item = $1 order by lot',
      [item],
    );
    expect(rows).toEqual([{ lot: 'L1', onHand: '8' }, { lot: 'L2', onHand: '5' }]); // prettier-ignore
    const [node] = (await app.availability.timeline({ item, node: 'NORTH' })).nodes;
    expect(node?.position).toMatchObject({ onHand: '12', allocated: '0' });
  });
});
