import { expectEqual } from './bench';
import { requestsPerSecond } from './load';
import { besideMedusa, ITEMS, PATIENCE_SECONDS, rowOf, type Sides } from './medusa/duel';
import { COUNTRY, PAYMENT_PROVIDER } from './medusa/shop';
import { CLIENTS, counted, itemsOfOrder, leaveTheRest, LINES, takeOurs } from './take-orders';

const ADDRESS = {
  ...{ first_name: 'Bench', last_name: 'Dock', address_1: '1 Load Street' },
  ...{ city: 'Leeds', postal_code: 'LS1 1AA', country_code: COUNTRY },
};

/**
 * The same orders of five lines. Ours from the request until it is reserved, every check included; Medusa's from a cart that has its
 * lines, address, way of delivery and payment already until `complete` has made an order with reservations of it. What it took to
 * fill the carts is told beside, not counted.
 */
export const ordersBesideMedusa = besideMedusa(() => {
  const asked = { ours: 0, medusa: 0 };
  const filling = { carts: 0, seconds: 0 };
  return {
    name: 'orders.vs-medusa',
    unit: 'orders/s',
    wanted: 30,
    requests: { warmUp: 40, short: 120, full: 400 },
    opened: ({ crossdock }) => leaveTheRest(crossdock),
    ours: async ({ crossdock }, { short }) => {
      const orders = short ? 1_500 : 4_000;
      asked.ours += orders;
      return takeOurs(crossdock, orders, ITEMS);
    },
    medusa: async (sides, requests) => {
      const startedAt = performance.now();
      const carts = await fillCarts(sides, asked.medusa, requests);
      filling.carts += requests;
      filling.seconds += (performance.now() - startedAt) / 1000;
      asked.medusa += requests;
      return complete(sides, carts);
    },
    settled: async ({ crossdock, medusaDatabase }) => {
      const { orders, promised, held } = await counted(crossdock, 'ours');
      expectEqual('orders', { orders, promised, held }, { orders: asked.ours, promised: asked.ours, held: asked.ours * LINES }); // prettier-ignore
      const theirs = await rowOf(
        medusaDatabase,
        `select (select count(*)::int from "order" where status = 'pending' and deleted_at is null) as orders,
                (select count(*)::int from reservation_item where deleted_at is null) as lines,
                (select sum(reserved_quantity)::int from inventory_level) as held`,
      );
      const lines = asked.medusa * LINES;
      expectEqual('orders in Medusa', theirs, { orders: asked.medusa, lines, held: lines });
      return `its carts were filled at ${(filling.carts / filling.seconds).toFixed(1)}/s before`;
    },
  };
});

async function complete({ medusa, shop }: Sides, carts: readonly string[]): Promise<number> {
  let next = 0;
  return requestsPerSecond({
    url: medusa.url,
    headers: { 'x-publishable-api-key': shop.publishableKey },
    next: () => ({ path: `/store/carts/${carts[next++] ?? ''}/complete`, body: '{}' }),
    connections: CLIENTS,
    extent: { requests: carts.length },
    timeoutSeconds: PATIENCE_SECONDS,
    // A cart that cannot become an order is answered with 200 as well.
    right: (body) => (JSON.parse(body) as { type: string }).type === 'order',
  });
}

/** Carts that nothing is missing of, by several shoppers at once. */
async function fillCarts(sides: Sides, before: number, count: number): Promise<string[]> {
  const numbers = Array.from({ length: count - 1 }, (_, index) => before + 1 + index);
  // The first one alone: it makes the customer, which two at once would both try.
  const carts = [await fillCart(sides, before)];
  const shopper = async (): Promise<void> => {
    for (let number = numbers.pop(); number !== undefined; number = numbers.pop())
      carts.push(await fillCart(sides, number));
  };
  await Promise.all(Array.from({ length: 8 }, shopper));
  return carts;
}

async function fillCart({ medusa, shop }: Sides, number: number): Promise<string> {
  const ask = <T>(path: string, body: object): Promise<T> => medusa.store<T>(shop.publishableKey, path, body);
  const items = itemsOfOrder(number, ITEMS).map((item) => ({ variant_id: shop.variants[item], quantity: 1 }));
  const { cart } = await ask<{ cart: { id: string } }>('carts', {
    region_id: shop.region,
    email: 'bench@crossdock.example',
    shipping_address: ADDRESS,
    billing_address: ADDRESS,
    items,
  });
  await ask(`carts/${cart.id}/shipping-methods`, { option_id: shop.shippingOption });
  const { payment_collection: payment } = await ask<{ payment_collection: { id: string } }>('payment-collections', { cart_id: cart.id }); // prettier-ignore
  await ask(`payment-collections/${payment.id}/payment-sessions`, { provider_id: PAYMENT_PROVIDER });
  return cart.id;
}
