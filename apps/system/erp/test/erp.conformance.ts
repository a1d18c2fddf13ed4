import { randomUUID } from 'node:crypto';
import { CrossdockError } from '#canonical/errors';
import type { ConnectionsApi } from '#contracts/connections/connections.api';
import type { ErpApi } from '#contracts/erp/erp.api';
import type { CreateSalesOrderRequest, PostDeliveryRequest, PostInvoiceRequest } from '#contracts/erp/erp.dto';

/** What happens to one call between us and the backend. */
export type ErpFault =
  | 'reset-after-commit'
  | '504-after-commit'
  | 'slow'
  | 'late-commit'
  | '429'
  | 'malformed'
  | 'error-in-200'
  | 'refuse-connection';
export type ErpOperation = 'createSalesOrder' | 'cancelSalesOrder' | 'postDelivery' | 'postInvoice';

export interface ErpCounts {
  readonly salesOrders: number;
  readonly cancellations: number;
  readonly deliveries: number;
  readonly invoices: number;
}

/** One backend in front of the suite: our app with two connections of the product, and a way into the backend's own books. */
export interface ErpHarness {
  readonly erp: ErpApi;
  readonly connections: ConnectionsApi;
  /** Two installations of the product, both with the item, customer and node below, and stock of 1000. */
  readonly connection: string;
  readonly otherConnection: string;
  readonly item: string;
  readonly secondItem: string;
  readonly unit: string;
  readonly customer: string;
  readonly node: string;
  readonly currency: string;
  /** Faults this harness can make; default all. */
  readonly faults?: readonly ErpFault[];
  /** What it does not support and is therefore not asked (each is named in the product's README). */
  readonly without?: readonly (
    'conflict-in-backend' | 'blocked-customer' | 'over-delivery' | 'stock' | 'item-unknown' | 'receivables'
  )[];
  readonly blockedCustomer?: string;
  /** Settings and credentials that connect; the suite spoils them. */
  readonly settings: Record<string, unknown>;
  readonly wrongCredentials: Record<string, string>;
  /** Strikes the next call of this operation, once. `slow` and `late-commit` take longer than the connection's deadline. */
  strike(fault: ErpFault, operation: ErpOperation): Promise<void>;
  heal(): Promise<void>;
  /** Counted inside the backend, not by us: documents with this business key. */
  count(connection: string, businessKey: string): Promise<ErpCounts>;
  /** On hand in the backend's own books. */
  onHand(connection: string, item: string): Promise<string>;
  close(): Promise<void>;
}

const ALL: readonly ErpFault[] = [
  'reset-after-commit',
  '504-after-commit',
  'slow',
  'late-commit',
  '429',
  'malformed',
  'error-in-200',
  'refuse-connection',
];
/** After these the document is in the backend though the call failed. */
const AFTER_COMMIT: readonly ErpFault[] = ['reset-after-commit', '504-after-commit', 'slow', 'malformed'];

/** The suite that every ERP backend passes. `start` boots the backend and our app; it may take as long as the backend needs. */
export function erpConformance(name: string, start: () => Promise<ErpHarness>): void {
  describe(`ERP conformance of ${name}`, () => {
    let harness: ErpHarness | undefined;
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(async () => {
      await harness?.close();
    });
    afterEach(async () => {
      await harness?.heal();
    });
    const get = (): ErpHarness => {
      if (!harness) throw new Error(`${name} did not start`);
      return harness;
    };

    happyPath(get);
    onceOnly(get);
    refusals(get);
    connectionRules(get);
  });
}

