import { ITEMS_PUT, MAPPING_ADDED } from '#contracts/events/reference';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import { ordersHarness, request, type OrdersHarness } from './orders-harness';

describe('a line whose codes mean nothing is parked, and goes on by itself', () => {
  let app: OrdersHarness;
  beforeAll(async () => {
    app = await ordersHarness();
    app.reference.add('A');
    for (const sku of ['A', 'NEW', 'LATE']) app.availability.stock('N', sku, '100');
    await app.messaging.start();
  });
  afterAll(() => app.close());

  const told = (type: string, data: object) =>
    app.publish({ type, source: 'process/reference', subject: 'x', partitionKey: 'x', data });
  const exceptions = async (order: string): Promise<[string, string][]> =>
    (
      await app.db.database.query<{ type: string; key: string }>(
        `select type, envelope->'data'->>'key' as key from messaging.outbox
          where type in ($1, $2) and envelope->'data'->>'key' like '%' || $3 || '%' order by id`,
        [EXCEPTION_OPENED, EXCEPTION_CLEARED, order],
      )
    ).rows.map(({ type, key }) => [type.split('.')[2] ?? '', key.split('/')[1] ?? '']);

  it('the other line ships; the parked one is held with what was looked up, resumes when the code is told, and ships', async () => {
    const { order } = await app.orders.accept(request('PO-PARK', { A: '2', NEW: '3' }));
    expect(order.lines.map(({ status }) => status)).toEqual(['NEW', 'HELD']);
    expect(order.findings).toMatchObject([
      { check: 'ITEM', code: 'ITEM_UNKNOWN', severity: 'HOLD', line: 2, seen: 'NEW' },
    ]);
    expect(order.holds).toMatchObject([{ code: 'ITEM_UNKNOWN', owner: 'master-data', line: 2, blocking: true }]);
    await app.messaging.drain();
    const waiting = await app.orders.get({ partner: 'harbour', id: order.id });
    expect(waiting.lines.map(({ status }) => status)).toEqual(['RELEASED', 'HELD']);
    expect(waiting.total).toBeUndefined();
    expect(app.erp.orders.has(order.id)).toBe(false);

    const hold = waiting.holds[0]?.id ?? '';
    const by = { partner: 'harbour', id: order.id, hold, who: 'ann', why: 'let it go' };
    expect((await app.orders.releaseHold(by)).lines[1]).toMatchObject({ status: 'HELD' });

    app.reference.add('NEW');
    await told(MAPPING_ADDED, { system: 'harbour', codes: [{ kind: 'ITEM', external: 'NEW' }] });
    await app.messaging.drain();
    const after = await app.orders.get({ partner: 'harbour', id: order.id });
    expect(after).toMatchObject({ holds: [], findings: [], total: { amount: '10.00', currency: 'GBP' } });
    expect(after.lines.map(({ status, item, ordered }) => [status, item, ordered])).toEqual([
      ['RELEASED', 'A', '2'],
      ['RELEASED', 'NEW', '3'],
    ]);
    expect(app.erp.orders.get(order.id)?.lines.map(({ item, quantity }) => [item, quantity])).toEqual([
      ['A', '2'],
      ['NEW', '3'],
    ]);
    const seen = await exceptions(order.id);
    expect(seen.at(0)).toEqual(['opened', 'ITEM_UNKNOWN']);
    expect(seen.at(-1)).toEqual(['cleared', 'ITEM_UNKNOWN']);
    const { rows } = await app.db.database.query('select * from orders.parked_line where order_id = $1', [order.id]);
    expect(rows).toEqual([]);
  });

  it('what was cancelled while it was parked stays cancelled, in base units; the unit comes to mean something with the item', async () => {
    const sent = request('PO-PACK', { LATE: '4' });
    sent.lines[0] = { line: 1, item: 'LATE', quantity: { value: '4', unit: 'XCS' } };
    const { order } = await app.orders.accept(sent);
    const lines = [{ line: 1, quantity: '1' }];
    await app.orders.cancel({ partner: 'harbour', id: order.id, key: 'one', lines });
    app.reference.add('LATE', { packs: [{ unit: 'XCS', baseQuantity: '6' }] });
    await told(ITEMS_PUT, { ids: ['LATE'] });
    await app.messaging.drain();
    const after = await app.orders.get({ partner: 'harbour', id: order.id });
    expect(after.lines).toMatchObject([{ ordered: '24', cancelled: '6', open: '18', unit: 'XCS', status: 'RELEASED' }]);
  });

  it('a code that still means nothing keeps its line parked; a line that resolves into another fault is held for that', async () => {
    const sent = request('PO-NEXT', { ODD: '1' });
    sent.lines[0] = { line: 1, item: 'ODD', quantity: { value: '1', unit: 'BARREL' } };
    const { order } = await app.orders.accept(sent);
    app.reference.add('ODD', { status: 'DISCONTINUED' });
    await told(ITEMS_PUT, { ids: ['ODD'] });
    await app.messaging.drain();
    const still = await app.orders.get({ partner: 'harbour', id: order.id });
    expect(still.holds.map(({ code }) => code)).toEqual(['UNIT_UNKNOWN']);
    app.reference.add('ODD', { status: 'DISCONTINUED', packs: [{ unit: 'BARREL', baseQuantity: '2' }] });
    await told(ITEMS_PUT, { ids: ['ODD'] });
    await app.messaging.drain();
    const after = await app.orders.get({ partner: 'harbour', id: order.id });
    expect(after.holds.map(({ code }) => code)).toEqual(['ITEM_DISCONTINUED']);
    expect(after.lines).toMatchObject([{ item: 'ODD', ordered: '2', status: 'HELD' }]);
  });

  it('a code that was put between the look-up and the record is found without being told again', async () => {
    app.reference.add('RACE');
    const { order } = await app.orders.accept(request('PO-RACE', { RACE: '1' }));
    expect(order.holds).toEqual([]);
    const snapshot = app.reference.orderSnapshot.bind(app.reference);
    app.reference.orderSnapshot = async (query) => {
      app.reference.orderSnapshot = snapshot;
      const before = await snapshot(query);
      app.reference.add('RACED');
      return before;
    };
    const { order: raced } = await app.orders.accept(request('PO-RACED', { RACED: '1' }));
    expect(raced.holds.map(({ code }) => code)).toEqual(['ITEM_UNKNOWN']);
    await app.messaging.drain();
    expect((await app.orders.get({ partner: 'harbour', id: raced.id })).holds).toEqual([]);
  });
});
