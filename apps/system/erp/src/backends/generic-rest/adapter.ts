import type { Backend, Connection, TestStep } from '#connections/backend';
import type { OutboundHttp } from '#resilience/outbound';
import type { ErpPort } from '../../erp.port';
import { GenericRestClient } from './client';
import { manifest } from './manifest';
import { cancellationBody, deliveryBody, documentOf, invoiceBody, pageOf, salesOrderBody } from './mapping';
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
    stock: async (node, items) => (await client.stock(node, items)).lines.map(({ item, onHand }) => ({ item, onHand })),
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
