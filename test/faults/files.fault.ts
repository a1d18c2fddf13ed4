import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { writeFile, type OutgoingRecord } from '../../apps/system/wms/src/backends/flat-file/format';
import { Client, eventually } from '../support/client';
import { counted, FaultWorld } from './world';

/** Here only the warehouse in the south has it, and that one is told by files and tells by files. */
const ITEM = 'BASKET-WILLOW';

/** The test writes the files of the warehouse: whole, twice, cut off, the second before the first. */
describe('files of a warehouse that come twice, cut off, or in the wrong order', () => {
  let world: FaultWorld;
  let sequence = 90_000_000;
  let shipped = 0;
  beforeAll(async () => {
    world = await FaultWorld.start();
    const gone = { type: 'inventory.adjusted', lines: [{ item: ITEM, quantity: '-190' }] };
    await world.taken(world.sandbox.post('/sandbox/wms/north/_inventory', gone));
    const planner = new Client(world.crossdock.demo.url, world.crossdock.demo.keys.planner);
    await eventually(
      () => planner.get(`/planner/v1/items/${ITEM}/timeline?node=DC-NORTH&days=1`),
      ({ body }) => Number(body.nodes[0].position.onHand.value) === 0,
    );
    // It takes minutes for a step: all that is told of orders is told by the test.
    await world.speed('south', 0.01);
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    expect(await world.breaches()).toEqual([]);
  });

  const at = (name: string, file: string): string =>
    join(world.crossdock.dataDirectory, 'exchange', 'south', name, file);
  const nextName = (): string => `CROSSDOCK_CON_20261121_${(sequence += 1)}.csv`;
  const confirmation = (fileId: string, records: readonly OutgoingRecord[], previousFileId = ''): string => {
    const now = new Date().toISOString();
    return writeFile({ fileId, type: 'CON', previousFileId, created: now, cutOff: now, partner: 'CROSSDOCK', node: 'DC-SOUTH' }, records).toString(); // prettier-ignore
  };
  const ship = (fulfilmentOrder: string, quantity: string): OutgoingRecord[] => {
    const shipmentId = `S-${(shipped += 1)}`;
    return [
      ['S', { shippedAt: new Date().toISOString(), fulfilmentOrder, shipmentId, carrier: '' }],
      ['G', { shipmentId, line: '1', item: ITEM, quantity }],
      ['B', { shipmentId, packageId: `${shipmentId}-P1` }],
    ];
  };
  const progress = (fulfilmentOrder: string, status: string, picked: string): OutgoingRecord[] => [
    ['P', { occurredAt: new Date().toISOString(), fulfilmentOrder, status }],
    ['K', { fulfilmentOrder, line: '1', item: ITEM, quantity: picked }],
  ];
  /** Puts a file as a warehouse does, whole and then named; the record of our answer to it. */
  const drop = async (content: string, name = nextName()): Promise<string> => {
    writeFileSync(at('from-warehouse', `${name}.tmp`), content);
    renameSync(at('from-warehouse', `${name}.tmp`), at('from-warehouse', name));
    const answer = name.replace('.csv', '_ACK.csv');
    const said = await eventually(
      async () => [at('to-warehouse', answer), at('warehouse-archive', answer)].flatMap(linesOf),
      (lines) => lines.length > 0,
    );
    return said.find((line) => line.startsWith('A,')) ?? '';
  };
  const released = async (quantity: string): Promise<{ order: string; fulfilment: string }> => {
    const order = await world.order({ item: ITEM, quantity });
    return { order, fulfilment: await world.fulfilmentOf(order) };
  };
  const documentsOf = async (order: string): Promise<object> => {
    const shipments = await world.shipmentsOf(order);
    const { deliveries, invoices } = await world.counts('erp/main', shipments[0].id);
    const { labels } = await world.counts('carrier/main', shipments[0].id);
    const [line] = (await world.viewOf(order)).lines;
    return { shipments: shipments.length, deliveries, invoices, labels, shipped: line.shipped, open: line.open };
  };
  const ONE = { shipments: 1, deliveries: 1, invoices: 1, labels: 1 };
  const endsWith = (order: string, quantity: string): Promise<object> =>
    eventually(
      () => documentsOf(order),
      (documents) => isDeepStrictEqual(documents, { ...ONE, shipped: quantity, open: '0' }),
    );

  it('F13 file delivered twice, under its name and under another: loaded once, the others answered as duplicates', async () => {
    const { order, fulfilment } = await released('2');
    const content = confirmation('TWICE-1', ship(fulfilment, '2'));
    const name = nextName();
    expect(await drop(content, name)).toContain('TWICE-1,LOADED');
    expect(await drop(content)).toContain('TWICE-1,DUPLICATE');
    const documents = await endsWith(order, '2');
    expect(await drop(confirmation('TWICE-1', ship(fulfilment, '1')))).toContain('TWICE-1,CONFLICT');
    expect(await documentsOf(order)).toEqual(documents);
    counted('F13', { loaded: 1, duplicates: 1, conflicts: 1, ...documents });
  });

  it('F14 file truncated: nothing of it is loaded, the answer names the line, the whole one is loaded once', async () => {
    const { order, fulfilment } = await released('3');
    const content = confirmation('CUT-1', ship(fulfilment, '3'));
    const cuts = [content.slice(0, content.indexOf('T,')), content.slice(0, content.indexOf('T,') - 9), content.slice(0, 20)]; // prettier-ignore
    for (const cut of cuts) expect(await drop(cut)).toMatch(/,REJECTED,0,[1-5],(TRAILER_MISSING|RECORD_INVALID),/);
    expect((await world.viewOf(order)).lines).toMatchObject([{ shipped: '0', open: '3' }]);
    expect(await drop(content)).toContain('CUT-1,LOADED');
    counted('F14', { rejected: cuts.length, loaded: 1, ...(await endsWith(order, '3')) });
  });

  it('F15 files out of order: each is loaded as it comes, the gap is told, and a late milestone takes nothing back', async () => {
    const [first, second] = [await released('2'), await released('4')];
    const third = confirmation('ROW-3', [...ship(first.fulfilment, '2'), ...ship(second.fulfilment, '4')], 'ROW-2');
    expect(await drop(third)).toMatch(/ROW-3,LOADED,\d+,,PREVIOUS_FILE_MISSING/);
    await drop(confirmation('ROW-2', progress(second.fulfilment, 'PICKED', '1'), 'ROW-1'));
    await drop(confirmation('ROW-1', progress(first.fulfilment, 'PICKED', '2')));
    const documents = [await endsWith(first.order, '2'), await endsWith(second.order, '4')];
    expect(await world.viewOf(second.order)).toMatchObject({ status: 'SHIPPED' });
    counted('F15', { files: 3, orders: documents.length, ...documents[1] });
  });
});

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\r\n');
  } catch {
    return [];
  }
}
