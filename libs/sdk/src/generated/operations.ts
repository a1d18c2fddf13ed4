// Written by `npm run contracts` from the documents under openapi/. Not edited by hand.

import type { operations as Portal } from './portal';
import type { operations as PortalV2 } from './portal-v2';
import type { operations as Marketplace } from './marketplace';
import type { operations as Account } from './account';

/** How each operation is called. `repeatable`: whether a try without an answer may be sent again. */
export const OPERATIONS = {
  'portalAvailability.query': { method: 'POST', path: '/portal/v1/availability/query', repeatable: 'always' },
  'portalEvents.types': { method: 'GET', path: '/portal/v1/event-types', repeatable: 'always' },
  'portalEvents.list': { method: 'GET', path: '/portal/v1/events', repeatable: 'always' },
  'portalEvents.get': { method: 'GET', path: '/portal/v1/events/{id}', repeatable: 'always' },
  'portalItems.list': { method: 'GET', path: '/portal/v1/items', repeatable: 'always' },
  'portalItems.get': { method: 'GET', path: '/portal/v1/items/{sku}', repeatable: 'always' },
  'portalOrders.place': { method: 'POST', path: '/portal/v1/orders', repeatable: 'with-key' },
  'portalOrders.list': { method: 'GET', path: '/portal/v1/orders', repeatable: 'always' },
  'portalOrders.validate': { method: 'POST', path: '/portal/v1/orders/validate', repeatable: 'never' },
  'portalOrders.get': { method: 'GET', path: '/portal/v1/orders/{id}', repeatable: 'always' },
  'portalOrders.cancel': { method: 'POST', path: '/portal/v1/orders/{id}/cancel', repeatable: 'with-key' },
  'portalOrders.change': { method: 'POST', path: '/portal/v1/orders/{id}/change', repeatable: 'with-key' },
  'portalReservations.place': { method: 'POST', path: '/portal/v1/reservations', repeatable: 'with-key' },
  'portalReservations.get': { method: 'GET', path: '/portal/v1/reservations/{id}', repeatable: 'always' },
  'portalReservations.extend': { method: 'POST', path: '/portal/v1/reservations/{id}/extend', repeatable: 'with-key' },
  'portalReservations.release': { method: 'POST', path: '/portal/v1/reservations/{id}/release', repeatable: 'with-key' },
  'portalShipments.list': { method: 'GET', path: '/portal/v1/shipments', repeatable: 'always' },
  'portalShipments.get': { method: 'GET', path: '/portal/v1/shipments/{id}', repeatable: 'always' },
  'portalWebhooks.delivery': { method: 'GET', path: '/portal/v1/webhook-deliveries/{id}', repeatable: 'always' },
  'portalWebhooks.redeliver': { method: 'POST', path: '/portal/v1/webhook-deliveries/{id}/redeliver', repeatable: 'with-key' },
  'portalWebhooks.create': { method: 'POST', path: '/portal/v1/webhook-endpoints', repeatable: 'never' },
  'portalWebhooks.list': { method: 'GET', path: '/portal/v1/webhook-endpoints', repeatable: 'always' },
  'portalWebhooks.get': { method: 'GET', path: '/portal/v1/webhook-endpoints/{id}', repeatable: 'always' },
  'portalWebhooks.update': { method: 'PUT', path: '/portal/v1/webhook-endpoints/{id}', repeatable: 'always' },
  'portalWebhooks.delete': { method: 'DELETE', path: '/portal/v1/webhook-endpoints/{id}', repeatable: 'never' },
  'portalWebhooks.deliveries': { method: 'GET', path: '/portal/v1/webhook-endpoints/{id}/deliveries', repeatable: 'always' },
  'portalWebhooks.replay': { method: 'POST', path: '/portal/v1/webhook-endpoints/{id}/replay', repeatable: 'with-key' },
  'portalWebhooks.rotate': { method: 'POST', path: '/portal/v1/webhook-endpoints/{id}/rotate-secret', repeatable: 'never' },
  'portalWebhooks.test': { method: 'POST', path: '/portal/v1/webhook-endpoints/{id}/test', repeatable: 'with-key' },
  'portalOrdersV2.place': { method: 'POST', path: '/portal/v2/orders', repeatable: 'with-key' },
  'portalOrdersV2.list': { method: 'GET', path: '/portal/v2/orders', repeatable: 'always' },
  'portalOrdersV2.validate': { method: 'POST', path: '/portal/v2/orders/validate', repeatable: 'never' },
  'portalOrdersV2.get': { method: 'GET', path: '/portal/v2/orders/{id}', repeatable: 'always' },
  'portalOrdersV2.cancel': { method: 'POST', path: '/portal/v2/orders/{id}/cancel', repeatable: 'with-key' },
  'portalOrdersV2.change': { method: 'POST', path: '/portal/v2/orders/{id}/change', repeatable: 'with-key' },
  'marketplaceFeeds.availability': { method: 'GET', path: '/marketplace/v1/availability', repeatable: 'always' },
  'marketplaceOrders.place': { method: 'POST', path: '/marketplace/v1/orders', repeatable: 'with-key' },
  'marketplaceOrders.validate': { method: 'POST', path: '/marketplace/v1/orders/validate', repeatable: 'never' },
  'marketplaceFeeds.shipments': { method: 'GET', path: '/marketplace/v1/shipments', repeatable: 'always' },
  'changelog.get': { method: 'GET', path: '/account/v1/changelog', repeatable: 'always' },
  'clients.list': { method: 'GET', path: '/account/v1/clients', repeatable: 'always' },
  'clients.create': { method: 'POST', path: '/account/v1/clients', repeatable: 'never' },
  'clients.revoke': { method: 'POST', path: '/account/v1/clients/{id}/revoke', repeatable: 'never' },
  'clients.rotate': { method: 'POST', path: '/account/v1/clients/{id}/rotate', repeatable: 'never' },
  'account.list': { method: 'GET', path: '/account/v1/keys', repeatable: 'always' },
  'account.issue': { method: 'POST', path: '/account/v1/keys', repeatable: 'never' },
  'account.revoke': { method: 'POST', path: '/account/v1/keys/{id}/revoke', repeatable: 'never' },
  'account.rotate': { method: 'POST', path: '/account/v1/keys/{id}/rotate', repeatable: 'never' },
  'requests.list': { method: 'GET', path: '/account/v1/requests', repeatable: 'always' },
  'requests.get': { method: 'GET', path: '/account/v1/requests/{id}', repeatable: 'always' },
  'account.self': { method: 'GET', path: '/account/v1/self', repeatable: 'always' },
  'usage.get': { method: 'GET', path: '/account/v1/usage', repeatable: 'always' },
} as const;

export type Operations = Portal & PortalV2 & Marketplace & Account;
