import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

/** The demo approves citrus candles in place of amber ones, one for one. */
describe(`what is not there is delivered as another item (${split ? 'every app its own process' : 'all in one'})`, () => {
  let crossdock: Running;
  let portal: Client;
  let operations: Client;

  beforeAll(async () => {
    crossdock = await Running.start({ split });
    const { url, keys } = crossdock.demo;
    portal = new Client(url, keys.portal);
    operations = new Client(url, keys.operations);
  });
  afterAll(() => crossdock.stop());

  const place = async (name: string, value: string, more: object = {}): Promise<any> => {
    const body = {
      purchaseOrder: `E2E-${name}-${process.pid}`,
      shipTo: crossdock.demo.sample.shipTo,
      lines: [{ line: 1, item: 'CANDLE-AMBER', quantity: { value, unit: 'EA' } }],
      ...more,
    };
    const placed = await portal.post('/portal/v1/orders', body);
    expect(placed.status).toBe(201);
    return placed.body;
  };
  const order = async (id: string): Promise<any> => (await portal.get(`/portal/v1/orders/${id}`)).body;

  it('with consent: the acknowledgement names both, and warehouse, ERP, stock and timeline confirm the substitute', async () => {
    const { id } = await place('SUBSTITUTE', '480', { substitutes: true });
    const shipped = await eventually(
      () => order(id),
      ({ status }) => status === 'SHIPPED',
    );
    const [amber, citrus, ...more] = shipped.lines;
    expect(more).toEqual([]);
    expect(Number(amber.shipped.value) + Number(amber.substituted.value)).toBe(480);
    expect(citrus).toMatchObject({
      line: 90_001,
      item: 'CANDLE-CITRUS',
      shipped: amber.substituted,
      insteadOf: { line: 1, item: 'CANDLE-AMBER', quantity: amber.substituted },
    });
    expect(shipped.shipments.flatMap(({ lines }: any) => lines.map(({ item }: any) => item))).toContain(
      'CANDLE-CITRUS',
    );
    const timeline = await eventually(
      async () => (await operations.get(`/operations/v1/orders/${id}/timeline`)).body,
      ({ entries }) => entries.some(({ what }: any) => what.includes('goods issue')),
    );
    const told = timeline.entries.map(({ what }: any) => what);
    expect(told).toContain(`line 1: ${citrus.shipped.value} of CANDLE-CITRUS instead of ${citrus.shipped.value} of CANDLE-AMBER`); // prettier-ignore
    const effects = async (): Promise<string[]> => {
      const shipments = shipped.shipments.map(({ id: shipment }: any) => operations.get(`/operations/v1/shipments/${shipment}`)); // prettier-ignore
      return (await Promise.all<any>(shipments)).flatMap(({ body }) =>
        body.effects.filter(({ name }: any) => name.startsWith('ERP')).map(({ state }: any) => state),
      );
    };
    await eventually(effects, (states) => states.length > 0 && states.every((state) => state === 'DONE'));
  });

  it('without consent: the same shortage waits', async () => {
    const { id } = await place('NO-CONSENT', '600');
    const waiting = await eventually(
      () => order(id),
      ({ lines }) => lines[0].backordered.value !== '0',
    );
    expect(waiting.lines).toHaveLength(1);
    expect(waiting.lines[0].substituted.value).toBe('0');
  });
});
