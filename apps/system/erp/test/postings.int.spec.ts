import { randomUUID } from 'node:crypto';
import { seedErp } from '../../../sandbox/src/erp/erp.seed';
import { ErpBooks } from '../src/erp-books';
import { newDelivery, newOrder } from './erp.conformance';
import { startSandboxErp } from './sandbox-harness';
import type { SandboxErpHarness } from './sandbox-harness';

describe('the posting ledger of the ERP app', () => {
  let h: SandboxErpHarness;
  let books: ErpBooks;
  beforeAll(async () => {
    h = await startSandboxErp({ deduplicates: true });
    books = new ErpBooks(h.database, h.connections);
  });
  afterAll(() => h.close());

  /** An order of 3 × 2.50 and 2 × 2.50 with its delivery of the first line. */
  const delivered = async (more: { connection?: string; shippedAt?: string } = {}) => {
    const order = { ...newOrder(h), ...(more.connection === undefined ? {} : { connection: more.connection }) };
    await h.erp.createSalesOrder(order);
    const delivery = {
      ...newDelivery(h, order),
      ...(more.shippedAt === undefined ? {} : { shippedAt: more.shippedAt }),
    };
    const posted = await h.erp.postDelivery(delivery);
    const common = {
      connection: order.connection,
      salesOrder: order.businessKey,
      documentDate: delivery.shippedAt.slice(0, 10),
    };
    return { order, delivery, posted, common };
  };
  const lines = (quantity: string) => [{ line: 1, item: h.item, quantity }];

  it('what left too little is taken back once: stock goes up, and not more than was delivered', async () => {
    const { delivery, common } = await delivered();
    const before = Number(await h.onHand(h.connection, h.item));
    const reversal = {
      ...{ ...common, businessKey: `${delivery.businessKey}@2`, delivery: delivery.businessKey, node: h.node },
      ...{ lines: lines('2'), reason: 'counted again at the dock' },
    };
    await h.strike('504-after-commit', 'reverseDelivery');
    await expect(h.erp.reverseDelivery(reversal)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(await h.erp.reverseDelivery(reversal)).toMatchObject({ outcome: 'existing' });
    expect(Number(await h.onHand(h.connection, h.item))).toBe(before + 2);
    const again = { ...reversal, businessKey: `${delivery.businessKey}@3` };
    await expect(h.erp.reverseDelivery(again)).rejects.toMatchObject({ code: 'BACKEND_REFUSED' });
  });

  it('a credit memo gives back what was billed, once, at the price of the order', async () => {
    const { delivery, common } = await delivered();
    const invoice = { ...common, businessKey: delivery.businessKey, delivery: delivery.businessKey, lines: lines('3') };
    const charges = [{ code: 'FREIGHT', amount: { amount: '18.50', currency: h.currency } }];
    expect(await h.erp.postInvoice({ ...invoice, charges })).toMatchObject({ total: { currency: h.currency } });
    const memo = {
      ...common,
      businessKey: `${delivery.businessKey}@2`,
      invoice: invoice.businessKey,
      lines: lines('2'),
    };
    await h.strike('reset-after-commit', 'postCreditMemo');
    await expect(h.erp.postCreditMemo(memo)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(await h.erp.postCreditMemo(memo)).toMatchObject({ outcome: 'existing' });
    await expect(h.erp.postCreditMemo({ ...memo, businessKey: 'more' })).rejects.toMatchObject({
      code: 'BACKEND_REFUSED',
    });
  });

  it('freight is accrued once per shipment', async () => {
    const { delivery, common } = await delivered();
    const accrual = {
      ...{ connection: common.connection, documentDate: common.documentDate },
      ...{ businessKey: delivery.businessKey, delivery: delivery.businessKey, carrier: 'UPSN' },
      amount: { amount: '12.40', currency: h.currency },
    };
    await h.strike('504-after-commit', 'accrueFreight');
    await expect(h.erp.accrueFreight(accrual)).rejects.toMatchObject({ kind: 'unknown-outcome' });
    expect(await h.erp.accrueFreight(accrual)).toMatchObject({ outcome: 'existing' });
  });

  it('in a closed period a document keeps its business date and is posted under the first open day', async () => {
    const { order } = await delivered();
    await seedErp(h.database, h.connection, { closedThrough: '2026-01-31' });
    const late = newDelivery(h, order, '1');
    await h.erp.createSalesOrder({ ...order, businessKey: 'january' });
    const january = { ...late, salesOrder: 'january', shippedAt: '2026-01-30T10:00:00Z' };
    expect(await h.erp.postDelivery(january)).toMatchObject({ outcome: 'created', postingDate: '2026-02-01' });
    const page = await h.connections.postings({ businessKey: january.businessKey });
    expect(page.postings).toMatchObject([{ kind: 'delivery', state: 'DONE', postingDate: '2026-02-01' }]);
    const stored = await h.database.query<{ body: object }>(
      'select body from sandbox.erp_document where external_id = $1',
      [january.businessKey],
    );
    expect(stored.rows).toMatchObject([{ body: { shippedAt: '2026-01-30T10:00:00Z', postingDate: '2026-02-01' } }]);
    await seedErp(h.database, h.connection, { closedThrough: null });
  });

  it('a period that opens later is waited for, and shown as waiting', async () => {
    const { order } = await delivered();
    await seedErp(h.database, h.connection, { closedThrough: '2099-12-31' });
    await h.erp.createSalesOrder({ ...order, businessKey: 'waits' });
    const waits = { ...newDelivery(h, order, '1'), salesOrder: 'waits' };
    await expect(h.erp.postDelivery(waits)).rejects.toMatchObject({ code: 'PERIOD_CLOSED', retryable: true });
    const { postings } = await h.connections.postings({ businessKey: waits.businessKey });
    expect(postings).toMatchObject([{ state: 'OPEN', lastError: expect.stringContaining('2100-01-01') as string }]);
    await seedErp(h.database, h.connection, { closedThrough: null });
    expect(await h.erp.postDelivery(waits)).toMatchObject({ outcome: 'created' });
  });

  it('the ledger is listed by kind, state and connection, page by page', async () => {
    const all: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await h.connections.postings({
        kind: 'delivery',
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      });
      all.push(...page.postings.map(({ businessKey }) => businessKey));
      more = page.next !== undefined;
      cursor = page.next;
    }
    expect(all.length).toBeGreaterThan(4);
    expect(new Set(all).size).toBe(all.length);
    const refused = await h.connections.postings({ kind: 'credit-memo', state: 'REFUSED' });
    expect(refused.postings).toMatchObject([{ businessKey: 'more', attempts: 1 }]);
    await expect(h.connections.postings({ cursor: 'x' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('ledger and books are equal, one by one; what only one of them has is named', async () => {
    for (const kind of ['sales-order', 'delivery', 'invoice', 'delivery-reversal', 'credit-memo', 'freight-accrual']) {
      const { posted, equal, differences } = await books.reconcile({ id: h.connection, kind });
      expect([kind, differences, posted]).toEqual([kind, [], equal]);
      expect(posted).toBeGreaterThan(0);
    }
    const stranger = `by-hand-${randomUUID()}`;
    await fetch(`${h.baseUrl(h.connection)}/v1/sales-orders`, {
      method: 'POST',
      headers: { authorization: 'Bearer the-token-of-the-sandbox', 'content-type': 'application/json' },
      body: JSON.stringify({ ...newOrder(h), externalId: stranger }),
    });
    const { differences } = await books.reconcile({ id: h.connection, kind: 'sales-order' });
    expect(differences).toMatchObject([{ difference: 'UNEXPECTED', businessKey: stranger }]);
    await expect(books.reconcile({ id: h.connection, kind: 'payslip' })).rejects.toMatchObject({
      code: 'POSTING_KIND_UNKNOWN',
    });
  });
});
