import { EXCEPTION_RETRY_ASKED } from '#contracts/events/exceptions';
import {
  fulfilmentProgressed,
  ordersHarness,
  request,
  shipmentConfirmed,
  stockAllocated,
  type OrdersHarness,
} from '../test/orders-harness';

describe('orders', () => {
  let app: OrdersHarness;
  beforeAll(async () => {
    app = await ordersHarness();
    for (const sku of ['A', 'B', 'SCARCE']) app.reference.add(sku);
    app.availability.stock('N', 'A', '100000');
    app.availability.stock('N', 'B', '100000');
    await app.messaging.start();
  });
  afterAll(() => app.close());
  afterEach(async () => {
    Object.assign(app.erp.weather, { down: false, lostAnswers: 0 });
    const { breaches } = await app.orders.checkInvariants();
    expect(breaches).toEqual([]);
  });

  const accepted = async (purchaseOrder: string, lines: Record<string, string>, more = {}) =>
    (await app.orders.accept(request(purchaseOrder, lines, more))).order;
  const read = (id: string) => app.orders.get({ partner: 'harbour', id });
  const settled = async (id: string) => {
    await app.messaging.drain();
    return read(id);
  };
  const until = async (id: string, done: (order: Awaited<ReturnType<typeof read>>) => boolean) => {
    for (let tries = 0; tries < 2_000; tries += 1) {
      const order = await read(id);
      if (done(order)) return order;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`${id} did not get there: ${JSON.stringify(await read(id))}`);
  };

  it('an order is reserved, posted, released, followed and shipped', async () => {
    const order = await accepted('PO-1', { A: '10', B: '2.5' });
    expect(order).toMatchObject({ status: 'ACCEPTED', version: 1, total: { amount: '25.00', currency: 'GBP' } });
    const released = await settled(order.id);
    expect(released).toMatchObject({
      status: 'RELEASED',
      erpDocument: `SO-${order.id}`,
      fulfilments: [{ node: 'N', status: 'REQUESTED' }],
    });
    const [f1] = released.fulfilments;
    const lines = app.wms.fulfilments.get(f1?.id ?? '')?.lines ?? [];
    await app.publish(
      fulfilmentProgressed(f1?.id ?? '', 'ACCEPTED'),
      fulfilmentProgressed(f1?.id ?? '', 'PICKED', lines),
      shipmentConfirmed(order.id, f1?.id ?? '', lines),
    );
    const shipped = await settled(order.id);
    expect(shipped).toMatchObject({ status: 'SHIPPED', shipments: [{ trackingNumbers: ['1Z'] }] });
    expect(shipped.lines.map((line) => [line.shipped, line.open, line.status])).toEqual([
      ['10', '0', 'SHIPPED'],
      ['2.5', '0', 'SHIPPED'],
    ]);
  });

  it('all faults of an order are named at once, and nothing is recorded', async () => {
    const wrong = request('PO-BAD', { A: '1', NO: '1' }, { shipTo: 'NOWHERE' });
    wrong.lines[0] = { line: 2, item: 'A', quantity: { value: '1', unit: 'DZN' } };
    await expect(app.orders.accept(wrong)).rejects.toMatchObject({
      code: 'ORDER_INVALID',
      kind: 'invalid',
      findings: [
        expect.objectContaining({ code: 'LINE_DUPLICATE', pointer: '/lines/1/line' }),
        expect.objectContaining({ code: 'SHIP_TO_UNKNOWN', pointer: '/shipTo' }),
        expect.objectContaining({ code: 'ITEM_UNKNOWN', pointer: '/lines/1/item' }),
        expect.objectContaining({ code: 'UNIT_UNKNOWN', pointer: '/lines/0/quantity/unit', expected: 'EA, XCS' }),
      ],
    });
    expect((await app.orders.list({ purchaseOrder: 'PO-BAD' })).orders).toEqual([]);
  });

  it('the same purchase order twenty times at once is one order, and everyone gets it', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        app.orders.accept(request(index % 2 ? 'po-same ' : 'PO-SAME', { A: '3' })),
      ),
    );
    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1);
    expect(answers.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    await app.messaging.drain();
    expect(
      [...app.erp.orders.values()].filter((each) => each.purchaseOrder.trim().toUpperCase() === 'PO-SAME'),
    ).toHaveLength(1);
  });

  it('the same purchase order with other content is refused and names the order; another release is another order', async () => {
    const { id } = await accepted('PO-2', { A: '1' });
    await expect(app.orders.accept(request('PO-2', { A: '2' }))).rejects.toMatchObject({
      code: 'PURCHASE_ORDER_CONFLICT',
      kind: 'conflict',
      details: { order: id },
    });
    expect((await accepted('PO-2', { A: '2' }, { release: '2' })).id).not.toBe(id);
    expect((await accepted('PO-2', { A: '2' }, { partner: 'other' })).id).not.toBe(id);
  });

  it('an order that was accepted is answered again, also when its item is no longer sold', async () => {
    app.reference.add('OLD');
    const order = await accepted('PO-OLD', { OLD: '1' });
    app.reference.add('OLD', { status: 'DISCONTINUED' });
    expect(await app.orders.accept(request('PO-OLD', { OLD: '1' }))).toMatchObject({
      outcome: 'replayed',
      order: { id: order.id },
    });
    const held = await accepted('PO-NEW', { OLD: '1' });
    expect(held).toMatchObject({ status: 'ON_HOLD', holds: [{ code: 'ITEM_DISCONTINUED' }] });
    expect(held.findings).toMatchObject([{ check: 'ITEM', severity: 'HOLD', line: 1, seen: 'OLD' }]);
  });

  it('an ERP that is down does not keep an order from being accepted and released; it is posted once when the ERP is back', async () => {
    app.erp.weather.down = true;
    const order = await accepted('PO-DOWN', { A: '1' });
    const released = await until(order.id, ({ status }) => status === 'RELEASED');
    expect(released.erpDocument).toBeUndefined();
    expect(await app.orders.summary()).toMatchObject({ unexplained: 0 });
    app.erp.weather.down = false;
    await until(order.id, ({ erpDocument }) => erpDocument !== undefined);
    expect([...app.erp.orders.keys()].filter((key) => key === order.id)).toHaveLength(1);
  });

  it('an answer that is lost after the ERP has committed leads to the same sales order', async () => {
    app.erp.weather.lostAnswers = 1;
    const order = await accepted('PO-LOST', { A: '1' });
    expect(await until(order.id, ({ erpDocument }) => erpDocument !== undefined)).toMatchObject({
      erpDocument: `SO-${order.id}`,
    });
    expect(app.erp.orders.get(order.id)?.lines).toEqual([expect.objectContaining({ quantity: '1' })]);
  });

  it('a command that runs again after its answer was recorded posts nothing and changes nothing', async () => {
    const { id } = await accepted('PO-AGAIN', { A: '1' });
    const { version } = await settled(id);
    const [erp, wms] = [app.erp.orders.get(id), app.wms.fulfilments.get(`${id}-F1`)];
    const again = (queue: string, kind: string, key: string, command: unknown) => ({
      queue,
      payload: { order: id, correlationId: 'c', command: { kind, key, request: command } },
    });
    await app.messaging.jobs.enqueue(app.db.database, [
      again('orders.erp', 'create-erp-order', 'create-erp-order', erp),
      again('orders.warehouse', 'release-to-node', `release:${id}-F1`, wms),
    ]);
    expect(await settled(id)).toMatchObject({ version, fulfilments: [{ id: `${id}-F1` }] });
  });

  it('an ERP that says no holds the order with its words; a retry goes on', async () => {
    app.erp.blocked.add('customer-of-harbour');
    const { id } = await accepted('PO-NO', { A: '1' });
    const held = await until(id, ({ holds }) => holds.length > 0);
    expect(held).toMatchObject({
      status: 'ON_HOLD',
      holds: [
        {
          code: 'BACKEND_REFUSED',
          detail: 'create-erp-order: BACKEND_REFUSED: customer customer-of-harbour is blocked',
        },
      ],
    });
    app.erp.blocked.clear();
    const reason = 'unblocked in the ERP';
    expect(await app.orders.retryHolds({ partner: 'harbour', id, reason })).toMatchObject({ holds: [] });
    const released = await until(id, ({ erpDocument }) => erpDocument !== undefined);
    expect(released).toMatchObject({ status: 'RELEASED', holds: [] });
    expect(await app.orders.retryHolds({ partner: 'harbour', id, reason })).toEqual(released);
    const foreign = app.orders.retryHolds({ partner: 'somebody-else', id, reason });
    await expect(foreign).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  it('what a retry would do is decided on the order as it is, and done by nobody', async () => {
    app.erp.blocked.add('customer-of-harbour');
    const { id } = await accepted('PO-PREVIEW', { A: '5' });
    await until(id, ({ holds }) => holds.length > 0);
    const held = await settled(id);
    const preview = await app.orders.previewRetry({ partner: 'harbour', id });
    expect(preview).toMatchObject({
      ...{ lifted: held.holds.map((hold) => hold.id), kept: [] },
      commands: [
        { key: 'create-erp-order', kind: 'create-erp-order' },
        { key: `release:${id}-F1`, kind: 'release-to-node' },
      ],
    });
    expect(await read(id)).toEqual(held);
    app.erp.blocked.clear();
    expect(await app.orders.retryHolds({ partner: 'harbour', id })).toMatchObject({
      status: preview.status,
      holds: [],
    });
    expect(await settled(id)).toMatchObject({ erpDocument: expect.any(String) as string });
    expect(await app.orders.previewRetry({ partner: 'harbour', id })).toMatchObject({ lifted: [], commands: [] });
    await expect(app.orders.previewRetry({ partner: 'other', id })).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  it('an exception that is retried goes on as if its holds were lifted; one that is over changes nothing', async () => {
    app.erp.blocked.add('customer-of-harbour');
    const { id } = await accepted('PO-NO-2', { A: '1' });
    await until(id, ({ holds }) => holds.length > 0);
    app.erp.blocked.clear();
    const data = { app: 'orders', kind: 'ORDER_HOLDS', id, exception: 'exc_1', actor: 'dana', reason: 'unblocked' };
    const asked = { type: EXCEPTION_RETRY_ASKED, source: 'process/exceptions', subject: id, partitionKey: id, data };
    await app.publish(asked);
    const released = await until(id, ({ erpDocument }) => erpDocument !== undefined);
    expect(released).toMatchObject({ status: 'RELEASED', holds: [] });
    await app.publish(asked);
    expect(await settled(id)).toEqual(released);
  });

  it('a backorder is explained, and stock that arrives lets it go', async () => {
    const { id } = await accepted('PO-BACK', { SCARCE: '5' });
    expect(await settled(id)).toMatchObject({
      status: 'BACKORDERED',
      lines: [{ backordered: '5', status: 'BACKORDERED' }],
    });
    expect(await app.orders.summary()).toMatchObject({ unexplained: 0 });
    await app.publish(...app.availability.receive('S', 'SCARCE', '5').map(stockAllocated));
    expect(await settled(id)).toMatchObject({ status: 'RELEASED', fulfilments: [{ node: 'S' }] });
  });

  it('cancelled at once where nobody works on it, asked for where a node does; the same key answers the same', async () => {
    const { id } = await accepted('PO-CANCEL', { A: '5', SCARCE: '3' });
    await settled(id);
    app.wms.cancelOutcome = 'REQUESTED';
    const first = await app.orders.cancel({ partner: 'harbour', id, key: 'k1' });
    expect(first).toMatchObject({ outcome: 'REQUESTED', order: { lines: [{ cancelled: '0' }, { cancelled: '3' }] } });
    expect((await app.orders.cancel({ partner: 'harbour', id, key: 'k1' })).outcome).toBe('REQUESTED');
    await app.publish(fulfilmentProgressed(`${id}-F1`, 'CANCELLED'));
    expect(await settled(id)).toMatchObject({ status: 'CANCELLED', holds: [] });
    const released = app.availability.released
      .filter((each) => each.reservation === id)
      .flatMap(({ lines = [] }) => lines);
    expect(released).toEqual(
      expect.arrayContaining([
        { line: 1, node: 'N', quantity: '5', held: 'ALLOCATED' },
        { line: 2, quantity: '3', held: 'WAITING' },
      ]),
    );
    expect(
      [...app.erp.cancellations.values()]
        .filter((each) => each.salesOrder === id)
        .flatMap(({ lines = [] }) => lines.map(({ quantity }) => quantity))
        .sort(),
    ).toEqual(['3', '5']);
  });

  it('cancelled before anything was tried, nobody outside hears of the order', async () => {
    await app.messaging.stop();
    const { id } = await accepted('PO-EARLY', { A: '5' });
    expect((await app.orders.cancel({ partner: 'harbour', id, key: 'k' })).outcome).toBe('CANCELLED');
    await app.messaging.start();
    expect(await settled(id)).toMatchObject({ status: 'CANCELLED' });
    expect(app.erp.orders.has(id)).toBe(false);
  });

  it('cancelled after a release whose answer was lost, the warehouse is asked: it may be at work on it', async () => {
    app.wms.weather.lostAnswers = 1;
    const { id } = await accepted('PO-LOST-RELEASE', { A: '5' });
    for (let tries = 0; tries < 2_000 && !app.wms.fulfilments.has(`${id}-F1`); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 1));
    await app.messaging.stop();
    app.wms.cancelOutcome = 'CANCELLED';
    expect((await app.orders.cancel({ partner: 'harbour', id, key: 'k' })).outcome).toBe('REQUESTED');
    await app.messaging.start();
    expect(await until(id, ({ status }) => status === 'CANCELLED')).toMatchObject({ holds: [] });
    expect(app.wms.cancelled).toContain(`${id}-F1`);
  });

  it('a cancellation minds its version, its lines and its partner', async () => {
    const { id } = await accepted('PO-MIND', { A: '5' });
    await settled(id);
    await expect(app.orders.cancel({ partner: 'harbour', id, key: 'k', expectedVersion: 1 })).rejects.toMatchObject({
      code: 'VERSION_STALE',
      kind: 'precondition',
    });
    await expect(app.orders.cancel({ partner: 'harbour', id, key: 'k', lines: [{ line: 9 }] })).rejects.toMatchObject({
      kind: 'invalid',
      findings: [{ code: 'LINE_UNKNOWN', pointer: '/lines/0/line' }],
    });
    await expect(app.orders.cancel({ partner: 'other', id, key: 'k' })).rejects.toMatchObject({
      code: 'ORDER_UNKNOWN',
      kind: 'not-found',
    });
    await expect(app.orders.get({ partner: 'other', id })).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  it('an event that changes nothing leaves the version as it is', async () => {
    const { id } = await accepted('PO-STALE', { A: '1' });
    await settled(id);
    await app.publish(fulfilmentProgressed(`${id}-F1`, 'IN_PROGRESS'));
    const { version } = await settled(id);
    await app.publish(
      fulfilmentProgressed(`${id}-F1`, 'ACCEPTED'),
      fulfilmentProgressed(`${id}-F1`, 'IN_PROGRESS'),
      fulfilmentProgressed('ord_nobody-F1', 'PICKED'),
    );
    expect((await settled(id)).version).toBe(version);
  });

  it('an answer that does not come in time is a hold, and the answer lifts it', async () => {
    const { id } = await accepted('PO-LATE', { A: '1' });
    await settled(id);
    await app.db.database.query(`update orders.sales_order set due_at = now() - interval '1 second' where id = $1`, [
      id,
    ]);
    await app.messaging.jobs.enqueue(app.db.database, [{ queue: 'orders.deadlines', payload: null }]);
    expect(await until(id, ({ holds }) => holds.length > 0)).toMatchObject({
      status: 'ON_HOLD',
      holds: [{ code: 'ANSWER_OVERDUE' }],
    });
    await app.publish(fulfilmentProgressed(`${id}-F1`, 'ACCEPTED'));
    expect(await until(id, ({ holds }) => holds.length === 0)).toMatchObject({ status: 'RELEASED' });
  });

  it('a command shows its tries, its error and its next try; when it is over, how it ended', async () => {
    app.erp.weather.down = true;
    const { id } = await accepted('PO-TRIES', { A: '1' });
    const commandsOf = async () => (await app.orders.commands({ partner: 'harbour', id })).commands;
    const erp = async () => (await commandsOf()).find(({ kind }) => kind === 'create-erp-order');
    await until(id, ({ status }) => status === 'RELEASED');
    for (
      let tries = 0;
      tries < 400 && ((await erp())?.error === undefined || (await erp())?.state !== 'WAITING');
      tries += 1
    )
      await new Promise((resolve) => setTimeout(resolve, 25));
    expect(await erp()).toMatchObject({ state: 'WAITING', error: expect.stringContaining('away'), nextTryAt: expect.any(String) }); // prettier-ignore
    app.erp.weather.down = false;
    await until(id, ({ erpDocument }) => erpDocument !== undefined);
    const over = await erp();
    expect(over).toMatchObject({ state: 'DONE', endedAt: expect.any(String) });
    expect(over?.attempts).toBeGreaterThan(1);
    expect((await commandsOf()).map(({ kind, state }) => [kind, state])).toEqual(
      expect.arrayContaining([
        ['reserve', 'DONE'],
        ['release-to-node', 'DONE'],
      ]),
    );
    const foreign = app.orders.commands({ partner: 'somebody-else', id });
    await expect(foreign).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  it('past its last day by the clock of the database, what waits is cancelled', async () => {
    const { id } = await accepted('PO-LAST', { SCARCE: '5' }, { cancelAfter: '2999-01-01' });
    expect(await settled(id)).toMatchObject({ status: 'BACKORDERED', cancelAfter: '2999-01-01' });
    const timer = `update orders.sales_order set timer_at = now() - interval '1 second' where id = $1 returning timer_at`;
    expect((await app.db.database.query(timer, [id])).rows).toHaveLength(1);
    await app.messaging.jobs.enqueue(app.db.database, [{ queue: 'orders.deadlines', payload: null }]);
    const over = await until(id, ({ status }) => status === 'CANCELLED');
    expect(over.warnings).toEqual([expect.objectContaining({ code: 'CANCELLED_AFTER_DATE' })]);
  });

  it("a partner's policy counts for its next orders, and stays with them", async () => {
    expect(await app.validation.partnerPolicy({ partner: 'strict' })).toEqual({
      partner: 'strict',
      policy: { partial: 'PARTIAL_OK', backorder: true, pickShort: 'OTHER_NODE' },
    });
    const policy = { partial: 'SHIP_COMPLETE_LINE', backorder: false, pickShort: 'CANCEL' } as const;
    const kept = await app.validation.putPartnerPolicy({ partner: 'strict', policy, who: 'ann' });
    expect(kept).toMatchObject({ policy, updatedBy: 'ann' });
    // How they are checked is said apart, and leaves the other as it is.
    await app.validation.putOrderPolicies({ policies: [{ partner: 'strict', missingMapping: 'REJECT' }] });
    expect(await app.validation.partnerPolicy({ partner: 'strict' })).toEqual(kept);
    const unknown = { ...request('PO-STRICT-NO', { NONE: '1' }), partner: 'strict' };
    await expect(app.orders.accept(unknown)).rejects.toMatchObject({ code: 'ORDER_INVALID' });
    const { id } = await accepted('PO-STRICT', { SCARCE: '5', A: '1' }, { partner: 'strict' });
    await app.messaging.drain();
    const order = await app.orders.get({ partner: 'strict', id });
    expect(order).toMatchObject({ policy, lines: [{ cancelled: '5' }, { status: 'RELEASED' }] });
  });

  it('changed: less is cancelled, more is an order that follows; the same key answers the same', async () => {
    const { id } = await accepted('PO-CHANGE', { SCARCE: '5', A: '10' });
    await settled(id);
    const change = {
      partner: 'harbour',
      id,
      key: 'c1',
      lines: [
        { line: 1, decrease: '2' },
        { line: 2, increase: '3' },
      ],
    };
    const first = await app.orders.change(change);
    expect(first).toMatchObject({
      outcome: 'APPLIED',
      order: { lines: [{ cancelled: '2', open: '3' }, { open: '10' }] },
    });
    expect(await app.orders.change(change)).toMatchObject({ outcome: 'APPLIED', followOn: first.followOn });
    expect(await settled(first.followOn ?? '')).toMatchObject({
      ...{ follows: id, purchaseOrder: 'PO-CHANGE', status: 'RELEASED' },
      lines: [{ line: 2, ordered: '3' }],
    });
    await expect(app.orders.change({ ...change, key: 'c2', expectedVersion: 1 })).rejects.toMatchObject({ code: 'VERSION_STALE' }); // prettier-ignore
    await expect(app.orders.change({ ...change, key: 'c2', shipTo: 'NOWHERE' })).rejects.toMatchObject({
      code: 'CHANGE_INVALID',
      findings: [{ code: 'SHIP_TO_UNKNOWN', pointer: '/shipTo' }],
    });
    const foreign = app.orders.change({ ...change, partner: 'somebody-else' });
    await expect(foreign).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
  });

  it('credit given after the stock was sold elsewhere: promised anew, not sent to the warehouse', async () => {
    app.reference.add('LAST');
    app.availability.stock('N', 'LAST', '5');
    await app.messaging.stop();
    const { id } = await accepted('PO-CREDIT', { LAST: '5' });
    const reason = { type: 'CREDIT', code: 'CREDIT_LIMIT', detail: 'over by 6,100', who: 'ann' } as const;
    const held = await app.orders.hold({ partner: 'harbour', id, ...reason });
    await app.messaging.start();
    await settled(id);
    app.availability.stock('N', 'LAST', '0');
    const decision = { partner: 'harbour', id, hold: held.holds[0]?.id ?? '', who: 'bob', why: 'paid' };
    await app.orders.releaseHold(decision);
    expect(await settled(id)).toMatchObject({ status: 'BACKORDERED', fulfilments: [], holds: [] });
    await app.publish(...app.availability.receive('S', 'LAST', '5').filter((each) => each.reservation === `${id}~2`).map(stockAllocated)); // prettier-ignore
    expect(await settled(id)).toMatchObject({ status: 'RELEASED', fulfilments: [{ node: 'S' }] });
  });

  it('an ERP that is down for two hours: orders are taken, and posted once each when it is back', async () => {
    app.erp.weather.down = true;
    const ids: string[] = [];
    for (const number of [1, 2, 3, 4, 5]) ids.push((await accepted(`PO-2H-${number}`, { A: '1' })).id);
    for (const id of ids)
      expect(await until(id, ({ status }) => status === 'RELEASED')).not.toHaveProperty('erpDocument');
    app.erp.weather.down = false;
    for (const id of ids) await until(id, ({ erpDocument }) => erpDocument !== undefined);
    expect([...app.erp.orders.keys()].filter((key) => ids.includes(key)).sort()).toEqual([...ids].sort());
  });

  it('pages go newest first, and a cursor belongs to its filter', async () => {
    for (const number of [1, 2, 3]) await accepted(`PO-LIST-${number}`, { A: '1' }, { partner: 'lister' });
    const first = await app.orders.list({ partner: 'lister', limit: 2 });
    expect(first.orders.map(({ purchaseOrder }) => purchaseOrder)).toEqual(['PO-LIST-3', 'PO-LIST-2']);
    const cursor = first.next ?? '';
    expect((await app.orders.list({ partner: 'lister', limit: 2, cursor })).orders).toHaveLength(1);
    await expect(app.orders.list({ partner: 'harbour', cursor })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
