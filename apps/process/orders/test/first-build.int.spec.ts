import type { OrderView } from '#contracts/orders/orders.dto';
import { messagingMigrations } from '#messaging/migrations';
import { migrate } from '#persistence/migrations';
import { testDatabase } from '#testing/postgres';
import { ordersMigrations } from '../migrations/orders.migrations';
import { fulfilmentProgressed, ordersHarness, shipmentConfirmed, type OrdersHarness } from './orders-harness';

/**
 * Orders as the first build wrote them, before holds were records and policies, changes, substitutes and credit existed. These documents
 * are not to be brought up to date: they stand for what is in the databases of those who upgrade.
 */
const ADDRESS = { name: 'A', street: 'B', city: 'Bristol', postalCode: 'BS1', country: 'GB' };
const contents = (id: string): object => ({
  ...{ id, partner: 'harbour', customer: 'customer-of-harbour', purchaseOrder: `PO-${id}`, shipTo: 'BRISTOL' },
  ...{ shipToAddress: ADDRESS, channel: 'portal', currency: 'GBP', erpConnection: 'erp-main', shipComplete: false },
  lines: [
    {
      ...{ line: 1, item: 'A', description: 'A', unit: 'EA', baseUnit: 'EA', baseQuantityPerUnit: '1', ordered: '2' },
      unitPrice: { amount: '2', currency: 'GBP' },
    },
  ],
  charges: [],
  total: { amount: '4.00', currency: 'GBP' },
  correlationId: `corr-${id}`,
});
const progress = (part: object, more: object): object => ({
  lines: [{ line: 1, cancelled: '0', shipped: '0', overShipped: '0', cancelledInErp: '0', parts: [part] }],
  ...{ fulfilments: [], shipments: [], holds: [], warnings: [], cancellations: [], counter: 0 },
  ...more,
});
const reservation = (id: string, state: string): object => ({ id, state, early: [], seen: [], exclude: [] });
const salesOrder = (id: string): object => ({
  ...{ connection: 'erp-main', businessKey: id, customer: 'customer-of-harbour', purchaseOrder: `PO-${id}` },
  ...{ requestedDate: '2026-03-02', currency: 'GBP', shipTo: ADDRESS, charges: [], correlationId: `corr-${id}` },
  lines: [{ line: 1, item: 'A', quantity: '2', unit: 'EA', unitPrice: { amount: '2', currency: 'GBP' } }],
});

/** Both commands were given, and neither has answered. */
const ASKED = progress(
  { stage: 'REQUESTED', quantity: '2', reservation: 'ord_asked' },
  {
    reservations: [reservation('ord_asked', 'REQUESTED')],
    erp: { state: 'REQUESTED' },
    pending: ['reserve:ord_asked', 'create-erp-order'],
  },
);
/** A node works on it. */
const RELEASED = progress(
  { stage: 'RELEASED', quantity: '2', reservation: 'ord_released', node: 'N', fulfilment: 'ord_released-F1' },
  {
    reservations: [reservation('ord_released', 'HELD')],
    fulfilments: [{ id: 'ord_released-F1', node: 'N', wmsConnection: 'wms-N', status: 'ACCEPTED' }],
    erp: { state: 'CREATED', documentNumber: 'SO-1' },
    pending: [],
  },
);
/** The ERP has said no; the command waits in its hold. */
const REFUSED = progress(
  { stage: 'ALLOCATED', quantity: '2', reservation: 'ord_refused', node: 'N' },
  {
    reservations: [reservation('ord_refused', 'HELD')],
    holds: [
      {
        code: 'BACKEND_REFUSED',
        detail: 'create-erp-order: BACKEND_REFUSED: blocked',
        since: '2026-03-02T10:00:00.000Z',
        command: { kind: 'create-erp-order', key: 'create-erp-order', request: salesOrder('ord_refused') },
      },
    ],
    erp: { state: 'REQUESTED' },
    pending: [],
  },
);