function happyPath(get: () => ErpHarness): void {
  it('an order becomes a sales order, a delivery and an invoice, each once, and stock goes down by what was delivered', async () => {
    const h = get();
    const before = h.without?.includes('stock') ? '0' : await h.onHand(h.connection, h.item);
    const { order, delivery, invoice } = await delivered(h);
    const billed = await h.erp.postInvoice(invoice);
    expect(billed).toMatchObject({ businessKey: invoice.businessKey, outcome: 'created' });
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
    expect(await h.count(h.connection, delivery.businessKey)).toMatchObject({ deliveries: 1, invoices: 1 });
    if (h.without?.includes('stock')) return;
    expect(Number(before) - Number(await h.onHand(h.connection, h.item))).toBe(3);
    const stock = await h.erp.stock({ connection: h.connection, node: h.node, items: h.item });
    expect(Number(stock.lines[0]?.onHand)).toBe(Number(await h.onHand(h.connection, h.item)));
  });

  it('what a customer owes goes up by what is billed, and a customer that the ERP does not know is left out', async () => {
    const h = get();
    if (h.without?.includes('receivables')) return;
    const owed = async (): Promise<number> => {
      const asked = new Date().toISOString();
      const { asOf, customers } = await h.erp.receivables({
        connection: h.connection,
        customers: [h.customer, 'NOBODY-AT-ALL'],
      });
      expect(asOf >= asked).toBe(true);
      expect(customers.map(({ customer, currency }) => [customer, currency])).toEqual([[h.customer, h.currency]]);
      return Number(customers[0]?.receivables);
    };
    const { invoice } = await delivered(h);
    const before = await owed();
    await h.erp.postInvoice(invoice);
    expect((await owed()) - before).toBeCloseTo(7.5, 6);
  });

  it('a repeated call answers the first document and posts nothing', async () => {
    const h = get();
    const order = newOrder(h);
    const first = await h.erp.createSalesOrder(order);
    const second = await h.erp.createSalesOrder({ ...order, correlationId: 'another-try' });
    expect(first.outcome).toBe('created');
    expect(second).toEqual({ ...first, outcome: 'existing' });
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('a cancelled order is cancelled once, and what is cancelled cannot be delivered', async () => {
    const h = get();
    const order = newOrder(h);
    await h.erp.createSalesOrder(order);
    const cancellation = {
      connection: h.connection,
      salesOrder: order.businessKey,
      businessKey: `cancel-${order.businessKey}`,
    };
    const first = await h.erp.cancelSalesOrder(cancellation);
    const second = await h.erp.cancelSalesOrder(cancellation);
    expect(second).toEqual({ ...first, outcome: 'existing' });
    expect(await h.count(h.connection, cancellation.businessKey)).toMatchObject({ cancellations: 1 });
    await expectKind(h.erp.postDelivery(newDelivery(h, order)), 'refused');
  });
}

function onceOnly(get: () => ErpHarness): void {
  it.each(AFTER_COMMIT)('%s of a sales order: one document in the ERP after the retry', async (fault) => {
    const h = get();
    if (!can(h, fault)) return;
    const order = newOrder(h);
    await h.strike(fault, 'createSalesOrder');
    await expectKind(h.erp.createSalesOrder(order), 'unknown-outcome');
    const again = await h.erp.createSalesOrder(order);
    expect(again.outcome).toBe('existing');
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it.each(AFTER_COMMIT)('%s of a delivery: one goods issue, and the stock goes down once', async (fault) => {
    const h = get();
    if (!can(h, fault)) return;
    const order = newOrder(h);
    await h.erp.createSalesOrder(order);
    const before = h.without?.includes('stock') ? '3' : await h.onHand(h.connection, h.item);
    const delivery = newDelivery(h, order);
    await h.strike(fault, 'postDelivery');
    await expectKind(h.erp.postDelivery(delivery), 'unknown-outcome');
    await h.erp.postDelivery(delivery);
    expect(await h.count(h.connection, delivery.businessKey)).toMatchObject({ deliveries: 1 });
    if (!h.without?.includes('stock')) expect(Number(before) - Number(await h.onHand(h.connection, h.item))).toBe(3);
  });

  it.each(AFTER_COMMIT)('%s of an invoice: one invoice', async (fault) => {
    const h = get();
    if (!can(h, fault)) return;
    const { invoice } = await delivered(h);
    await h.strike(fault, 'postInvoice');
    await expectKind(h.erp.postInvoice(invoice), 'unknown-outcome');
    await h.erp.postInvoice(invoice);
    expect(await h.count(h.connection, invoice.businessKey)).toMatchObject({ invoices: 1 });
  });

  it.each(AFTER_COMMIT)('%s of a cancellation: cancelled once', async (fault) => {
    const h = get();
    if (!can(h, fault)) return;
    const order = newOrder(h);
    await h.erp.createSalesOrder(order);
    const cancellation = {
      connection: h.connection,
      salesOrder: order.businessKey,
      businessKey: `cancel-${order.businessKey}`,
    };
    await h.strike(fault, 'cancelSalesOrder');
    await expectKind(h.erp.cancelSalesOrder(cancellation), 'unknown-outcome');
    await h.erp.cancelSalesOrder(cancellation);
    expect(await h.count(h.connection, cancellation.businessKey)).toMatchObject({ cancellations: 1 });
  });

  it('a commit that comes after our deadline is waited for: a look-up that finds nothing yet is no proof', async () => {
    const h = get();
    if (!can(h, 'late-commit')) return;
    const order = newOrder(h);
    await h.strike('late-commit', 'createSalesOrder');
    await expectKind(h.erp.createSalesOrder(order), 'unknown-outcome');
    const unsettled = await expectKind(h.erp.createSalesOrder(order), 'unavailable');
    expect(unsettled.code).toBe('POSTING_UNSETTLED');
    await after((unsettled.retryAfter ?? 1) * 1000 + 100);
    expect(await h.erp.createSalesOrder(order)).toMatchObject({ outcome: 'existing' });
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('429 is not repeated before the time it names; then the order is made, once', async () => {
    const h = get();
    if (!can(h, '429')) return;
    const order = newOrder(h);
    await h.strike('429', 'createSalesOrder');
    const refused = await expectKind(h.erp.createSalesOrder(order), 'limited');
    expect(refused.retryAfter).toBeGreaterThanOrEqual(1);
    await expectKind(h.erp.createSalesOrder(order), 'limited');
    await after((refused.retryAfter ?? 1) * 1000 + 50);
    await h.erp.createSalesOrder(order);
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('an error inside a 200 is no document: the order is made by the next try, once', async () => {
    const h = get();
    if (!can(h, 'error-in-200')) return;
    const order = newOrder(h);
    await h.strike('error-in-200', 'createSalesOrder');
    await expect(h.erp.createSalesOrder(order)).rejects.toBeInstanceOf(CrossdockError);
    await h.erp.createSalesOrder(order);
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('a refused connection is safe to try again: nothing was sent', async () => {
    const h = get();
    if (!can(h, 'refuse-connection')) return;
    const order = newOrder(h);
    await h.strike('refuse-connection', 'createSalesOrder');
    await expectKind(h.erp.createSalesOrder(order), 'unavailable');
    await h.heal();
    await h.erp.createSalesOrder(order);
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('eight callers with one key at once: one document, one of them made it', async () => {
    const h = get();
    const order = newOrder(h);
    const answers = await Promise.all(Array.from({ length: 8 }, () => h.erp.createSalesOrder(order)));
    expect(new Set(answers.map((answer) => answer.documentNumber)).size).toBe(1);
    expect(answers.filter((answer) => answer.outcome === 'created')).toHaveLength(1);
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('the same key with other content is a conflict, never a second document or an overwrite', async () => {
    const h = get();
    const order = newOrder(h);
    await h.erp.createSalesOrder(order);
    await expectKind(h.erp.createSalesOrder({ ...order, purchaseOrder: 'ANOTHER' }), 'conflict');
    await expectKind(h.erp.createSalesOrder({ ...order, connection: h.otherConnection }), 'conflict');
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
    expect(await h.count(h.otherConnection, order.businessKey)).toMatchObject({ salesOrders: 0 });
  });
}

function refusals(get: () => ErpHarness): void {
  it("an unknown customer is refused in the ERP's words, and the corrected order goes through", async () => {
    const h = get();
    const order = newOrder(h);
    const refused = await expectKind(h.erp.createSalesOrder({ ...order, customer: 'NOBODY-KNOWS' }), 'refused');
    expect(refused.message).toContain('NOBODY-KNOWS');
    expect(refused.retryable).toBe(false);
    await h.erp.createSalesOrder(order);
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it("an unknown item is refused in the ERP's words", async () => {
    const h = get();
    const order = newOrder(h);
    const lines = order.lines.map((line) => ({ ...line, item: 'NO-SUCH-ITEM' }));
    const refused = await expectKind(h.erp.createSalesOrder({ ...order, lines }), 'refused');
    expect(refused.message).toContain('NO-SUCH-ITEM');
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 0 });
  });

  it('a blocked customer is refused', async () => {
    const h = get();
    if (h.blockedCustomer === undefined) return;
    await expectKind(h.erp.createSalesOrder({ ...newOrder(h), customer: h.blockedCustomer }), 'refused');
  });

  it('a delivery of more than is open is refused and moves no stock', async () => {
    const h = get();
    if (h.without?.includes('over-delivery')) return;
    const order = newOrder(h);
    await h.erp.createSalesOrder(order);
    const before = await h.onHand(h.connection, h.item);
    const delivery = newDelivery(h, order, '30');
    await expectKind(h.erp.postDelivery(delivery), 'refused');
    expect(await h.onHand(h.connection, h.item)).toBe(before);
    expect(await h.count(h.connection, delivery.businessKey)).toMatchObject({ deliveries: 0 });
  });

  it('a delivery for a sales order that is not there is refused', async () => {
    const h = get();
    await expectKind(h.erp.postDelivery(newDelivery(h, newOrder(h))), 'refused');
  });
}

function connectionRules(get: () => ErpHarness): void {
  it('two connections of one product work side by side, each in its own books', async () => {
    const h = get();
    const here = newOrder(h);
    const there = { ...newOrder(h), connection: h.otherConnection };
    await Promise.all([h.erp.createSalesOrder(here), h.erp.createSalesOrder(there)]);
    expect(await h.count(h.connection, here.businessKey)).toMatchObject({ salesOrders: 1 });
    expect(await h.count(h.connection, there.businessKey)).toMatchObject({ salesOrders: 0 });
    expect(await h.count(h.otherConnection, there.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('work for a paused connection is refused as retryable, the other connection goes on, and it works once resumed', async () => {
    const h = get();
    const order = newOrder(h);
    await h.connections.pause({ id: h.connection, reason: 'year-end closing' });
    const paused = await expectKind(h.erp.createSalesOrder(order), 'unavailable');
    expect(paused).toMatchObject({ code: 'CONNECTION_PAUSED', retryable: true });
    expect(paused.message).toContain('year-end closing');
    await h.erp.createSalesOrder({ ...newOrder(h), connection: h.otherConnection });
    await h.connections.resume({ id: h.connection });
    await h.erp.createSalesOrder(order);
    expect(await h.count(h.connection, order.businessKey)).toMatchObject({ salesOrders: 1 });
  });

  it('the test of a connection says step by step what works; wrong credentials fail it and every call, and are never shown', async () => {
    const h = get();
    expect(await h.connections.test({ id: h.connection })).toMatchObject({ ok: true });
    const { product } = await h.connections.get({ id: h.connection });
    await h.connections.put({
      id: 'wrong-credentials',
      product,
      settings: h.settings,
      credentials: h.wrongCredentials,
    });
    const tested = await h.connections.test({ id: 'wrong-credentials' });
    expect(tested.ok).toBe(false);
    const order = { ...newOrder(h), connection: 'wrong-credentials' };
    const failed = await expectKind(h.erp.createSalesOrder(order), 'unavailable');
    const shown = JSON.stringify([tested, failed.message, failed.details, await h.connections.list({})]);
    for (const secret of Object.values(h.wrongCredentials)) expect(shown).not.toContain(secret);
  });

  it('faults in the settings are listed all at once, with pointers', async () => {
    const h = get();
    const { product } = await h.connections.get({ id: h.connection });
    const settings = { ...h.settings, baseUrl: 7, noSuchSetting: true, deadlineMs: -1 };
    const wrong = await expectKind(
      h.connections.put({ id: 'wrong', product, settings, abilities: ['canFly'] }),
      'invalid',
    );
    expect(wrong.code).toBe('SETTINGS_INVALID');
    const pointers = wrong.findings.map((finding) => finding.pointer);
    expect(pointers).toEqual(
      expect.arrayContaining(['/settings/baseUrl', '/settings/noSuchSetting', '/settings/deadlineMs', '/abilities/0']),
    );
    expect(wrong.findings.some((finding) => finding.pointer?.startsWith('/credentials/'))).toBe(true);
    await expectKind(h.connections.get({ id: 'wrong' }), 'not-found');
  });

  it('an unknown connection and an unknown product are named', async () => {
    const h = get();
    await expectKind(h.erp.createSalesOrder({ ...newOrder(h), connection: 'nowhere' }), 'not-found');
    await expectKind(h.connections.put({ id: 'x', product: 'no-such-erp', settings: {} }), 'invalid');
  });
}

/** An order of 3 of one item and 2 of another, under a key nobody used before. */
export function newOrder(h: ErpHarness): CreateSalesOrderRequest {
  const unitPrice = { amount: '2.50', currency: h.currency };
  return {
    connection: h.connection,
    businessKey: `ord_${randomUUID()}`,
    customer: h.customer,
    purchaseOrder: `PO ${randomUUID().slice(0, 8)}`,
    currency: h.currency,
    shipTo: {
      name: 'Harbour Gifts Ltd',
      street: '1 Quay Street',
      city: 'Bristol',
      postalCode: 'BS1 4DJ',
      country: 'GB',
    },
    lines: [
      { line: 1, item: h.item, quantity: '3', unit: h.unit, unitPrice },
      { line: 2, item: h.secondItem, quantity: '2', unit: h.unit, unitPrice },
    ],
    charges: [],
  };
}

export function newDelivery(h: ErpHarness, order: CreateSalesOrderRequest, quantity = '3'): PostDeliveryRequest {
  return {
    connection: order.connection,
    businessKey: `shp_${randomUUID()}`,
    salesOrder: order.businessKey,
    node: h.node,
    shippedAt: new Date().toISOString(),
    lines: [{ line: 1, item: h.item, quantity }],
    trackingNumber: '1Z999AA10123456784',
  };
}

async function delivered(h: ErpHarness) {
  const order = newOrder(h);
  await h.erp.createSalesOrder(order);
  const delivery = newDelivery(h, order);
  await h.erp.postDelivery(delivery);
  const invoice: PostInvoiceRequest = {
    connection: order.connection,
    businessKey: delivery.businessKey,
    salesOrder: order.businessKey,
    delivery: delivery.businessKey,
    lines: delivery.lines,
  };
  return { order, delivery, invoice };
}

function can(h: ErpHarness, fault: ErpFault): boolean {
  return (h.faults ?? ALL).includes(fault);
}

/** Fails unless the promise is rejected with this kind of error; answers the error. */
async function expectKind(promise: Promise<unknown>, kind: CrossdockError['kind']): Promise<CrossdockError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CrossdockError)) throw new Error(`expected ${kind}, got ${String(error)}`);
  expect({ kind: error.kind, message: error.message }).toMatchObject({ kind });
  return error;
}

async function after(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
