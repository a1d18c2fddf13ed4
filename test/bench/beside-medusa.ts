import { randomUUID } from 'node:crypto';
import { askPortal } from './ask-availability';
import { expectEqual } from './bench';
import { requestsPerSecond } from './load';
import { besideMedusa, CLIENTS, EACH, ITEMS, PATIENCE_SECONDS, rowOf } from './medusa/duel';
import { databaseUrl, skuOf, UNIT } from './world';

const REQUESTS = { warmUp: 100, short: 200, full: 800 };

/** A reservation of one unit, over HTTP, items in turn: ours with an idempotency key, kept and replayable; Medusa has none. */
export const reservationBesideMedusa = besideMedusa(() => {
  const asked = { ours: 0, medusa: 0 };
  return {
    name: 'reservation.vs-medusa',
    unit: 'reservations/s',
    wanted: 30,
    requests: REQUESTS,
    ours: ({ crossdock: { demo } }, { short }) =>
      requestsPerSecond({
        url: `${demo.url}/portal/v1/reservations`,
        headers: { authorization: `Bearer ${demo.keys.portal}` },
        next: () => {
          asked.ours += 1;
          const line = { line: 1, item: skuOf(asked.ours % ITEMS), quantity: { value: '1', unit: UNIT } };
          return { headers: { 'idempotency-key': randomUUID() }, body: JSON.stringify({ lines: [line], ttlSeconds: 86_400 }) }; // prettier-ignore
        },
        connections: CLIENTS,
        extent: { requests: short ? 4_000 : 16_000 },
        right: (body) => (JSON.parse(body) as { lines: object[] }).lines.length === 1,
      }),
    medusa: ({ medusa, shop }, requests) =>
      requestsPerSecond({
        url: `${medusa.url}/admin/reservations`,
        headers: medusa.adminHeaders,
        next: () => {
          asked.medusa += 1;
          const item = shop.inventoryItems[asked.medusa % ITEMS];
          return { body: JSON.stringify({ inventory_item_id: item, location_id: shop.location, quantity: 1 }) };
        },
        connections: CLIENTS,
        extent: { requests },
        timeoutSeconds: PATIENCE_SECONDS,
        right: (body) => (JSON.parse(body) as { reservation: { quantity: number } }).reservation.quantity === 1,
      }),
    settled: async ({ crossdock, medusaDatabase }) => {
      const mine = `select sum(reserved)::int as sum from availability.position where item like 'BENCH-%'`;
      expectEqual('units reserved', await rowOf(databaseUrl(crossdock), mine), { sum: asked.ours });
      const theirs = 'select sum(reserved_quantity)::int as sum from inventory_level';
      expectEqual('units reserved in Medusa', await rowOf(medusaDatabase, theirs), { sum: asked.medusa });
      return undefined;
    },
  };
});

/**
 * What can be sold of one item. Of the ways Medusa has, the cheapest: one variant by its id, no more fields than its id and quantity,
 * no prices, options or pictures.
 */
export const availabilityBesideMedusa = besideMedusa(() => {
  let asked = 0;
  return {
    name: 'availability.vs-medusa',
    unit: 'requests/s',
    wanted: 100,
    requests: REQUESTS,
    ours: ({ crossdock }, { short }) =>
      askPortal(crossdock, { items: ITEMS, lines: 1, connections: CLIENTS, seconds: short ? 3 : 8 }),
    medusa: ({ medusa, shop }, requests) =>
      requestsPerSecond({
        url: medusa.url,
        headers: { 'x-publishable-api-key': shop.publishableKey },
        next: () => {
          const variant = shop.variants[(asked += 1) % ITEMS] ?? '';
          return { path: `/store/product-variants/${variant}?fields=id,inventory_quantity` };
        },
        connections: CLIENTS,
        extent: { requests },
        timeoutSeconds: PATIENCE_SECONDS,
        right: (body) => (JSON.parse(body) as { variant: { inventory_quantity: number } }).variant.inventory_quantity === EACH, // prettier-ignore
      }),
  };
});
