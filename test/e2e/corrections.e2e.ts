import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

/** The whole product with its simulated backends: what a warehouse takes back reaches everybody, and nothing is posted twice. */
describe('shipments that are corrected, over HTTP alone', () => {
  let crossdock: Running;
  let portal: Client;
  let operations: Client;
  let sandbox: Client;
  let sequence = 0;

  beforeAll(async () => {
    crossdock = await Running.start({ split });
    const { url, sandboxUrl, keys } = crossdock.demo;
    portal = new Client(url, keys.portal);
    operations = new Client(url, keys.operations);
    sandbox = new Client(sandboxUrl, undefined);
  });
  afterAll(() => crossdock.stop());

  const order = async (quantity: string, item = 'MUG-BLUE'): Promise<string> => {
    sequence += 1;
    const answer = await portal.post('/portal/v1/orders', {
      purchaseOrder: `CORRECTED-${process.pid}-${sequence}`,
      shipTo: crossdock.demo.sample.shipTo,
      lines: [{ line: 1, item, quantity: { value: quantity, unit: 'EA' } }],
    });
    expect(answer.status).toBe(201);
    return answer.body.id as string;
  };
  const states = (shipment: any): Record<string, string> =>
    Object.fromEntries(shipment.effects.map((each: any) => [`${each.name}@${each.revision}`, each.state]));
  const settled = (id: string): Promise<any> =>
    eventually(
      async () => (await operations.get(`/operations/v1/shipments?order=${id}`)).body.shipments?.[0],
      (shipment) => shipment !== undefined && !Object.values(states(shipment)).includes('PENDING'),
    );
  const counts = async (path: string, externalId: string): Promise<any> =>
    (await sandbox.get(`/sandbox/${path}/_counts?${path.startsWith('carrier') ? 'externalShipmentId' : 'externalId'}=${encodeURIComponent(externalId)}`)).body; // prettier-ignore

  it('12 that were 10: two are credited and come back, the order has two open again and ships them anew', async () => {
    const id = await order('12');
    const shipment = await settled(id);
    expect(Object.values(states(shipment))).not.toContain('FAILED');
    const { node, shippedAt } = shipment.content;
    const body = { revision: 2, reason: 'counted again', node, shippedAt, lines: [{ line: 1, item: 'MUG-BLUE', quantity: '10' }] }; // prettier-ignore
    const path = `/operations/v1/shipments/${encodeURIComponent(shipment.id)}`;
    expect((await operations.post(`${path}/corrections`, body)).body).toMatchObject({ outcome: 'corrected' });
    expect((await operations.post(`${path}/corrections`, body)).body).toMatchObject({ outcome: 'replayed' });
    const corrected = await eventually(
      async () => (await operations.get(path)).body,
      (view) => states(view)['CREDIT_MEMO@2'] === 'DONE' && states(view)['GOODS_ISSUE@2'] === 'DONE',
    );
    expect(states(corrected)).toMatchObject({ 'ERP_REVERSAL@2': 'DONE', 'ASN@2': 'DONE' });
    expect(await counts('erp/main', shipment.id)).toMatchObject({ deliveries: 1, invoices: 1 });
    expect(await counts('erp/main', `${shipment.id}@2`)).toMatchObject({ deliveryReversals: 1, creditMemos: 1 });
    await eventually(
      async () => (await portal.get(`/portal/v1/orders/${id}`)).body,
      (view) => view.status === 'SHIPPED' && view.shipments.length === 2,
    );
    const known = await operations.post(`${path}/corrections`, { ...body, revision: 4 });
    expect([known.status, known.body.code]).toEqual([409, 'SHIPMENT_REVISION_CONFLICT']);
  });

  it('§11.6: the carrier times out after the label was bought: the retry finds it, one label', async () => {
    await sandbox.put('/sandbox/carrier/main/_faults', {
      rules: [{ operation: 'createLabel', mode: '504-after-commit', times: 1 }],
    });
    const shipment = await settled(await order('3'));
    expect(states(shipment)).toMatchObject({ 'LABEL@1': 'DONE', 'FREIGHT_ACCRUAL@1': 'DONE' });
    expect(await counts('carrier/main', shipment.id)).toMatchObject({ labels: 1, live: 1 });
  });

  it('in a closed period a shipment is posted under the next open day', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await sandbox.put('/sandbox/erp/main/_seed', { closedThrough: today });
    const id = await order('2');
    const waiting = await eventually(
      async () => (await operations.get(`/operations/v1/shipments?order=${id}`)).body.shipments?.[0],
      (shipment) => JSON.stringify(shipment?.effects ?? '').includes('PERIOD_CLOSED'),
    );
    const key = encodeURIComponent(waiting.id);
    const { body } = await operations.get(`/operations/v1/connections/erp/postings?businessKey=${key}`);
    expect(body.postings).toContainEqual(expect.objectContaining({ kind: 'delivery', state: 'OPEN' }));
    await sandbox.put('/sandbox/erp/main/_seed', { closedThrough: yesterday });
  });

  it('the ledger and the books of the ERP are equal, one by one', async () => {
    for (const kind of ['sales-order', 'delivery', 'invoice', 'delivery-reversal', 'credit-memo', 'freight-accrual']) {
      const { body } = await operations.post('/operations/v1/erp-books/erp-main/reconcile', { kind });
      expect([kind, body.differences, body.found]).toEqual([kind, [], body.posted]);
      expect(body.posted).toBeGreaterThan(0);
    }
    expect((await operations.get('/operations/v1/invariants')).body.breaches).toEqual([]);
  });
});
