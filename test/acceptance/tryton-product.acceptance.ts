import { Decimal } from '#canonical/decimal';
import type { Line } from './tryton/product';
import { DEADLINE_MS, TrytonProduct } from './tryton/product';
import { SEED } from './tryton/seed';

const [HEART, LANTERN, BOXES] = SEED.items;

/** What the lines cost by Tryton's own list prices, and the charges with them: the amount of the invoice. */
function priceOf(lines: readonly Line[], charges = '0'): string {
  const prices = new Map<string, string>(SEED.items.map(({ code, price }) => [code, price]));
  const amount = ({ item, quantity }: Line): Decimal => new Decimal(prices.get(item) ?? NaN).times(quantity);
  return lines.reduce((sum, line) => sum.plus(amount(line)), new Decimal(charges)).toFixed(2);
}

function quantitiesOf(lines: readonly Line[]): Record<string, number> {
  return Object.fromEntries(lines.map(({ item, quantity }) => [item, Number(quantity)]));
}

/** From the partner's order to the posted invoice: portal, orders, warehouse, carrier, and a real Tryton at the end. */
describe('the whole product on a real Tryton', () => {
  let p: TrytonProduct;

  beforeAll(async () => {
    p = await TrytonProduct.start();
  }, 600_000);
  afterAll(() => p.stop());
  afterEach(async () => {
    p.proxy.clear();
    await p.proxy.accept();
  });

  /** One sale, one shipment, one invoice of exactly this, and stock in Tryton as in our ledger. */
  const onceInTryton = async (order: string, left: readonly Line[], charges?: string): Promise<void> => {
    await p.billed(order);
    expect(await p.books.counts(order)).toMatchObject({ salesOrders: 1 });
    const sale = await p.books.sale(order);
    expect(['processing', 'done']).toContain(sale?.['state']);
    expect(sale).toMatchObject({ shipment_state: 'sent' });
    const view = await p.inside(order);
    expect(view.erpDocument).toBe(sale?.['number']);
    expect(view.shipments).toHaveLength(1);
    const counts = await p.books.counts(view.shipments[0].id);
    expect(counts).toMatchObject({ deliveries: 1, invoices: 1 });
    expect(await p.books.shipped(order)).toEqual(quantitiesOf(left));
    expect(await p.books.invoices(order)).toEqual([
      { state: 'posted', number: expect.any(String), total: priceOf(left, charges) },
    ]);
    await sameStock(left);
  };
  const sameStock = async (lines: readonly Line[]): Promise<void> => {
    for (const { item } of lines) {
      const { ledger, tryton } = await p.stock(item);
      expect({ item, onHand: tryton }).toEqual({ item, onHand: ledger });
    }
  };

  it('an order ships with tracking: one sale, one delivery, one invoice with its freight, stock as in the ledger', async () => {
    const before = await p.stock(HEART.code);
    const lines = [
      { item: HEART.code, quantity: '12' },
      { item: LANTERN.code, quantity: '5' },
    ];
    const freight = { code: 'FREIGHT', amount: { amount: '18.50', currency: SEED.currency } };
    const order = await p.order(lines, { charges: [freight] });
    const view = await p.shipped(order);
    expect(view.lines.map((line: any) => line.shipped.value)).toEqual(['12', '5']);
    await onceInTryton(order, lines, '18.50');
    const { ledger } = await p.stock(HEART.code);
    expect(new Decimal(before.ledger).minus(ledger).toFixed()).toBe('12');
  }, 180_000);

  it('ships to the address that Tryton told, without adding one to the customer', async () => {
    const addresses = await p.books.direct.find('party.address', [['party.code', '=', SEED.customer.code]]);
    expect(addresses).toHaveLength(1);
  });

  it.each([
    ['the sale is created', 'model.sale.sale.create', { fault: 'reset-after-commit' }],
    ['the sale is confirmed, by timeout', 'model.sale.sale.confirm', { fault: 'slow', delayMs: DEADLINE_MS + 2000 }],
    ['the shipment is done', 'model.stock.shipment.out.done', { fault: 'reset-after-commit' }],
    ['the invoice is posted', 'model.account.invoice.post', { fault: 'reset-after-commit' }],
  ] as const)('the answer is lost after %s: all of it is there once', async (_, method, fault) => {
    const lines = [{ item: LANTERN.code, quantity: '7' }];
    const lost = p.strike(method, fault);
    const order = await p.order(lines);
    await p.shipped(order);
    await onceInTryton(order, lines);
    expect(lost.struck).toBe(1);
  }, 180_000); // prettier-ignore

  it.each(['model.sale.sale.confirm', 'model.stock.shipment.out.done', 'model.account.invoice.post'])(
    'the process is killed while Tryton commits %s: after the restart all of it is there once',
    async (method) => {
      const lines = [{ item: HEART.code, quantity: '4' }];
      const call = p.strike(method, { fault: 'slow', delayMs: 5000 });
      const order = await p.order(lines);
      await p.struck(call);
      await p.crossdock.kill();
      await p.crossdock.restart();
      await p.shipped(order);
      await onceInTryton(order, lines);
    },
    180_000,
  );

  it('Tryton is away: the order is accepted and ships, and is posted once when Tryton is back', async () => {
    await p.proxy.refuse();
    const lines = [{ item: BOXES.code, quantity: '3' }];
    const order = await p.order(lines);
    await p.shipped(order);
    expect((await p.inside(order)).erpDocument).toBeUndefined();
    expect(await p.books.counts(order)).toMatchObject({ salesOrders: 0 });
    await p.proxy.accept();
    await onceInTryton(order, lines);
  }, 180_000);

  it('half is picked: Tryton ships and bills that half, and the rest can still be cancelled there', async () => {
    await p.warehouseFault({ operation: 'pick', mode: 'pick-short', times: 1 });
    const order = await p.order([{ item: BOXES.code, quantity: '10' }]);
    const half = [{ item: BOXES.code, quantity: '5' }];
    await p.billed(order);
    expect((await p.view(order)).lines[0]).toMatchObject({ shipped: { value: '5' }, open: { value: '5' } });
    expect(await p.books.shipped(order)).toEqual(quantitiesOf(half));
    expect(await p.books.sale(order)).toMatchObject({ shipment_state: 'waiting' });
    await sameStock(half);

    const cancelled = await p.portal.post(`/portal/v1/orders/${order}/cancel`, { reason: 'will not wait' });
    expect([200, 202]).toContain(cancelled.status);
    const view = await p.shipped(order);
    expect(view.lines[0]).toMatchObject({ shipped: { value: '5' }, cancelled: { value: '5' }, open: { value: '0' } });
    await p.saleIs(order, 'sent');
    await onceInTryton(order, half);
  }, 180_000);

  it('nothing else is in Tryton: as many sales and deliveries as orders, and every invariant holds', async () => {
    const { direct } = p.books;
    expect(await direct.count('sale.sale', [])).toBe(p.orders.length);
    expect(await direct.count('stock.shipment.out', [['state', '=', 'done']])).toBe(p.orders.length);
    expect(await direct.count('stock.shipment.out', [['state', 'not in', ['done', 'cancelled']]])).toBe(0);
    expect(await direct.count('account.invoice', [])).toBe(p.orders.length);
    await sameStock([HEART, LANTERN, BOXES].map(({ code }) => ({ item: code, quantity: '0' })));
    expect((await p.operations.get('/operations/v1/summary')).body.unexplained).toBe(0);
    expect((await p.operations.get('/operations/v1/invariants')).body.breaches).toEqual([]);
  });
});
