import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

describe(`an item code that names nothing yet (${split ? 'every app its own process' : 'all in one'})`, () => {
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

  it('parks its line, an exception says why, and when somebody maps the code the order ends by itself', async () => {
    const { partner, sample } = crossdock.demo;
    const code = `E2E-CODE-${process.pid}`;
    const body = {
      purchaseOrder: `E2E-UNKNOWN-${process.pid}`,
      shipTo: sample.shipTo,
      lines: [sample.item, code].map((item, index) => ({
        line: index + 1,
        item,
        quantity: { value: '3', unit: 'EA' },
      })),
    };

    const checked = await portal.post('/portal/v1/orders/validate', body);
    expect(checked.status).toBe(200);
    expect(checked.body).toMatchObject({ verdict: 'ACCEPT', lines: [{ verdict: 'ACCEPT' }, { verdict: 'PARK' }] });

    const accepted = await portal.post('/portal/v1/orders', body);
    expect(accepted.status).toBe(201);
    const { id } = accepted.body;
    const order = async (): Promise<any> => (await portal.get(`/portal/v1/orders/${id}`)).body;
    await eventually(order, ({ lines }) => lines[0].shipped.value === '3' && lines[1].status === 'HELD');

    const exceptions = async (state: string): Promise<any[]> =>
      (await operations.get(`/operations/v1/exceptions?order=${id}&code=ITEM_UNKNOWN&state=${state}`)).body.exceptions;
    const [told, ...more] = await eventually(
      () => exceptions('OPEN'),
      (found) => found.length > 0,
    );
    expect(more).toEqual([]);
    expect(told).toMatchObject({ order: id, partner, line: 2, seen: code, state: 'OPEN', occurrences: 1 });
    expect(told.suggestedAction).toContain('PUT /operations/v1/mappings');

    const mapped = await operations.put('/operations/v1/mappings', {
      mappings: [{ kind: 'ITEM', system: partner, external: code, internal: sample.item, validFrom: '2026-01-01' }],
    });
    expect(mapped.body).toMatchObject({ created: 1, rejected: 0 });
    const ended = await eventually(order, ({ status }) => status === 'SHIPPED');
    expect(ended.lines[1]).toMatchObject({ item: sample.item, shipped: { value: '3', unit: 'EA' } });
    const [resolved] = await eventually(
      () => exceptions('RESOLVED'),
      (found) => found.length > 0,
    );
    expect(resolved).toMatchObject({ key: told.key, resolution: { how: 'CAUSE_GONE' } });
  });
});
