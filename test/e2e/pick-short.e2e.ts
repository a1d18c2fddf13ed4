import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

/** The warehouse in the north finds half of what it was asked for; what becomes of the rest is the partner's policy. */
describe(`a warehouse picks short (${split ? 'every app its own process' : 'all in one'})`, () => {
  let crossdock: Running;
  let portal: Client;
  let operations: Client;
  let sandbox: Client;

  beforeAll(async () => {
    crossdock = await Running.start({ split });
    const { url, sandboxUrl, keys } = crossdock.demo;
    portal = new Client(url, keys.portal);
    operations = new Client(url, keys.operations);
    sandbox = new Client(sandboxUrl, undefined);
  });
  afterAll(() => crossdock.stop());

  const order = async (id: string): Promise<any> => (await portal.get(`/portal/v1/orders/${id}`)).body;
  const nodesOf = async (id: string): Promise<string[]> => {
    const { body } = await operations.get(`/operations/v1/orders/${crossdock.demo.partner}/${id}`);
    return body.fulfilments.map(({ node }: any) => node);
  };
  const short = async (pickShort: string, item: string): Promise<string> => {
    const policy = { partial: 'PARTIAL_OK', backorder: true, pickShort };
    const set = await operations.put(`/operations/v1/partners/${crossdock.demo.partner}/fulfilment-policy`, policy);
    expect(set.status).toBe(200);
    // Accepted with the policy that counts now: those read it anew after some seconds.
    await eventually(
      async () => (await operations.get(`/operations/v1/partners/${crossdock.demo.partner}/fulfilment-policy`)).body,
      (now) => now.policy.pickShort === pickShort,
    );
    await sandbox.put('/sandbox/wms/north/_faults', { rules: [{ operation: 'pick', mode: 'pick-short', times: 1 }] });
    const placed = await portal.post('/portal/v1/orders', {
      purchaseOrder: `E2E-SHORT-${pickShort}-${item}-${process.pid}`,
      shipTo: crossdock.demo.sample.shipTo,
      lines: [{ line: 1, item, quantity: { value: '10', unit: 'EA' } }],
    });
    expect(placed.status).toBe(201);
    return placed.body.id;
  };
  const shipped = (id: string): Promise<any> =>
    eventually(
      () => order(id),
      ({ status }) => status === 'SHIPPED',
    );

  it('SAME_NODE: the rest is found in another bin and follows', async () => {
    const id = await short('SAME_NODE', 'HOOK-IRON');
    expect((await shipped(id)).lines[0]).toMatchObject({ shipped: { value: '10' }, cancelled: { value: '0' } });
    expect(await nodesOf(id)).toEqual(['DC-NORTH', 'DC-NORTH']);
  });

  it('OTHER_NODE: the rest comes from another node', async () => {
    const id = await short('OTHER_NODE', 'RIBBON-RED');
    expect((await shipped(id)).lines[0]).toMatchObject({ shipped: { value: '10' }, cancelled: { value: '0' } });
    expect(await nodesOf(id)).toEqual(['DC-NORTH', 'DC-SOUTH']);
  });

  it('CANCEL: the rest is cancelled, and the ERP hears of it', async () => {
    const id = await short('CANCEL', 'BELL-BRASS');
    expect((await shipped(id)).lines[0]).toMatchObject({ shipped: { value: '5' }, cancelled: { value: '5' } });
    const cancelled = async (): Promise<any[]> =>
      (await operations.get(`/operations/v1/orders/${crossdock.demo.partner}/${id}`)).body.commands.filter(
        ({ kind, state }: any) => kind === 'cancel-erp' && state === 'DONE',
      );
    await eventually(cancelled, (commands) => commands.length === 1);
  });

  it('where no other node has it the rest waits, until the node has counted', async () => {
    const id = await short('OTHER_NODE', 'CUSHION-LINEN');
    await eventually(
      () => order(id),
      ({ lines }) => lines[0].shipped.value === '5' && lines[0].backordered.value === '5',
    );
    const counted = await operations.post('/operations/v1/inventory-events', {
      source: 'count-sheet',
      records: [
        {
          id: `e2e-count-${process.pid}`,
          item: 'CUSHION-LINEN',
          node: 'DC-NORTH',
          fact: 'COUNTED',
          quantity: '345',
          occurredAt: new Date().toISOString(),
        },
      ],
    });
    expect(counted.body).toMatchObject({ results: [{ outcome: 'applied' }] });
    expect((await shipped(id)).lines[0]).toMatchObject({ shipped: { value: '10' }, cancelled: { value: '0' } });
  });
});