describe('orders that the first build left half-way are finished by this one', () => {
  let app: OrdersHarness;
  beforeAll(async () => {
    const [first] = ordersMigrations.migrations;
    if (!first) throw new RangeError('orders have no migration');
    const db = await testDatabase(messagingMigrations, { schema: 'orders', migrations: [first] });
    const insert = (id: string, status: string, holds: number, moves: object) =>
      db.database.query(
        `insert into orders.sales_order (id, partner, purchase_order_key, content_hash, status, holds, waiting, contents, progress)
         values ($1, 'harbour', $2, 'hash', $3, $4, false, $5::text::jsonb, $6::text::jsonb)`,
        [id, `PO-${id.toUpperCase()}`, status, holds, JSON.stringify(contents(id)), JSON.stringify(moves)],
      );
    await insert('ord_asked', 'ACCEPTED', 0, ASKED);
    await insert('ord_released', 'RELEASED', 0, RELEASED);
    await insert('ord_refused', 'ON_HOLD', 1, REFUSED);
    await migrate(db.url, [ordersMigrations]);
    app = await ordersHarness(db);
    app.reference.add('A');
    app.availability.stock('N', 'A', '100');
    await app.messaging.jobs.enqueue(db.database, [
      job('orders.reserve', 'ord_asked', {
        kind: 'reserve',
        key: 'reserve:ord_asked',
        request: {
          ...{ reservation: 'ord_asked', mode: 'PARTIAL', kind: 'FIRM', backorder: true },
          lines: [{ line: 1, item: 'A', quantity: '2' }],
        },
      }),
      job('orders.erp', 'ord_asked', {
        ...{ kind: 'create-erp-order', key: 'create-erp-order', request: salesOrder('ord_asked') },
      }),
    ]);
    await app.messaging.start();
  });
  afterAll(() => app.close());

  const job = (queue: string, order: string, command: { kind: string; key: string; request: object }) => ({
    ...{ queue, key: `${order}/${command.key}` },
    payload: { order, correlationId: `corr-${order}`, command },
  });
  const get = async (id: string): Promise<OrderView> => {
    await app.messaging.drain();
    return app.orders.get({ partner: 'harbour', id });
  };
  const ships = async (id: string): Promise<OrderView> => {
    const lines = [{ line: 1, item: 'A', quantity: '2' }];
    await app.publish(fulfilmentProgressed(`${id}-F1`, 'PICKED', lines), shipmentConfirmed(id, `${id}-F1`, lines));
    return get(id);
  };
  const SHIPPED = { status: 'SHIPPED', lines: [{ ordered: '2', shipped: '2', open: '0', status: 'SHIPPED' }] };

  it('one whose commands had not answered', async () => {
    expect(await get('ord_asked')).toMatchObject({ status: 'RELEASED', holds: [] });
    expect(app.erp.orders.has('ord_asked')).toBe(true);
    expect(await ships('ord_asked')).toMatchObject(SHIPPED);
  });

  it('one that a node was working on', async () => {
    expect(await ships('ord_released')).toMatchObject({ ...SHIPPED, erpDocument: 'SO-1' });
  });

  it('one that the ERP had refused: the hold is a record now, and its retry sends the same command', async () => {
    const held = await get('ord_refused');
    expect(held.holds).toMatchObject([
      { type: 'COMMAND', code: 'BACKEND_REFUSED', owner: 'integration', blocking: true },
    ]);
    await app.orders.retryHolds({ partner: 'harbour', id: 'ord_refused', who: 'ann', reason: 'unblocked' });
    expect(await get('ord_refused')).toMatchObject({ status: 'RELEASED', holds: [] });
    expect(app.erp.orders.has('ord_refused')).toBe(true);
    expect(await ships('ord_refused')).toMatchObject(SHIPPED);
  });

  it('all of them are listed, explained, and add up', async () => {
    expect((await app.orders.list({ partner: 'harbour' })).orders.map(({ id }) => id).sort()).toEqual([
      ...['ord_asked', 'ord_refused', 'ord_released'],
    ]);
    const { breaches } = await app.orders.checkInvariants();
    expect(breaches).toEqual([]);
  });
});
