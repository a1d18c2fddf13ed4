import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';
const SOURCE = 'wms/wms-north';

describe('a warehouse whose messages get lost', () => {
  let crossdock: Running;
  let operations: Client;
  let sandbox: Client;
  beforeAll(async () => {
    crossdock = await Running.start({ split, environment: { CROSSDOCK_GAP_ASK_SECONDS: '1' } });
    operations = new Client(crossdock.demo.url, crossdock.demo.keys.operations);
    sandbox = new Client(crossdock.demo.sandboxUrl, undefined);
  });
  afterAll(() => crossdock.stop());

  const stream = async () => {
    const { body } = await operations.get('/operations/v1/sources');
    return body.sources.find(({ source }: { source: string }) => source === SOURCE)?.streams[0];
  };
  const onHand = async (item: string) => {
    const { body } = await operations.get(`/operations/v1/ledger?item=${item}&node=DC-NORTH&limit=500`);
    return body.entries.reduce(
      (sum: number, { moved }: { moved: { onHand: string } }) => sum + Number(moved.onHand),
      0,
    );
  };

  it('is asked again by itself, and every number ends as the warehouse has it', async () => {
    const { item } = crossdock.demo.sample;
    const before = await eventually(() => onHand(item), (quantity) => quantity > 0); // prettier-ignore
    const faults = { rules: [{ operation: 'deliver', mode: 'lost', times: 5 }] };
    expect((await sandbox.put('/sandbox/wms/north/_faults', faults)).status).toBe(200);
    const receive = (quantity: string) =>
      sandbox.post('/sandbox/wms/north/_inventory', { type: 'inventory.received', lines: [{ item, quantity }] });
    // The first five are lost, and of what follows nothing counts before they have come.
    for (let number = 1; number <= 8; number += 1) expect((await receive(String(number))).status).toBe(202);
    await eventually(() => onHand(item), (quantity) => quantity === before + 36); // prettier-ignore
    const healed = await eventually(stream, ({ missing }) => missing.length === 0);
    expect(healed).toMatchObject({ held: 0, givenUp: [] });
    const shelves = await sandbox.get('/sandbox/wms/north/_stock');
    const shelf = shelves.body.lines.find((line: { item: string }) => line.item === item);
    expect(Number(shelf.onHand)).toBe(before + 36);
  });
});
