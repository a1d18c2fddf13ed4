import type { WmsInventoryChanged, WmsShipped } from '#contracts/events/catalogue';
import { STOCK_GAP_FOUND, WMS_INVENTORY_CHANGED, WMS_SHIPPED } from '#contracts/events/catalogue';
import { Outbox } from '#messaging/outbox';
import { releaseOf } from './wms.conformance';
import { World } from './world';

let world: World;
beforeAll(async () => {
  world = await World.start('generic-rest');
});
afterAll(() => world.stop());
afterEach(() => world.strike('north'));

const tell = (type: string, lines: object[]): Promise<void> =>
  world.backstage('north', '_inventory', { type: `inventory.${type}`, lines });
const recordsOf = async (item: string, count: number): Promise<WmsInventoryChanged['records']> => {
  const fits = ({ records }: WmsInventoryChanged): boolean => records.some((record) => record.item === item);
  const changes = await world.expectEvents<WmsInventoryChanged>(WMS_INVENTORY_CHANGED, fits, count);
  const records = changes.flatMap((change) => change.records).filter((record) => record.item === item);
  return records.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
};

describe('what a warehouse knows of its stock arrives whole', () => {
  it('lots with their last day, why, and where a transfer goes', async () => {
    const item = 'FACTS-1';
    const lot = { lot: 'L-1', expiresOn: '2027-01-31' };
    await tell('received', [{ item, quantity: '20', reference: 'ASN-17', ...lot }]);
    await tell('scrapped', [{ item, quantity: '2', reason: 'CRUSHED', lot: 'L-1' }]);
    await tell('transfer-shipped', [{ item, quantity: '5', reference: 'TO-4', toNode: 'DC-SOUTH', lot: 'L-1' }]);
    expect(await recordsOf(item, 3)).toMatchObject([
      { fact: 'RECEIVED', quantity: '20', reference: 'ASN-17', ...lot },
      { fact: 'SCRAPPED', quantity: '2', reason: 'CRUSHED', lot: 'L-1' },
      { fact: 'TRANSFER_SHIPPED', quantity: '5', reference: 'TO-4', toNode: 'DC-SOUTH' },
    ]);
  });

  it('what is taken back, by the id under which it was told', async () => {
    const item = 'FACTS-2';
    await tell('received', [{ item, quantity: '9' }]);
    const [first] = await recordsOf(item, 1);
    await tell('reversed', [{ item, quantity: '9', reverses: first?.id, reason: 'WRONG_PALLET' }]);
    expect(await recordsOf(item, 2)).toMatchObject([
      { fact: 'RECEIVED', id: first?.id },
      { fact: 'REVERSED', reverses: first?.id, reason: 'WRONG_PALLET' },
    ]);
  });

  it('which lots have left: the first to expire first, one line for each', async () => {
    const item = 'FACTS-3';
    await tell('received', [
      { item, quantity: '10', lot: 'LATE', expiresOn: '2027-06-30' },
      { item, quantity: '4', lot: 'SOON', expiresOn: '2027-01-31' },
    ]);
    const release = releaseOf('north', { lines: [{ line: 1, item, quantity: '6' }] });
    await world.wms.release(release);
    const mine = ({ fulfilmentOrder }: WmsShipped): boolean => fulfilmentOrder === release.fulfilmentOrder;
    const [shipment] = await world.expectEvents<WmsShipped>(WMS_SHIPPED, mine);
    expect(shipment?.lines).toEqual([
      { line: 1, item, quantity: '4', lot: 'SOON' },
      { line: 1, item, quantity: '2', lot: 'LATE' },
    ]);
  });
});

describe('stock facts that were lost on the way', () => {
  const gap = (source: string, missing: { from: number; to: number }[]): Promise<void> =>
    world.database.transaction((tx) =>
      world.app.get(Outbox).publish(tx, [
        {
          ...{ type: STOCK_GAP_FOUND, source: 'process/availability', subject: 'DC-NORTH', partitionKey: source },
          data: { source, node: 'DC-NORTH', missing },
        },
      ]),
    );

  it('are asked for by their numbers, and told again as they were', async () => {
    const item = 'LOST-1';
    await tell('received', [{ item, quantity: '1' }]);
    const [first] = await recordsOf(item, 1);
    world.strike('north', { operation: 'deliver', mode: 'lost', times: 1 });
    await tell('received', [{ item, quantity: '2' }, { item, quantity: '3' }]); // prettier-ignore
    await tell('received', [{ item, quantity: '4' }]);
    await recordsOf(item, 2);
    const lost = (first?.sequence ?? 0) + 1;
    await gap('wms/north', [{ from: lost + 1, to: lost + 1 }]);
    const records = await recordsOf(item, 3);
    expect(records.map(({ quantity }) => quantity)).toEqual(['1', '2', '3', '4']);
    expect(records.map(({ sequence = 0 }) => sequence - lost)).toEqual([-1, 0, 1, 2]);
    await gap('wms/north', [{ from: lost, to: lost + 1 }]);
    const again = (await recordsOf(item, 4)).filter(({ sequence }) => sequence === lost);
    expect(again).toHaveLength(2);
    expect(again[0]).toEqual(again[1]);
  });

  it('are no reason to fail where nobody can be asked: a file, a warehouse that is gone or cannot', async () => {
    const item = 'LOST-2';
    const { settings } = await world.connections.get({ id: 'south' });
    await world.connections.put({ id: 'south', product: 'generic-rest', settings, abilities: ['canReportStock'] });
    for (const source of ['somebody', 'wms/gone', 'wms/south']) await gap(source, [{ from: 1, to: 1 }]);
    await gap('wms/north', [{ from: 1, to: 1 }]);
    await tell('received', [{ item, quantity: '1' }]);
    await recordsOf(item, 1);
    expect((await world.deadJobs()).filter(({ queue }) => queue.includes('gaps'))).toEqual([]);
  });
});
