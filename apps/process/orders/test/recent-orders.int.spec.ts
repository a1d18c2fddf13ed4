import { Nodes } from '../src/out/nodes';
import * as store from '../src/out/order.store';
import { RecentOrders } from '../src/out/recent-orders';
import { ProcessOrders } from '../src/fulfil-order/process-orders';
import { CONFIG, ordersHarness, request, type OrdersHarness } from './orders-harness';

describe('orders that a process remembers', () => {
  let app: OrdersHarness;
  let here: ProcessOrders;
  let elsewhere: ProcessOrders;
  beforeAll(async () => {
    app = await ordersHarness();
    app.reference.add('A');
    const { jobs, outbox } = app.messaging;
    const processes = [1, 2].map(() => new ProcessOrders(new Nodes(app.reference), jobs, outbox, CONFIG));
    [here, elsewhere] = processes as [ProcessOrders, ProcessOrders];
  });
  afterAll(() => app.close());

  const accepted = async (purchaseOrder: string): Promise<string> =>
    (await app.orders.accept(request(purchaseOrder, { A: '1' }))).order.id;
  const held = (process: ProcessOrders, order: string, code: string, breaks = false): Promise<void> =>
    app.db.database.transaction(async (tx) => {
      await process.apply(tx, [{ order, event: { type: 'HELD', reason: { type: 'ANSWER', code, detail: code } } }]);
      if (breaks) throw new Error('undone');
    });
  const stored = async (order: string) => {
    const found = await store.findById(app.db.database, order);
    return { version: found?.version, codes: found?.progress.holds.map(({ code }) => code) };
  };

  it('what another process did meanwhile is seen', async () => {
    const order = await accepted('PO-1');
    await held(here, order, 'FIRST');
    await held(elsewhere, order, 'SECOND');
    await held(here, order, 'THIRD');
    expect(await stored(order)).toEqual({ version: 4, codes: ['FIRST', 'SECOND', 'THIRD'] });
  });

  it('what was undone is not remembered, although another change has taken its version', async () => {
    const order = await accepted('PO-2');
    await held(here, order, 'FIRST');
    await expect(held(here, order, 'UNDONE', true)).rejects.toThrow('undone');
    await held(elsewhere, order, 'SECOND');
    await held(here, order, 'THIRD');
    expect(await stored(order)).toEqual({ version: 4, codes: ['FIRST', 'SECOND', 'THIRD'] });
  });

  it('what is remembered is what is stored', async () => {
    const order = await accepted('PO-3');
    await held(here, order, 'FIRST');
    const recent = new RecentOrders();
    const lock = () => app.db.database.transaction((tx) => store.lock(tx, [order], recent));
    const [read] = await lock();
    expect(recent.get(order)).toBe(read);
    expect((await lock())[0]).toBe(read);
    expect(read).toEqual(await store.findById(app.db.database, order));
  });

  it('the oldest are forgotten when there are too many lines', async () => {
    const recent = new RecentOrders(2);
    const all = await Promise.all(['PO-4', 'PO-5', 'PO-6'].map(accepted));
    for (const id of all) {
      const order = await store.findById(app.db.database, id);
      if (order) recent.keep(order);
    }
    expect(all.map((id) => recent.get(id) !== undefined)).toEqual([false, true, true]);
  });
});
