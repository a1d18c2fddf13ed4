import type { SourceOfTruth } from '#contracts/reference/mappings.dto';
import type { CustomerDto, ItemDto } from '#contracts/reference/reference.dto';

/** Attributes of an item that operators own: what an ERP sends of the item leaves them as they are, unless it names them. */
export const OPERATORS_OWN_OF_ITEMS = [
  'minimumOrder',
  'orderMultiple',
  'leadTimeDays',
  'hazardClass',
  'exportControl',
  'coldChain',
  'capture',
  'assortments',
  'notInChannels',
  'notSoldTo',
  'licence',
] as const satisfies readonly (keyof ItemDto)[];

/** The same of a customer. */
export const OPERATORS_OWN_OF_CUSTOMERS = [
  'blocks',
  'taxRegistered',
  'paymentTerms',
  'billTo',
  'credit',
  'taxExemptions',
  'assortments',
  'licences',
  'routings',
] as const satisfies readonly (keyof CustomerDto)[];

/** Which system owns what. The rules are the code's own: a change here is a change of behaviour, reviewed as one. */
export const SOURCES_OF_TRUTH: readonly SourceOfTruth[] = [
  {
    object: 'item',
    attributes: 'number, description, status, base unit, packs, GTINs, list price, weight',
    owner: 'ERP of the connection that sends it',
    keptIn: 'reference.item',
    conflict: 'the last one stored wins; a GTIN stays with the item that has it',
    latency: "the connection's poll interval",
  },
  {
    object: 'item',
    attributes: OPERATORS_OWN_OF_ITEMS.join(', '),
    owner: 'operators, unless the ERP sends them',
    keptIn: 'reference.item',
    conflict: 'what the ERP leaves out stays as operators set it',
    latency: 'at once',
  },
  {
    object: 'customer',
    attributes: 'name, status, partner, currency, ship-tos',
    owner: 'ERP named in erpConnection',
    keptIn: 'reference.customer, reference.ship_to',
    conflict: 'the last one stored wins; a ship-to stays with the customer that has it',
    latency: "the connection's poll interval",
  },
  {
    object: 'customer',
    attributes: OPERATORS_OWN_OF_CUSTOMERS.join(', '),
    owner: 'operators, unless the ERP sends them',
    keptIn: 'reference.customer',
    conflict: 'what the ERP leaves out stays as operators set it',
    latency: 'at once',
  },
  {
    object: 'contract price',
    attributes: 'amount, first and last day',
    owner: 'ERP',
    keptIn: 'reference.contract_price',
    conflict: 'of those that hold on a day the one that began last wins',
    latency: "the connection's poll interval",
  },
  {
    object: 'cross-reference',
    attributes: 'codes of partners, standards and connections',
    owner: 'operators',
    keptIn: 'reference.mapping',
    conflict: 'of those that hold on a day the one that began last wins; a partner wins over a standard',
    latency: 'at once',
  },
  {
    object: 'node',
    attributes: 'address, time zone, connections, priority',
    owner: 'operators',
    keptIn: 'reference.node',
    conflict: 'the last one stored wins',
    latency: '5 seconds in the order process',
  },
  {
    object: 'stock',
    attributes: 'what is on hand and in which state',
    owner: 'the warehouse system of the node',
    keptIn: 'availability (ledger)',
    conflict: 'facts add up; a snapshot rebases at its own time and never overwrites',
    latency: 'at once by webhook',
  },
  {
    object: 'promise and reservation',
    attributes: 'who may have what, when',
    owner: 'Crossdock',
    keptIn: 'availability',
    conflict: 'none: nobody else writes it',
    latency: 'at once',
  },
  {
    object: 'order',
    attributes: 'content, findings, holds, progress',
    owner: 'Crossdock; content is what the partner sent',
    keptIn: 'orders.sales_order',
    conflict: 'the same purchase order with other content is refused and told',
    latency: 'at once',
  },
  {
    object: 'sales order, delivery, invoice',
    attributes: 'document numbers and postings',
    owner: 'ERP',
    keptIn: 'the posting ledger of system/erp',
    conflict: 'the document that the ERP has under our business key is the one',
    latency: 'at once, or when the ERP is back',
  },
  {
    object: 'shipment and tracking',
    attributes: 'what left, where it is',
    owner: 'warehouse, then carrier',
    keptIn: 'shipments',
    conflict: 'an older fact changes nothing',
    latency: 'at once by webhook',
  },
];
