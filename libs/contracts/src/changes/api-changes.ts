/** An entry of the changelog that partners read: of what they call, not of the product behind it. */
export interface ApiChange {
  /** Never changes: pages link to it. @example "webhooks-of-stopped-partners" */
  readonly slug: string;
  /** `YYYY-MM-DD`. */
  readonly publishedOn: string;
  readonly kind: 'ADDED' | 'CHANGED' | 'DEPRECATED' | 'FIXED';
  /** A sentence without a full stop. */
  readonly title: string;
  /** What to do about it, if anything. */
  readonly detail: string;
  /** `POST /portal/v1/orders`: whose callers it touches. */
  readonly routes: readonly string[];
}

/** Newest first. */
export const API_CHANGES: readonly ApiChange[] = [
  {
    slug: 'orders-version-2',
    publishedOn: '2026-11-22',
    kind: 'DEPRECATED',
    title: 'Orders have a version 2; version 1 is served until 30 November 2028 at least',
    detail:
      'A line of version 2 has one unit for all of its quantities, which in version 1 could differ within a line, and `parts` that say what became of it: SHIPPED, OPEN, BACKORDERED, SUBSTITUTED, CANCELLED. `shipTo` is an object with code and address. Placing needs an Idempotency-Key; changing and cancelling need that and If-Match. What is sent is the same: change the path, send the two headers, and read `parts`.',
    routes: [
      'POST /portal/v1/orders',
      'GET /portal/v1/orders',
      'POST /portal/v1/orders/validate',
      'GET /portal/v1/orders/{id}',
      'POST /portal/v1/orders/{id}/change',
      'POST /portal/v1/orders/{id}/cancel',
    ],
  },
  {
    slug: 'account-changelog',
    publishedOn: '2026-11-22',
    kind: 'ADDED',
    title: 'A changelog that says what touches you',
    detail: 'GET /account/v1/changelog has these entries, what is deprecated, and how often your own keys called it.',
    routes: ['GET /account/v1/changelog'],
  },
  {
    slug: 'who-calls-what',
    publishedOn: '2026-11-22',
    kind: 'ADDED',
    title: 'How long answers take, what is refused most, how much each key calls, and who changed your access',
    detail:
      'Usage says within which time 95 of 100 were answered and groups what was refused; it and the log of requests can be asked by `mode`, the log by `version` too. Keys and clients say how often they called by day and when last. GET /account/v1/audit has what was done to your keys, clients and people. Deliveries of one event: `event`.',
    routes: [
      'GET /account/v1/usage',
      'GET /account/v1/requests',
      'GET /account/v1/keys',
      'GET /account/v1/clients',
      'GET /account/v1/audit',
      'GET /portal/v1/webhook-endpoints/{id}/deliveries',
    ],
  },
  {
    slug: 'one-cursor-for-all-lists',
    publishedOn: '2026-11-22',
    kind: 'CHANGED',
    title: 'Cursors of every list are opaque and bound to their filters',
    detail:
      'A cursor of another list, of other filters or put together by hand is 400 CURSOR_INVALID. Start such a list again without a cursor.',
    routes: ['GET /portal/v1/shipments', 'GET /marketplace/v1/shipments'],
  },
  {
    slug: 'webhooks-of-stopped-partners',
    publishedOn: '2026-11-22',
    kind: 'FIXED',
    title: 'A deactivated partner is sent no webhooks; what happened meanwhile comes when it is let in again',
    detail:
      'Endpoints say so in `suspendedAt` and deliveries in `held`. Nothing is to be done: the gap is filled by itself, oldest first.',
    routes: [
      'GET /portal/v1/webhook-endpoints',
      'GET /portal/v1/webhook-endpoints/{id}',
      'GET /portal/v1/webhook-endpoints/{id}/deliveries',
      'GET /portal/v1/webhook-deliveries/{id}',
    ],
  },
  {
    slug: 'substitute-and-explain-objects',
    publishedOn: '2026-11-01',
    kind: 'CHANGED',
    title: 'Crossdock-Version 2026-11-01: what is delivered instead, and how far to explain, are one object each',
    detail:
      'A slice says `substitute: { item, quantity }` instead of `item` and `itemQuantity`; a query says `explain: { days }` instead of `explain` and `explainDays`. Keys that were used before go on as on 2026-06-01; send `Crossdock-Version: 2026-11-01` to try the new one, and make a new key to stay on it.',
    routes: ['POST /portal/v1/availability/query', 'POST /portal/v1/reservations', 'GET /portal/v1/reservations/{id}'],
  },
];
