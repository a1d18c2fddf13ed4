import {
  GOODS_ISSUED,
  ORDER_CHANGED,
  ORDER_ERP_CREATED,
  ORDER_RELEASED,
  SHIPMENT_CONFIRMED,
  WMS_FULFILMENT_PROGRESSED,
  WMS_SHIPMENT_CORRECTED,
  WMS_SHIPMENT_VOIDED,
  WMS_SHIPPED,
} from '#contracts/events/catalogue';
import { SHIPMENT_CORRECTED } from '#contracts/events/shipments';
import { exceptionCleared, exceptionOpened } from '#contracts/events/exceptions';
import { OutboundArchive, purgeArchive } from '#messaging/archive';
import { exceptionsHarness } from '../test/harness';

describe('the evidence of an order', () => {
  const order = 'ord_t1';
  const lines = [{ line: 1, item: 'MUG', quantity: '2', reservation: order }];
  let app: Awaited<ReturnType<typeof exceptionsHarness>>;
  let message = '';
  const event = (type: string, data: object, at: number, more: object = {}) => ({
    ...{ type, source: 'test', subject: 's', partitionKey: type, data, correlationId: 'corr-t1' },
    ...{ time: new Date(Date.UTC(2026, 10, 20, 10, at)).toISOString(), ...more },
  });
  beforeAll(async () => {
    app = await exceptionsHarness(async () => undefined);
    const body = '{"events":[{"shipTo":{"name":"Ada Canary","street":"1 Quay"}}]}';
    ({ id: message } = await app.database.transaction((tx) =>
      app.inbox.receive(tx, { source: 'wms/wms-north', messageId: 'm1', contentType: 'application/json', body }),
    ));
    const archive = new OutboundArchive(app.database);
    const call = { connection: 'erp-main', correlationId: 'corr-t1', milliseconds: 7, secrets: ['s3cr3t-token'] };
    await Promise.all([
      archive.record({ ...call, operation: 'POST /orders', request: '{"token":"s3cr3t-token","lines":[1]}', status: 201, answer: '{"number":"SO-1"}' }),
      archive.record({ ...call, operation: 'GET /orders', request: '', answer: '', error: 'did not answer in time' }),
    ]); // prettier-ignore
    // What the warehouse says comes before what tells whose it is.
    await app.publish(event(WMS_SHIPPED, { fulfilmentOrder: `${order}-F1`, shipmentId: 'S1', lines, packages: [] }, 5, { causationId: message, correlationId: 'corr-wms' })); // prettier-ignore
    await app.publish(event(GOODS_ISSUED, { shipment: 'wms-north:S1' }, 7));
    await app.publish(
      event(ORDER_CHANGED, { order, status: 'ACCEPTED', version: 1, purchaseOrder: 'PO-1' }, 0),
      event(ORDER_RELEASED, { order, fulfilmentOrder: `${order}-F1`, node: 'N', lines }, 1),
      event(ORDER_ERP_CREATED, { order, erpConnection: 'erp-main', documentNumber: 'SO-1' }, 2),
      event(SHIPMENT_CONFIRMED, { order, shipment: 'wms-north:S1', node: 'N', lines }, 6),
      event(ORDER_CHANGED, { order: 'ord_other', status: 'ACCEPTED', version: 1, purchaseOrder: 'PO-2' }, 3),
    );
    const trouble = { domain: 'orders', code: 'BACKEND_REFUSED', object: { type: 'order', id: order } };
    await app.publish(
      exceptionOpened('process/orders', { ...trouble, tier: 'BUSINESS', order, cause: 'blocked', suggestedAction: 'Mend it' }),
      exceptionCleared('process/orders', trouble, 'unblocked'),
    ); // prettier-ignore
  });
  afterAll(() => app.close());

  it('is one line by time, also of what came before it was known whose it is, each with its raw message', async () => {
    const { entries } = await app.evidence.timeline({ order });
    const facts = entries.filter(({ kind }) => kind !== 'CALL' && kind !== 'EXCEPTION');
    expect(facts.map(({ kind, what }) => [kind, what])).toEqual([
      ['ORDER', 'purchase order PO-1 accepted: ACCEPTED'],
      ['WAREHOUSE', 'ord_t1-F1 is for N: 1 line, 2'],
      ['ERP', 'sales order SO-1 in erp-main'],
      ['WAREHOUSE', 'the pick of ord_t1-F1 was not told: its departure implies it'],
      ['WAREHOUSE', 'the warehouse says that S1 has left: 1 line, 2, 0 packages'],
      ['SHIPMENT', 'shipment wms-north:S1 has left N: 1 line, 2'],
      ['POSTING', 'goods issue of wms-north:S1 is in the stock ledger'],
    ]);
    expect(facts.map(({ implied }) => implied === true)).toEqual([false, false, false, true, false, false, false]);
    expect(facts[4]).toMatchObject({ message, correlationId: 'corr-wms' });
    expect(entries.filter(({ kind }) => kind === 'EXCEPTION').map(({ what }) => what)).toEqual(['BACKEND_REFUSED: blocked', 'BACKEND_REFUSED is over: unblocked']); // prettier-ignore
    expect(entries.filter(({ kind }) => kind === 'CALL').map(({ what }) => what).sort()).toEqual(['GET /orders: no answer', 'POST /orders: answered 201']); // prettier-ignore
    await expect(app.evidence.timeline({ order: 'ord_none' })).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  it('a pick that is told late is no longer implied', async () => {
    const picked = { fulfilmentOrder: `${order}-F1`, status: 'PICKED', lines };
    await app.publish(event(WMS_FULFILMENT_PROGRESSED, picked, 4));
    const { entries } = await app.evidence.timeline({ order });
    expect(entries.filter(({ implied }) => implied)).toEqual([]);
    expect(entries.map(({ what }) => what)).toContain('ord_t1-F1 is PICKED: 1 line, 2');
  });

  it('a correction and what the warehouse said of it stand in the timeline', async () => {
    const said = { fulfilmentOrder: `${order}-F1`, shipmentId: 'S1', revision: 2, reason: 'counted again' };
    const left = [{ line: 1, before: '2', quantity: '1' }];
    await app.publish(
      event(WMS_SHIPMENT_CORRECTED, { ...said, lines: [{ line: 1, item: 'MUG', quantity: '1' }] }, 8),
      event(SHIPMENT_CORRECTED, { order, shipment: 'wms-north:S1', revision: 2, voided: false, reason: 'counted again', lines: left }, 9), // prettier-ignore
      event(WMS_SHIPMENT_VOIDED, { ...said, revision: 3, reason: 'came back' }, 10),
    );
    const { entries } = await app.evidence.timeline({ order });
    expect(entries.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'the warehouse says version 2 of S1: 1 line, 1: counted again',
        'shipment wms-north:S1 was corrected by version 2: line 1: 2 are 1: counted again',
        'the warehouse says version 3 of S1: nothing has left: came back',
      ]),
    );
  });

  it('leads to every message in and out, by order, correlation and connection, page by page', async () => {
    const names = async (query: object) => (await app.evidence.messages(query)).messages.map(({ name }) => name).sort();
    expect(await names({ order })).toEqual(['GET /orders', 'POST /orders', 'm1']);
    expect(await names({ order, connection: 'wms-north' })).toEqual(['m1']);
    expect(await names({ correlationId: 'corr-t1' })).toEqual(['GET /orders', 'POST /orders']);
    const first = await app.evidence.messages({ order, limit: 2 });
    const second = await app.evidence.messages({ order, limit: 2, cursor: first.next! });
    expect([...first.messages, ...second.messages].map(({ id }) => id)).toHaveLength(3);
    expect(second.next).toBeUndefined();
    await expect(app.evidence.messages({ cursor: first.next! })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('shows payloads without credentials and without who lives where', async () => {
    const { messages } = await app.evidence.messages({ order });
    const posted = await app.evidence.message({ id: messages.find(({ name }) => name === 'POST /orders')!.id });
    expect(posted).toMatchObject({ direction: 'OUT', status: 201, request: '{"token":"***","lines":[1]}', answer: '{"number":"SO-1"}', milliseconds: 7 }); // prettier-ignore
    const came = await app.evidence.message({ id: message });
    expect(came.request).toBe('{"events":[{"shipTo":{"name":"***","street":"***"}}]}');
    await expect(app.evidence.message({ id: 'none' })).rejects.toMatchObject({ code: 'MESSAGE_UNKNOWN' });
  });

  it('lets payloads go after their days; a message that came is recognised for ever', async () => {
    await app.database.query(`update messaging.inbound set received_at = now() - interval '91 days'`);
    await app.database.query(`update messaging.outbound set at = now() - interval '91 days'`);
    expect(await purgeArchive(app.database, 90, 100)).toBe(3);
    expect(await purgeArchive(app.database, 90, 100)).toBe(0);
    expect(await app.evidence.message({ id: message })).toMatchObject({ request: '', purged: true });
    const body = '{"events":[{"shipTo":{"name":"Ada Canary","street":"1 Quay"}}]}';
    const again = await app.database.transaction((tx) =>
      app.inbox.receive(tx, { source: 'wms/wms-north', messageId: 'm1', contentType: 'application/json', body }),
    );
    expect(again).toEqual({ id: message, outcome: 'duplicate' });
  });
});
