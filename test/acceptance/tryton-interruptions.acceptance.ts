import { CrossdockError } from '#canonical/errors';
import type { CreateSalesOrderRequest } from '#contracts/erp/erp.dto';
import { newOrder } from '../../apps/system/erp/test/erp.conformance';
import type { TrytonHarness } from './tryton/harness';
import { startTrytonHarness } from './tryton/harness';

/**
 * Every posting is several calls in Tryton. Here each single one of them is lost once, before and after Tryton commits it, and
 * the posting is tried again: there is one document in the end, and it says what was asked for.
 */
describe('a real Tryton, interrupted at every step', () => {
  let h: TrytonHarness;

  beforeAll(async () => {
    h = await startTrytonHarness(30_000);
  }, 600_000);
  afterAll(async () => {
    await h.close();
  });
  afterEach(() => h.heal());

  const EACH = ['reset-before', 'reset-after-commit'] as const;
  const cases = (...methods: string[]): [string, (typeof EACH)[number]][] =>
    methods.flatMap((method) => EACH.map((fault): [string, (typeof EACH)[number]] => [method, fault]));

  /** Fails once with an outcome nobody knows, then again and again until it is done. */
  const interrupted = async <T>(work: () => Promise<T>): Promise<T> => {
    const first: unknown = await work().catch((error: unknown) => error);
    if (!(first instanceof CrossdockError)) throw new Error(`the fault did not strike: ${JSON.stringify(first)}`);
    expect(first.kind).toBe('unknown-outcome');
    for (let tries = 0; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof CrossdockError) || !error.retryable || tries > 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, (error.retryAfter ?? 1) * 1000));
      }
    }
  };

  const orderOfTen = (): CreateSalesOrderRequest => {
    const order = newOrder(h);
    const [first, second] = order.lines;
    if (first === undefined || second === undefined) throw new Error('the order has no lines');
    return {
      ...order,
      lines: [
        { ...first, quantity: '10' },
        { ...second, quantity: '4' },
      ],
      charges: [{ code: 'FREIGHT', amount: { amount: '18.50', currency: h.currency } }],
    };
  };
  const deliveryOf = (order: CreateSalesOrderRequest, number: number, quantity: string) => ({
    connection: h.connection,
    businessKey: `${order.businessKey}/s${number}`,
    salesOrder: order.businessKey,
    node: h.node,
    shippedAt: new Date().toISOString(),
    lines: [{ line: 1, item: h.item, quantity }],
  });
  const invoiceOf = (delivery: ReturnType<typeof deliveryOf>) => ({
    connection: h.connection,
    businessKey: delivery.businessKey,
    salesOrder: delivery.salesOrder,
    delivery: delivery.businessKey,
    lines: delivery.lines,
  });

  it.each(cases('model.sale.sale.create', 'model.sale.sale.quote', 'model.sale.sale.confirm'))(
    'order, %s, %s: one sale, processed',
    async (method, fault) => {
      const order = orderOfTen();
      h.faultMethod(method, { fault });
      const result = await interrupted(() => h.erp.createSalesOrder(order));
      expect(await h.books.counts(order.businessKey)).toMatchObject({ salesOrders: 1 });
      expect(await h.books.sale(order.businessKey)).toMatchObject({
        state: 'processing',
        number: result.documentNumber,
      });
    },
  );

  const SHIPPING = ['write', 'assign_try', 'pick', 'pack', 'done'].map((step) => `model.stock.shipment.out.${step}`);
  it.each(cases(...SHIPPING))('delivery of 6 of 10, %s, %s: 6 are shipped, once', async (method, fault) => {
    const order = orderOfTen();
    await h.erp.createSalesOrder(order);
    const before = Number(await h.books.onHand(h.item));
    const delivery = deliveryOf(order, 1, '6');
    h.faultMethod(method, { fault });
    await interrupted(() => h.erp.postDelivery(delivery));
    expect(await h.books.counts(delivery.businessKey)).toMatchObject({ deliveries: 1 });
    expect(await h.books.shipped(order.businessKey)).toEqual({ [h.item]: 6 });
    expect(before - Number(await h.books.onHand(h.item))).toBe(6);
  });

  const BILLING = ['line.write', 'delete', 'write', 'post'].map((step) => `model.account.invoice.${step}`);
  it.each(cases(...BILLING))(
    'invoice with freight, %s, %s: one invoice of goods and freight',
    async (method, fault) => {
      const order = orderOfTen();
      await h.erp.createSalesOrder(order);
      const delivery = deliveryOf(order, 1, '6');
      await h.erp.postDelivery(delivery);
      h.faultMethod(method, { fault });
      await interrupted(() => h.erp.postInvoice(invoiceOf(delivery)));
      // 6 × 2.50 + 18.50
      expect(await h.books.invoices(order.businessKey)).toEqual([
        { state: 'posted', number: expect.any(String), total: '33.50' },
      ]);
    },
  );

  const CANCELLING = ['model.stock.shipment.out.create', 'model.stock.shipment.out.draft', 'model.stock.shipment.out.write', 'model.stock.shipment.out.wait', 'model.stock.shipment.out.cancel', 'wizard.sale.handle.shipment.exception.execute']; // prettier-ignore
  it.each(cases(...CANCELLING))(
    'cancellation of 3 of 10, %s, %s: 7 can still be shipped, 8 cannot',
    async (method, fault) => {
      const order = orderOfTen();
      await h.erp.createSalesOrder(order);
      const cancellation = { connection: h.connection, salesOrder: order.businessKey, businessKey: `${order.businessKey}/c1`, lines: [{ line: 1, item: h.item, quantity: '3' }] }; // prettier-ignore
      h.faultMethod(method, { fault });
      await interrupted(() => h.erp.cancelSalesOrder(cancellation));
      expect(await h.books.counts(cancellation.businessKey)).toMatchObject({ cancellations: 1 });
      await expect(h.erp.postDelivery(deliveryOf(order, 1, '8'))).rejects.toMatchObject({ kind: 'refused' });
      await h.erp.postDelivery(deliveryOf(order, 2, '7'));
      expect(await h.books.sale(order.businessKey)).toMatchObject({ shipment_state: 'waiting' });
    },
  );

  it('two deliveries of one order become two invoices, and the freight is billed once', async () => {
    const order = orderOfTen();
    await h.erp.createSalesOrder(order);
    for (const [number, quantity] of [[1, '6'], [2, '4']] as const) await h.erp.postDelivery(deliveryOf(order, number, quantity)); // prettier-ignore
    for (const number of [1, 2])
      await h.erp.postInvoice(invoiceOf(deliveryOf(order, number, number === 1 ? '6' : '4')));
    const invoices = await h.books.invoices(order.businessKey);
    expect(invoices.map(({ state, total }) => [state, total]).sort()).toEqual([['posted', '10.00'], ['posted', '33.50']]); // prettier-ignore
  });

  it('a delivery that Tryton has no stock for is refused, and leaves the sale open for one that it has', async () => {
    const order = orderOfTen();
    const [line] = order.lines;
    if (line === undefined) throw new Error('the order has no lines');
    const scarce = { ...order, lines: [{ ...line, item: 'SCARCE-1', quantity: '8' }] };
    await h.erp.createSalesOrder(scarce);
    const delivery = (quantity: string) => ({
      ...deliveryOf(scarce, 1, quantity),
      lines: [{ line: 1, item: 'SCARCE-1', quantity }],
    });
    await expect(h.erp.postDelivery(delivery('8'))).rejects.toMatchObject({ kind: 'refused', retryable: false });
    await h.erp.postDelivery(delivery('5'));
    expect(await h.books.onHand('SCARCE-1')).toBe('0');
  });
});
