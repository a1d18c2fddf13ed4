import { erpBooksContract } from '#contracts/connections/books.api';
import { erpConnectionsContract } from '#contracts/connections/connections.api';
import { erpContract } from '#contracts/erp/erp.api';
import type { CreateSalesOrderRequest } from '#contracts/erp/erp.dto';
import type { Both } from '../support/both';

const connection = 'erp-main';
const lines = [{ line: 1, item: 'MUG-BLUE', quantity: '4' }];
const salesOrder: CreateSalesOrderRequest = {
  connection,
  businessKey: 'contract-so-1',
  customer: 'HARBOUR-GIFTS',
  purchaseOrder: 'CT-ERP-1',
  currency: 'GBP',
  shipTo: { name: 'Harbour', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' },
  lines: lines.map((line) => ({ ...line, unit: 'EA', unitPrice: { amount: '3.95', currency: 'GBP' } })),
  charges: [],
};
const delivery = {
  ...{ connection, businessKey: 'contract-dn-1', salesOrder: salesOrder.businessKey, node: 'DC-NORTH' },
  shippedAt: '2026-03-02T10:00:00Z',
  lines: [{ ...lines[0]!, quantity: '3' }],
};
const invoice = {
  ...{ connection, businessKey: 'contract-in-1', salesOrder: salesOrder.businessKey, delivery: delivery.businessKey },
  lines: delivery.lines,
};
const reversal = {
  ...{ connection, businessKey: 'contract-dn-1@2', salesOrder: salesOrder.businessKey, delivery: delivery.businessKey },
  ...{ node: 'DC-NORTH', documentDate: '2026-03-02', lines: [{ ...lines[0]!, quantity: '1' }] },
};
const creditMemo = {
  ...{ connection, businessKey: 'contract-in-1@2', salesOrder: salesOrder.businessKey, invoice: invoice.businessKey },
  ...{ documentDate: '2026-03-02', lines: reversal.lines },
};
const accrual = {
  ...{ connection, businessKey: 'contract-fa-1', delivery: delivery.businessKey, documentDate: '2026-03-02' },
  amount: { amount: '7.10', currency: 'GBP' },
};
const cancellation = { connection, salesOrder: salesOrder.businessKey, businessKey: 'contract-ca-1' };

export function erpSuite(both: () => Both): void {
  describe('erp', () => {
    it('posts each document once by its business key', async () => {
      const outcomes = async () => [
        (await both().answers(erpContract, (api) => api.createSalesOrder(salesOrder))).outcome,
        (await both().answers(erpContract, (api) => api.postDelivery(delivery))).outcome,
        (await both().answers(erpContract, (api) => api.postInvoice(invoice))).outcome,
        (await both().answers(erpContract, (api) => api.postCreditMemo(creditMemo))).outcome,
        (await both().answers(erpContract, (api) => api.reverseDelivery(reversal))).outcome,
        (await both().answers(erpContract, (api) => api.accrueFreight(accrual))).outcome,
        (await both().answers(erpContract, (api) => api.cancelSalesOrder(cancellation))).outcome,
      ];
      expect(await outcomes()).toEqual(Array.from({ length: 7 }, () => 'created'));
      expect(await outcomes()).toEqual(Array.from({ length: 7 }, () => 'existing'));
    });

    it('tells what customers owe, of those that the ERP knows', async () => {
      const told = await both().answers(erpContract, async (api) => {
        const { customers } = await api.receivables({ connection, customers: ['HARBOUR-GIFTS', 'NOBODY'] });
        return customers;
      });
      expect(told).toMatchObject([{ customer: 'HARBOUR-GIFTS', currency: 'GBP', overdue: '0' }]);
      // Whole mugs of 3.95, some of them credited.
      expect(Number(told[0]?.receivables) / 3.95).toBeGreaterThanOrEqual(2);
    });

    it('compares the ledger with the books of the ERP', async () => {
      const compared = await both().answers(erpBooksContract, async (api) => {
        const { posted, differences } = await api.reconcile({ id: connection, kind: 'credit-memo' });
        return { posted, differences };
      });
      expect(compared).toEqual({ posted: 1, differences: [] });
      await both().refuses(erpBooksContract, { code: 'POSTING_KIND_UNKNOWN', kind: 'invalid' }, (api) =>
        api.reconcile({ id: connection, kind: 'payslip' }),
      );
      await both().refuses(erpBooksContract, { code: 'CONNECTION_UNKNOWN', kind: 'not-found' }, (api) =>
        api.reconcile({ id: 'nowhere', kind: 'invoice' }),
      );
    });

    it('tells stock and reads master data', async () => {
      const stock = await both().answers(erpContract, async (api) => {
        const answer = await api.stock({ connection, node: 'DC-NORTH', items: 'MUG-BLUE,BELL-BRASS' });
        return answer.lines.map(({ item }) => item).sort();
      });
      expect(stock).toEqual(['BELL-BRASS', 'MUG-BLUE']);
      const synced = await both().answers(erpContract, (api) => api.syncMasterData({ connection }));
      expect(Object.keys(synced)).toEqual(['items', 'customers', 'prices']);
    });

    it('refuses a known business key with other content', async () => {
      const conflict = { code: 'POSTING_CONFLICT', kind: 'conflict' } as const;
      await both().refuses(erpContract, conflict, (api) =>
        api.createSalesOrder({ ...salesOrder, purchaseOrder: 'CT-ERP-2' }),
      );
      await both().refuses(erpContract, conflict, (api) => api.postDelivery({ ...delivery, node: 'DC-SOUTH' }));
      await both().refuses(erpContract, conflict, (api) => api.postInvoice({ ...invoice, lines }));
      await both().refuses(erpContract, conflict, (api) => api.cancelSalesOrder({ ...cancellation, reason: 'other' }));
      await both().refuses(erpContract, conflict, (api) => api.reverseDelivery({ ...reversal, reason: 'other' }));
      await both().refuses(erpContract, conflict, (api) => api.postCreditMemo({ ...creditMemo, reason: 'other' }));
      await both().refuses(erpContract, conflict, (api) => api.accrueFreight({ ...accrual, carrier: 'other' }));
    });

    it('passes on what the ERP refuses, in its own words', async () => {
      const error = await both().refuses(erpContract, { kind: 'refused', retryable: false }, (api) =>
        api.createSalesOrder({ ...salesOrder, businessKey: 'contract-so-2', customer: 'NOBODY' }),
      );
      expect(error.message.length).toBeGreaterThan(10);
      for (const refused of ['postDelivery', 'postInvoice', 'cancelSalesOrder'] as const) {
        const requests = { postDelivery: delivery, postInvoice: invoice, cancelSalesOrder: cancellation };
        await both().refuses(
          erpContract,
          { retryable: false },
          (api) =>
          api[refused]({ ...(requests[refused] as typeof delivery & typeof invoice), businessKey: `none-${refused}`, salesOrder: 'no-such-order' }), // prettier-ignore
        );
      }
    });

    it('refuses an unknown, a paused and an unreachable connection, the last two as worth another try', async () => {
      const unknown = { code: 'CONNECTION_UNKNOWN', kind: 'not-found', retryable: false } as const;
      await both().refuses(erpContract, unknown, (api) => api.createSalesOrder({ ...salesOrder, connection: 'none' }));
      await both().refuses(erpContract, unknown, (api) => api.stock({ connection: 'none', node: 'DC-NORTH' }));
      await both().refuses(erpContract, unknown, (api) => api.receivables({ connection: 'none', customers: ['C'] }));
      await both().refuses(erpContract, unknown, (api) => api.syncMasterData({ connection: 'none' }));
      const put = (id: string, baseUrl?: string) =>
        both().answers(erpConnectionsContract, (api, world) =>
          api.put({
            ...{ id, product: 'generic-rest', credentials: { token: 'sandbox-erp-token' } },
            settings: { baseUrl: baseUrl ?? `${world.demo.sandboxUrl}/sandbox/erp/main` },
          }),
        );
      await put('erp-paused');
      await both().answers(erpConnectionsContract, (api) => api.pause({ id: 'erp-paused', reason: 'stocktaking' }));
      const paused = { code: 'CONNECTION_PAUSED', kind: 'unavailable', retryable: true } as const;
      await both().refuses(erpContract, paused, (api) => api.createSalesOrder({ ...salesOrder, businessKey: 'p', connection: 'erp-paused' })); // prettier-ignore
      // The discard port: nothing listens there.
      await put('erp-away', 'http://127.0.0.1:9');
      const away = { code: 'BACKEND_UNAVAILABLE', kind: 'unavailable', retryable: true } as const;
      await both().refuses(erpContract, away, (api) => api.stock({ connection: 'erp-away', node: 'DC-NORTH' }));
      await both().answers(erpConnectionsContract, (api) =>
        api.put({
          id: 'erp-away',
          product: 'generic-rest',
          settings: { baseUrl: 'http://127.0.0.1:9' },
          abilities: [],
        }),
      );
      const disabled = { code: 'ABILITY_DISABLED', kind: 'refused' } as const;
      const there = { connection: 'erp-away' };
      await both().refuses(erpContract, disabled, (api) => api.stock({ ...there, node: 'DC-NORTH' }));
      await both().refuses(erpContract, disabled, (api) => api.receivables({ ...there, customers: ['C'] }));
      await both().refuses(erpContract, disabled, (api) => api.reverseDelivery({ ...reversal, ...there }));
      await both().refuses(erpContract, disabled, (api) => api.postCreditMemo({ ...creditMemo, ...there }));
      await both().refuses(erpContract, disabled, (api) => api.accrueFreight({ ...accrual, ...there }));
      await both().refuses(erpBooksContract, disabled, (api) => api.reconcile({ id: 'erp-away', kind: 'invoice' }));
    });

    it('hands on how long to wait when the ERP says so', async () => {
      await Promise.all(
        both().worlds.map(({ demo }) =>
          fetch(`${demo.sandboxUrl}/sandbox/erp/main/_faults`, {
            method: 'PUT',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ rules: [{ operation: 'createSalesOrder', mode: '429', times: 1, retryAfter: 7 }] }),
          }),
        ),
      );
      const limited = { code: 'BACKEND_LIMITED', kind: 'limited', retryable: true, retryAfter: 7 } as const;
      await both().refuses(erpContract, limited, (api) =>
        api.createSalesOrder({ ...salesOrder, businessKey: 'contract-so-3' }),
      );
    });

    it('refuses bodies that break the contract', async () => {
      const violated = { code: 'CONTRACT_VIOLATED', kind: 'invalid' } as const;
      const wrong = [{ line: 0, item: 'MUG-BLUE', quantity: '1' }];
      await both().refuses(erpContract, violated, (api) => api.createSalesOrder({ ...salesOrder, currency: 'pounds' }));
      await both().refuses(erpContract, violated, (api) => api.postDelivery({ ...delivery, lines: wrong }));
      await both().refuses(erpContract, violated, (api) => api.postInvoice({ ...invoice, lines: [] }));
      await both().refuses(erpContract, violated, (api) => api.cancelSalesOrder({ ...cancellation, lines: wrong }));
      await both().refuses(erpContract, violated, (api) => api.stock({ connection, node: '' }));
      await both().refuses(erpContract, violated, (api) => api.receivables({ connection, customers: [] }));
      await both().refuses(erpContract, violated, (api) => api.reverseDelivery({ ...reversal, lines: wrong }));
      await both().refuses(erpContract, violated, (api) =>
        api.postCreditMemo({ ...creditMemo, documentDate: 'today' }),
      );
      const free = { amount: 'nothing', currency: 'GBP' };
      await both().refuses(erpContract, violated, (api) => api.accrueFreight({ ...accrual, amount: free }));
    });
  });
}
