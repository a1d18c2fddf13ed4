import { SHIPMENT_INVOICED, type ShipmentInvoiced } from '#contracts/events/shipments';
import type { OrderView } from '#contracts/orders/orders.dto';
import { eventually } from '../../../../test/support/client';
import { ordersHarness, request, shipmentConfirmed, type OrdersHarness } from './orders-harness';

const PARTNER = 'harbour';
const CUSTOMER = `customer-of-${PARTNER}`;
const GBP = (amount: string) => ({ amount, currency: 'GBP' });

/** Items cost 2.00; the ERP is asked every second. */
describe('credit, fed from the ERP', () => {
  let app: OrdersHarness;
  let number = 0;

  beforeEach(async () => {
    app = await ordersHarness();
    app.reference.add('A');
    app.availability.stock('N', 'A', '1000000');
    app.reference.credit.set(PARTNER, { limit: GBP('50000') });
    await app.messaging.start();
  });
  afterEach(() => app.close());

  const place = async (pieces: string, more: object = {}): Promise<OrderView> =>
    (await app.orders.accept(request(`PO-${(number += 1)}`, { A: pieces }, more))).order;
  const view = (id: string): Promise<OrderView> => app.orders.get({ partner: PARTNER, id });
  const until = (id: string, holds: (order: OrderView) => boolean): Promise<OrderView> =>
    eventually(() => view(id), holds);
  /** Waits until the ERP's word on the customer has come. */
  const told = async (receivables: string, more: object = {}): Promise<void> => {
    const { rows: [before] } = await app.db.database.query<{ at: Date | null }>('select max(as_of) as at from orders.credit_account'); // prettier-ignore
    app.erp.accounts.set(CUSTOMER, { receivables, ...more });
    await eventually(
      async () => (await app.db.database.query<{ at: Date | null }>('select max(as_of) as at from orders.credit_account')).rows[0]?.at, // prettier-ignore
      (at) => at != null && (before?.at == null || at > before.at),
    );
  };
  const policy = (credit: object) => app.validation.putOrderPolicies({ policies: [{ partner: PARTNER, credit }] });

  it('§3.2: 18,000 owed, 2,500 billed elsewhere, orders of 9,000 and 12,000; 8,200 more would be 49,700, 8,501 is held', async () => {
    await place('4500');
    await told('18000', { billedNotPosted: '2500' });
    await place('6000');
    expect(await place('4100')).toMatchObject({ holds: [], findings: [] });
    const held = await place('151');
    expect(held).toMatchObject({
      status: 'ON_HOLD',
      holds: [{ type: 'CREDIT', code: 'CREDIT_EXCEEDED', owner: 'credit', who: 'orders', seen: '50002.00 GBP', expected: '50000.00 GBP' }], // prettier-ignore
    });
    expect(held.holds[0]?.detail).toContain('receivables 18000');
    // What is held has been given no credit, so it is not in the way of what still fits.
    expect(await place('150')).toMatchObject({ holds: [] });
  });

  it('goes on by itself when money arrives, oldest first, and says why', async () => {
    await place('1');
    await told('49000');
    const first = await place('600');
    const second = await place('700');
    expect([first.status, second.status]).toEqual(['ON_HOLD', 'ON_HOLD']);
    await told('48000');
    const released = await until(first.id, ({ holds }) => holds.length === 0);
    expect(released.pastHolds).toMatchObject([
      { code: 'CREDIT_EXCEEDED', endedBy: 'orders', endedBecause: expect.stringContaining('49202.00 GBP of 50000.00 GBP') }, // prettier-ignore
    ]);
    await until(first.id, ({ status }) => status === 'RELEASED');
    expect((await view(second.id)).status).toBe('ON_HOLD');
    await told('0');
    await until(second.id, ({ status }) => status === 'RELEASED');
  });

  it('what is open, shipped, billed and paid counts once each on its way', async () => {
    const order = await place('10000');
    await told('0');
    expect((await place('15001')).status).toBe('ON_HOLD');
    await until(order.id, ({ status }) => status === 'RELEASED');
    const fulfilment = `${order.id}-F1`;
    await app.publish(shipmentConfirmed(order.id, fulfilment, [{ line: 1, item: 'A', quantity: '10000' }]));
    await until(order.id, ({ status }) => status === 'SHIPPED');
    await told('0');
    // Shipped and not billed: 20,000 as before.
    expect((await place('15001')).status).toBe('ON_HOLD');
    const amounts = {
      lines: [],
      goods: GBP('20000'),
      charges: GBP('0'),
      total: GBP('20000'),
      totalInMinorUnits: '2000000',
    };
    const data: ShipmentInvoiced = { shipment: `shp-${fulfilment}`, revision: 1, order: order.id, partner: PARTNER, billTo: CUSTOMER, invoice: 'INV1', amounts }; // prettier-ignore
    await app.publish({ type: SHIPMENT_INVOICED, source: 'process/shipments', subject: data.shipment, partitionKey: order.id, data }); // prettier-ignore
    await app.messaging.drain();
    // Billed: the ERP's next word has it.
    await told('20000');
    expect((await place('15001')).status).toBe('ON_HOLD');
    expect((await place('14999')).status).not.toBe('ON_HOLD');
  });

  it('a person may give credit beyond the limit; it then counts', async () => {
    await place('1');
    await told('49990');
    const held = await place('100');
    const decision = { partner: PARTNER, id: held.id, hold: held.holds[0]?.id ?? '', who: 'bob', why: 'insured' };
    await app.orders.releaseHold(decision);
    const released = await until(held.id, ({ status }) => status === 'RELEASED');
    expect(released.pastHolds).toMatchObject([{ code: 'CREDIT_EXCEEDED', endedBy: 'bob', endedBecause: 'insured' }]);
    expect((await place('1')).holds).toMatchObject([{ seen: '50194.00 GBP' }]);
  });

  it('eight at once for the last 1,000: the credit is given once, the others are held', async () => {
    await place('1');
    await told('48998');
    const placed = await Promise.all(Array.from({ length: 8 }, () => place('250')));
    expect(placed.filter(({ holds }) => holds.length === 0)).toHaveLength(2);
    const held = placed.filter(({ status }) => status === 'ON_HOLD');
    expect(held.map(({ holds }) => holds[0]?.seen)).toEqual(Array.from({ length: 6 }, () => '50500.00 GBP'));
  });

  it('an ERP that is away stops nobody within the limit, unless the partner must wait for its word', async () => {
    app.erp.weather.down = true;
    expect(await place('10')).toMatchObject({ holds: [], findings: [{ code: 'CREDIT_UNREPORTED', severity: 'WARN' }] });
    await policy({ whenUnknown: 'HOLD', staleAfterMinutes: 60 });
    const waiting = await place('20');
    expect(waiting.holds).toMatchObject([{ type: 'CREDIT', code: 'CREDIT_UNREPORTED' }]);
    const tooMuch = await place('25000');
    expect(tooMuch.holds).toMatchObject([{ code: 'CREDIT_EXCEEDED' }]);
    app.erp.weather.down = false;
    await told('0');
    const released = await until(waiting.id, ({ status }) => status === 'RELEASED');
    expect(released.pastHolds[0]?.endedBecause).toContain('told by the ERP: 20');
    expect((await view(tooMuch.id)).holds).toMatchObject([{ code: 'CREDIT_EXCEEDED' }]);
  });

  it('the ERP speaks at last, and it is too much: the hold says so from then on', async () => {
    app.erp.weather.down = true;
    await policy({ whenUnknown: 'HOLD' });
    const waiting = await place('20');
    app.erp.weather.down = false;
    await told('49999');
    const held = await until(waiting.id, ({ holds }) => holds[0]?.code === 'CREDIT_EXCEEDED');
    expect(held).toMatchObject({
      holds: [{ code: 'CREDIT_EXCEEDED', seen: '50039.00 GBP', expected: '50000.00 GBP' }],
      pastHolds: [{ code: 'CREDIT_UNREPORTED' }],
    });
  });

  it("the ERP's own limit counts before ours; without any limit nothing is asked", async () => {
    await place('1');
    await told('0', { creditLimit: '100' });
    expect((await place('50')).holds).toMatchObject([{ seen: '102.00 GBP', expected: '100.00 GBP' }]);
    app.reference.credit.clear();
    expect((await place('50')).holds).toEqual([]);
  });
});
