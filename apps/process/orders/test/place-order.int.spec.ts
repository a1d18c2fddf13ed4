import { CUSTOMERS_PUT, MAPPING_ADDED } from '#contracts/events/reference';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import type { OrderView } from '#contracts/orders/orders.dto';
import { ordersHarness, request, type OrdersHarness } from './orders-harness';

describe('an order whose ship-to names nothing is parked whole, and goes on by itself', () => {
  let app: OrdersHarness;
  beforeAll(async () => {
    app = await ordersHarness();
    for (const sku of ['A', 'B']) {
      app.reference.add(sku);
      app.availability.stock('N', sku, '1000');
    }
    await app.messaging.start();
  });
  afterAll(() => app.close());

  const told = (type: string, data: object) =>
    app.publish({ type, source: 'process/reference', subject: 'x', partitionKey: 'x', data });
  const mapped = (external: string, system = 'harbour') =>
    told(MAPPING_ADDED, { system, codes: [{ kind: 'SHIP_TO', external }] });
  const get = async (id: string): Promise<OrderView> => {
    await app.messaging.drain();
    return app.orders.get({ partner: 'harbour', id });
  };
  const exceptions = async (order: string) =>
    (
      await app.db.database.query<{ type: string; data: Record<string, unknown> }>(
        `select type, envelope->'data' as data from messaging.outbox
          where type in ($1, $2) and envelope->'data'->>'key' like '%' || $3 || '%' order by id`,
        [EXCEPTION_OPENED, EXCEPTION_CLEARED, order],
      )
    ).rows;

  it('nothing is asked of anybody; the exception says what was sent and what is near; the mapping lets it go', async () => {
    const { order } = await app.orders.accept(request('PO-PLACE', { A: '2', B: '3' }, { shipTo: 'BRISTL' }));
    expect(order).toMatchObject({ status: 'ON_HOLD', shipTo: 'BRISTL' });
    expect(order.holds).toMatchObject([{ code: 'SHIP_TO_UNKNOWN', owner: 'master-data', blocking: true }]);
    expect([order.customer, order.shipToAddress, order.total]).toEqual([undefined, undefined, undefined]);
    const waiting = await get(order.id);
    expect(waiting.lines.map(({ status }) => status)).toEqual(['NEW', 'NEW']);
    expect(app.erp.orders.has(order.id)).toBe(false);
    expect((await app.orders.commands({ partner: 'harbour', id: order.id })).commands).toEqual([]);
    const [opened] = await exceptions(order.id);
    expect(opened?.data).toMatchObject({ code: 'SHIP_TO_UNKNOWN', seen: 'BRISTL', expected: 'BRISTOL' });
    expect(opened?.data['suggestedAction']).toContain('kind SHIP_TO');

    const hold = waiting.holds[0]?.id ?? '';
    const by = { partner: 'harbour', id: order.id, hold, who: 'ann', why: 'let it go' };
    expect(await app.orders.releaseHold(by)).toMatchObject({ status: 'ON_HOLD' });
    await mapped('BRISTL', 'somebody-else');
    expect(await get(order.id)).toMatchObject({ status: 'ON_HOLD' });

    app.reference.shipTos.add('BRISTL');
    await mapped('BRISTL');
    const after = await get(order.id);
    expect(after).toMatchObject({
      ...{ status: 'RELEASED', customer: 'customer-of-harbour', shipTo: 'BRISTOL', holds: [], findings: [] },
      total: { amount: '10.00', currency: 'GBP' },
    });
    expect(app.erp.orders.get(order.id)?.lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['A', '2'],
      ['B', '3'],
    ]);
    expect((await exceptions(order.id)).at(-1)?.type).toBe(EXCEPTION_CLEARED);
    const { rows } = await app.db.database.query('select * from orders.unplaced_order where order_id = $1', [order.id]);
    expect(rows).toEqual([]);
  });

  it('the same purchase order again is the same order, before and after', async () => {
    const sent = request('PO-PLACE-TWICE', { A: '1' }, { shipTo: 'LATER' });
    const { order } = await app.orders.accept(sent);
    expect(await app.orders.accept(sent)).toMatchObject({ outcome: 'replayed', order: { id: order.id } });
    app.reference.shipTos.add('LATER');
    await told(CUSTOMERS_PUT, { shipTos: [{ partner: 'harbour', id: 'LATER' }] });
    expect(await get(order.id)).toMatchObject({ status: 'RELEASED' });
    expect(await app.orders.accept(sent)).toMatchObject({ outcome: 'replayed', order: { id: order.id } });
  });

  it('what was cancelled while it waited stays cancelled, in base units; a line that still means nothing waits on', async () => {
    const sent = request('PO-PLACE-PACK', { A: '4', ODD: '1' }, { shipTo: 'DOCK-7' });
    sent.lines[0] = { line: 1, item: 'A', quantity: { value: '4', unit: 'XCS' } };
    const { order } = await app.orders.accept(sent);
    await app.orders.cancel({ partner: 'harbour', id: order.id, key: 'one', lines: [{ line: 1, quantity: '1' }] });
    app.reference.shipTos.add('DOCK-7');
    await mapped('DOCK-7');
    const after = await get(order.id);
    expect(after.lines).toMatchObject([
      { ordered: '48', cancelled: '12', open: '36', unit: 'XCS', status: 'RELEASED' },
      { item: 'ODD', status: 'HELD' },
    ]);
    expect(after.holds.map(({ code, line }) => [code, line])).toEqual([['ITEM_UNKNOWN', 2]]);
  });

  it('checks of the whole order are made when the place is known: credit that somebody else has is not given twice', async () => {
    app.reference.credit.set('harbour', { limit: { amount: '10.00', currency: 'GBP' } });
    const { order } = await app.orders.accept(request('PO-PLACE-CREDIT', { A: '100' }, { shipTo: 'DOCK-8' }));
    expect(order.holds.map(({ code }) => code)).toEqual(['SHIP_TO_UNKNOWN']);
    app.reference.shipTos.add('DOCK-8');
    await mapped('DOCK-8');
    expect((await get(order.id)).holds.map(({ code }) => code)).toEqual(['CREDIT_EXCEEDED']);
    app.reference.credit.clear();
  });

  it('a change to a place that is known lets it go; one that was cancelled stays so', async () => {
    const { order } = await app.orders.accept(request('PO-PLACE-CHANGE', { A: '1' }, { shipTo: 'TYPO' }));
    await app.orders.change({ partner: 'harbour', id: order.id, key: 'c', shipTo: 'BRISTOL' });
    expect(await get(order.id)).toMatchObject({
      status: 'RELEASED',
      shipTo: 'BRISTOL',
      customer: 'customer-of-harbour',
    });
    const { order: gone } = await app.orders.accept(request('PO-PLACE-GONE', { A: '1' }, { shipTo: 'DOCK-9' }));
    await app.orders.cancel({ partner: 'harbour', id: gone.id, key: 'all' });
    app.reference.shipTos.add('DOCK-9');
    await mapped('DOCK-9');
    expect(await get(gone.id)).toMatchObject({ status: 'CANCELLED', holds: [] });
    expect(app.erp.orders.has(gone.id)).toBe(false);
  });

  it('a partner that rather hears a refusal has one', async () => {
    await app.validation.putOrderPolicies({ policies: [{ partner: 'brisk', missingMapping: 'REJECT' }] });
    const sent = { ...request('PO-PLACE-NO', { A: '1' }, { shipTo: 'TYPO' }), partner: 'brisk' };
    await expect(app.orders.accept(sent)).rejects.toMatchObject({
      code: 'ORDER_INVALID',
      findings: [expect.objectContaining({ code: 'SHIP_TO_UNKNOWN', seen: 'TYPO', expected: 'BRISTOL' })],
    });
  });
});
