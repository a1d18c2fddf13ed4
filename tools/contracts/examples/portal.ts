import type { RequestExamples } from './request-examples';

const line = { line: 1, item: 'MUG-BLUE', quantity: { value: '24', unit: 'EA' } };
const order = {
  purchaseOrder: 'PO-10042',
  shipTo: 'BRISTOL',
  partial: 'PARTIAL_OK',
  lines: [line, { line: 2, item: 'CANDLE-PINE', quantity: { value: '2', unit: 'XCS' } }],
};

/** Whole requests of the portal, in the words of the sandbox: each works there as it stands. */
export const PORTAL: RequestExamples = {
  'portalAvailability.query': {
    lines: [
      { item: 'MUG-BLUE', quantity: { value: '48', unit: 'EA' } },
      { item: 'CANDLE-PINE', quantity: { value: '2', unit: 'XCS' }, substitutes: true },
    ],
    explain: { days: 7 },
  },
  'portalOrders.place': order,
  'portalOrders.validate': { ...order, purchaseOrder: 'PO-10043' },
  'portalOrders.cancel': { lines: [{ line: 1, quantity: { value: '12', unit: 'EA' } }], reason: 'ordered twice' },
  'portalOrders.change': { lines: [{ line: 1, decrease: { value: '12', unit: 'EA' } }], reason: 'the shop moves' },
  'portalOrdersV2.place': { ...order, purchaseOrder: 'PO-10044' },
  'portalOrdersV2.validate': { ...order, purchaseOrder: 'PO-10045' },
  'portalOrdersV2.cancel': { lines: [{ line: 1, quantity: { value: '12', unit: 'EA' } }], reason: 'ordered twice' },
  'portalOrdersV2.change': { lines: [{ line: 1, decrease: { value: '12', unit: 'EA' } }], reason: 'the shop moves' },
  'portalReservations.place': { lines: [line], mode: 'ALL_OR_NOTHING', ttlSeconds: 900 },
  'portalReservations.extend': { ttlSeconds: 3600 },
  'portalReservations.release': {
    lines: [{ line: 1, quantity: { value: '12', unit: 'EA' } }],
    reason: 'basket given up',
  },
  'portalWebhooks.create': {
    url: 'https://shop.example/crossdock',
    eventTypes: ['order.accepted', 'order.shipped'],
    description: 'order desk',
  },
  'portalWebhooks.update': { url: 'https://shop.example/crossdock', eventTypes: ['order.shipped'], enabled: true },
  'portalWebhooks.replay': { what: 'FAILED', from: '2026-03-02T10:00:00Z' },
  'portalWebhooks.rotate': { overlapHours: 24 },
};

/** What marketplaces send is what the portal takes. */
export const MARKETPLACE: RequestExamples = {
  'marketplaceOrders.place': { ...order, purchaseOrder: 'MKT-2207' },
  'marketplaceOrders.validate': { ...order, purchaseOrder: 'MKT-2208' },
};

export const PLANNER: RequestExamples = {
  'plannerPlan.whatIf': {
    item: 'MUG-BLUE',
    changes: [
      { action: 'ADD', of: 'SUPPLY', node: 'DC-NORTH', quantity: { value: '24', unit: 'EA' }, date: '2099-03-09' },
    ],
    days: 30,
  },
};
