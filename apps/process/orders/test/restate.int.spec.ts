import { EXCEPTION_OPENED } from '#contracts/events/exceptions';
import type { AcceptOrderRequest } from '#contracts/orders/orders.dto';
import { fulfilmentProgressed, ordersHarness, request, type OrdersHarness } from './orders-harness';

describe('a purchase order that is said anew', () => {
  let app: OrdersHarness;
  beforeAll(async () => {
    app = await ordersHarness();
    for (const sku of ['A', 'B', 'C']) app.reference.add(sku);
    for (const sku of ['A', 'B', 'C']) app.availability.stock('N', sku, '100000');
    await app.messaging.start();
  });
  afterAll(() => app.close());
  afterEach(async () => expect((await app.orders.checkInvariants()).breaches).toEqual([]));

  const send = (purchaseOrder: string, lines: Record<string, string>, more: Partial<AcceptOrderRequest> = {}) =>
    app.orders.accept(request(purchaseOrder, lines, more));
  const replace = (purchaseOrder: string, lines: Record<string, string>, more: Partial<AcceptOrderRequest> = {}) =>
    send(purchaseOrder, lines, { purpose: 'REPLACE', ...more });
  /** What is wanted by now, over the order and all that follow it: item → quantity. */
  const wanted = async (purchaseOrder: string): Promise<Record<string, number>> => {
    await app.messaging.drain();
    const { orders } = await app.orders.list({ partner: 'harbour', purchaseOrder });
    const sums: Record<string, number> = {};
    for (const { item, ordered, cancelled } of orders.flatMap(({ lines }) => lines))
      sums[item] = (sums[item] ?? 0) + Number(ordered) - Number(cancelled);
    return Object.fromEntries(Object.entries(sums).filter(([, quantity]) => quantity > 0));
  };

  it('REPLACE: the difference is what changes; what is left out is dropped, what is new follows', async () => {
    const { order } = await send('R-1', { A: '10', B: '4' });
    const lines = [
      { line: 1, item: 'A', quantity: { value: '1', unit: 'XCS' } },
      { line: 3, item: 'C', quantity: { value: '5', unit: 'EA' } },
    ];
    const replaced = await replace('R-1', {}, { lines });
    expect(replaced).toMatchObject({ outcome: 'changed', order: { id: order.id } });
    expect(await wanted('R-1')).toEqual({ A: 12, C: 5 });
    expect(await replace('R-1', {}, { lines })).toMatchObject({ outcome: 'replayed', order: { id: order.id } });
    await replace('R-1', { A: '11' }, { requestedDate: '2099-03-09' });
    expect(await wanted('R-1')).toEqual({ A: 11 });
    expect(await app.orders.get({ partner: 'harbour', id: order.id })).toMatchObject({ requestedDate: '2099-03-09' });
  });

  it('CHANGE: the lines that are named, and no other', async () => {
    await send('R-2', { A: '10', B: '4' });
    await send('R-2', { A: '7' }, { purpose: 'CHANGE' });
    expect(await wanted('R-2')).toEqual({ A: 7, B: 4 });
  });

  it('one that a later has overtaken is refused, by its sequence or by what it says', async () => {
    const { order } = await send('R-3', { A: '10' });
    await replace('R-3', { A: '8' }, { changeSequence: 2 });
    const details = { order: order.id };
    await expect(replace('R-3', { A: '9' }, { changeSequence: 1 })).rejects.toMatchObject({ code: 'CHANGE_STALE', details }); // prettier-ignore
    await expect(replace('R-3', { A: '9' }, { changeSequence: 2 })).rejects.toMatchObject({ code: 'CHANGE_CONFLICT', details }); // prettier-ignore
    expect(await replace('R-3', { A: '8' }, { changeSequence: 2 })).toMatchObject({ outcome: 'replayed' });
    await send('R-4', { A: '10' });
    await replace('R-4', { A: '8' });
    await replace('R-4', { A: '6' });
    await expect(replace('R-4', { A: '8' })).rejects.toMatchObject({ code: 'CHANGE_STALE' });
    await replace('R-4', { A: '8' }, { changeSequence: 3 });
    expect([await wanted('R-3'), await wanted('R-4')]).toEqual([{ A: 8 }, { A: 8 }]);
  });

  it('too late once a node has picked: nothing is changed, the refusal is kept and somebody is told', async () => {
    const { order } = await send('R-5', { A: '10', B: '4' });
    await app.messaging.drain();
    const [f1] = (await app.orders.get({ partner: 'harbour', id: order.id })).fulfilments;
    const lines = app.wms.fulfilments.get(f1?.id ?? '')?.lines ?? [];
    await app.publish(fulfilmentProgressed(f1?.id ?? '', 'PICKED', lines));
    await app.messaging.drain();
    const late = { code: 'CHANGE_TOO_LATE', details: { order: order.id } };
    await expect(replace('R-5', { A: '3', B: '9' })).rejects.toMatchObject(late);
    expect(await wanted('R-5')).toEqual({ A: 10, B: 4 });
    const [kept, ...others] = (await app.validation.refusedOrders({ purchaseOrder: 'R-5' })).orders;
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      code: 'CHANGE_TOO_LATE',
      purpose: 'REPLACE',
      times: 1,
      content: { purchaseOrder: 'R-5' },
    });
    const { rows } = await app.db.database.query<{ code: string }>(
      `select envelope->'data'->>'code' as code from messaging.outbox where envelope->'data'->>'order' = $1 and type = $2`,
      [order.id, EXCEPTION_OPENED],
    );
    expect(rows).toEqual([{ code: 'CHANGE_TOO_LATE' }]);
  });

  it.each<[string, Partial<AcceptOrderRequest>, string]>([
    [
      'another item on a line',
      { lines: [{ line: 1, item: 'B', quantity: { value: '1', unit: 'EA' } }] },
      'LINE_ITEM_CHANGED',
    ],
    [
      'a unit that the item does not have',
      { lines: [{ line: 1, item: 'A', quantity: { value: '1', unit: 'XPX' } }] },
      'UNIT_UNKNOWN',
    ],
    [
      'another price',
      {
        lines: [
          { line: 1, item: 'A', quantity: { value: '1', unit: 'EA' }, unitPrice: { amount: '1', currency: 'GBP' } },
        ],
      },
      'PRICE_CHANGED',
    ],
    ['another policy', { shipComplete: true }, 'CHANGE_NOT_POSSIBLE'],
    ['a place that is not there', { shipTo: 'NOWHERE' }, 'SHIP_TO_UNKNOWN'],
  ])('%s is refused by its own name', async (name, more, code) => {
    await send(`R-BAD-${name}`, { A: '10' });
    await expect(replace(`R-BAD-${name}`, { A: '9' }, more)).rejects.toMatchObject({
      code: 'CHANGE_INVALID',
      findings: [{ code }],
    });
  });

  it('of a purchase order that nobody knows is refused and kept; the same again is counted', async () => {
    for (let times = 0; times < 2; times += 1)
      await expect(replace('R-NONE', { A: '1' })).rejects.toMatchObject({ code: 'PURCHASE_ORDER_UNKNOWN' });
    expect((await app.validation.refusedOrders({ partner: 'harbour', purchaseOrder: 'R-NONE' })).orders).toMatchObject([
      { code: 'PURCHASE_ORDER_UNKNOWN', times: 2 },
    ]);
  });
});
