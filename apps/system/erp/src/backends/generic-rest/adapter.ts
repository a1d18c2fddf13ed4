import type { Backend, Connection, TestStep } from '#connections/backend';
import type { OutboundHttp } from '#resilience/outbound';
import type { ErpPort } from '../../erp.port';
import { GenericRestClient } from './client';
import { manifest } from './manifest';
import { accountOf, accrualBody, cancellationBody, creditMemoBody, deliveryBody, documentOf, invoiceBody, pageOf, reversalBody, salesOrderBody } from './mapping'; // prettier-ignore
import { COLLECTIONS } from './native';
import type { Collection } from './native';

/** Our own published contract: implement contract.yaml and you are connected without code here. */
export const genericRest: Backend<ErpPort> = {
  manifest,
  connect: (connection, http) => portOf(new GenericRestClient(connection, http)),
  test: (connection, http) => stepsOf(connection, http),
};

function portOf(client: GenericRestClient): ErpPort {
  const find = async (collection: Collection, externalId: string) => {
    const native = await client.find(collection, externalId);
    return native && documentOf(native);
  };
  return {
    createSalesOrder: async (order) =>
      documentOf(await client.post('sales-orders', salesOrderBody(order), order.correlationId)),
    findSalesOrder: (order) => find('sales-orders', order.businessKey),
    cancelSalesOrder: async (cancellation) =>
      documentOf(await client.post('cancellations', cancellationBody(cancellation))),
    findCancellation: (cancellation) => find('cancellations', cancellation.businessKey),
    postDelivery: async (delivery) => documentOf(await client.post('deliveries', deliveryBody(delivery))),
    findDelivery: (delivery) => find('deliveries', delivery.businessKey),
    postInvoice: async (invoice) => documentOf(await client.post('invoices', invoiceBody(invoice))),
    findInvoice: (invoice) => find('invoices', invoice.businessKey),
    reverseDelivery: async (reversal) => documentOf(await client.post('delivery-reversals', reversalBody(reversal))),
    findDeliveryReversal: (reversal) => find('delivery-reversals', reversal.businessKey),
    postCreditMemo: async (memo) => documentOf(await client.post('credit-memos', creditMemoBody(memo))),
    findCreditMemo: (memo) => find('credit-memos', memo.businessKey),
    accrueFreight: async (accrual) => documentOf(await client.post('freight-accruals', accrualBody(accrual))),
    findFreightAccrual: (accrual) => find('freight-accruals', accrual.businessKey),
    documents: async (kind, after, limit) =>
      (await client.list(COLLECTIONS[kind], after, limit)).map(({ externalId, documentNumber }) => ({
        businessKey: externalId,
        documentNumber,
      })),
    stock: async (node, items) => (await client.stock(node, items)).lines.map(({ item, onHand }) => ({ item, onHand })),
    receivables: async (customers) => (await client.receivables(customers)).customers.map(accountOf),
    changedItems: async (cursor) => pageOf(await client.changes('items', cursor)),
    changedCustomers: async (cursor) => pageOf(await client.changes('customers', cursor)),
    changedPrices: async (cursor) => pageOf(await client.changes('prices', cursor)),
  };
}

function stepsOf(connection: Connection, http: OutboundHttp): readonly TestStep[] {
  const client = new GenericRestClient(connection, http);
  return [
    { name: 'reach the ERP and log in', run: async () => JSON.stringify(await client.status()).slice(0, 200) },
    {
      name: 'look up a sales order',
      run: async () => {
        await client.find('sales-orders', 'crossdock-connection-test');
      },
    },
    {
      name: 'read items',
      run: async () => `${String((await client.changes('items', undefined)).records.length)} on the first page`,
    },
  ];
}
