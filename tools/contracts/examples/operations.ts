import type { RequestExamples } from './request-examples';

const reason = 'customer unblocked in the ERP';
const operator = 'dana';
const address = { name: 'Harbour Gifts Ltd', street: '1 Quay Street', city: 'Bristol', postalCode: 'BS1 4DJ', country: 'GB' }; // prettier-ignore
const mapping = { kind: 'ITEM', system: 'harbour', external: 'BUYER-4711', internal: 'MUG-BLUE', validFrom: '2026-01-01' }; // prettier-ignore

/** Whole requests of operators, in the words of the sandbox. */
export const OPERATIONS: RequestExamples = {
  'operationsFeeds.put': {
    url: 'https://shop.example/availability',
    secret: 'whsec_c2VjcmV0LW9mLWEtY2hhbm5lbC1mb3ItdGVzdHM=',
    intervalSeconds: 5,
    batchSize: 200,
  },
  'operationsFeeds.pause': { reason: 'planned maintenance' },
  'operationsConnections.put': {
    product: 'generic-rest',
    settings: { baseUrl: 'https://erp.example/api' },
    credentials: { token: 'the token of your ERP' },
  },
  'operationsConnections.pause': { reason: 'planned maintenance' },
  'operationsReference.putCustomers': {
    customers: [
      {
        id: '17850',
        name: 'Harbour Gifts Ltd',
        status: 'ACTIVE',
        partner: 'quayside',
        currency: 'GBP',
        shipTos: [{ id: 'BRISTOL', address }],
        paymentTerms: 'NET30',
      },
    ],
  },
  'operationsReference.putItems': {
    items: [
      {
        sku: '85123A',
        description: 'White hanging heart T-light holder',
        status: 'ACTIVE',
        baseUnit: 'EA',
        packs: [{ unit: 'XCS', baseQuantity: '12' }],
        listPrice: { amount: '2.55', currency: 'GBP' },
      },
    ],
  },
  'operationsReference.putNodes': {
    nodes: [
      {
        id: 'DC-EAST',
        name: 'Norwich distribution centre',
        timeZone: 'Europe/London',
        wmsConnection: 'wms-east',
        tmsConnection: 'carrier-main',
        address: { ...address, name: 'Crossdock Norwich', city: 'Norwich', postalCode: 'NR1 1AA' },
        priority: 30,
        active: false,
      },
    ],
  },
  'operationsReference.putPrices': {
    prices: [
      { customer: '17850', item: '85123A', price: { amount: '2.35', currency: 'GBP' }, validFrom: '2026-01-01' },
    ],
  },
  'operationsMappings.put': { mappings: [mapping] },
  'operationsMappings.end': { kind: 'ITEM', system: 'harbour', external: 'BUYER-4711', lastDay: '2026-06-30' },
  'operationsMappings.importFile': {
    csv: 'kind,system,external,internal,validFrom\r\nITEM,harbour,BUYER-4712,MUG-BLUE,2026-01-01\r\n',
    preview: true,
  },
  'operationsBooks.reconcile': { kind: 'invoice' },
  'operationsExceptions.putPolicies': {
    reason: 'the order desk answers within an hour',
    operator,
    policies: [{ domain: 'orders', partner: '*', queue: 'order-desk', dueMinutes: 60 }],
  },
  'operationsExceptions.bulk': {
    filter: { domain: 'orders', code: 'CUSTOMER_BLOCKED' },
    action: 'RETRY',
    dryRun: true,
    reason,
    operator,
  },
  'operationsExceptions.assign': { to: 'dana', reason: 'knows the customer', operator },
  'operationsExceptions.editAndRetry': { reason, operator, content: '{"orderId":"4711"}' },
  'operationsExceptions.resolve': { reason, operator },
  'operationsExceptions.retry': { reason, operator },
  'operationsInventory.postInventory': {
    source: 'wms/wms-north',
    records: [
      {
        id: 'rcpt-1001-1',
        item: 'MUG-BLUE',
        node: 'DC-NORTH',
        fact: 'RECEIVED',
        quantity: '48',
        occurredAt: '2026-03-02T10:00:00Z',
        reference: 'PO-881',
      },
    ],
  },
  'operationsInventory.putSupplies': {
    supplies: [
      {
        id: 'PO-881-1',
        kind: 'PURCHASE_ORDER',
        item: 'MUG-BLUE',
        node: 'DC-NORTH',
        quantity: '60',
        availableOn: '2099-03-09',
      },
    ],
  },
  'operationsInventory.putSafetyStock': { levels: [{ item: 'MUG-BLUE', node: 'DC-NORTH', quantity: '12' }] },
  'operationsLedger.putSourceRules': {
    rules: [{ node: 'DC-EAST', source: 'wms/wms-east', maxAgeSeconds: 3600, whenStale: 'FLOOR', floorShare: '0.5' }],
  },
  'operationsLedger.giveUp': { source: 'wms/wms-north', node: 'DC-NORTH' },
  'operationsOrders.change': {
    key: 'call-2026-03-02-ann',
    lines: [{ line: 1, decrease: '12' }],
    reason: 'asked by phone',
  },
  'operationsOrders.hold': {
    who: 'ann',
    type: 'MANUAL',
    code: 'CUSTOMER_ASKED_TO_WAIT',
    detail: 'the shop is being painted until Friday',
    blocking: true,
  },
  'operationsOrders.releaseHold': { who: 'ann', why: 'credit given by phone' },
  'operationsOrders.retryHolds': { reason },
  'operationsOrders.putPartnerPolicy': {
    partial: 'PARTIAL_OK',
    backorder: true,
    pickShort: 'OTHER_NODE',
    maxSplits: 2,
  },
  'operationsOrderPolicies.put': {
    policies: [
      {
        partner: 'quayside',
        severities: [{ check: 'PRICE', severity: 'WARN' }],
        priceTolerance: { percent: '1', absolute: '0.05' },
        missingMapping: 'PARK',
      },
    ],
  },
  'operationsPolicies.putChannels': {
    quotas: [{ item: 'MUG-BLUE', node: 'DC-NORTH', channel: 'EDI', protected: '40' }],
  },
  'operationsPolicies.putItems': { policies: [{ item: '85123A', purchasable: true, leadTimeDays: 7 }] },
  'operationsPolicies.putNodes': {
    policies: [{ node: 'DC-EAST', workingDays: [1, 2, 3, 4, 5], cutOff: '14:00', handlingDays: 1 }],
  },
  'operationsPolicies.putPartners': { caps: [{ partner: 'quayside', item: 'MUG-BLUE', maximum: '500' }] },
  'operationsShipments.putTolerances': { tolerances: [{ partner: 'quayside', item: '85123A', percent: '5' }] },
  'operationsShipments.correct': {
    revision: 2,
    reason: 'two cartons were found on the dock',
    node: 'DC-NORTH',
    shippedAt: '2026-03-02T10:00:00Z',
    lines: [{ line: 1, item: 'MUG-BLUE', quantity: '22' }],
  },
  'operationsShipments.void': { revision: 3, reason: 'the truck came back' },
};
