import { expectEqual } from '../bench';
import { skuOf } from '../world';
import type { Medusa } from './medusa';

/** Ids by which the same items, at one location, are known to Medusa; all by the index of the item. */
export interface Shop {
  readonly location: string;
  /** Where it delivers, in which currency. */
  readonly region: string;
  readonly shippingOption: string;
  readonly variants: readonly string[];
  readonly inventoryItems: readonly string[];
  /** Key of a shop front that sells from the location. */
  readonly publishableKey: string;
}

const BATCH = 50;
const CURRENCY = 'gbp';
export const COUNTRY = 'gb';
export const PAYMENT_PROVIDER = 'pp_system_default';
const DELIVERY = 'manual_manual';

/** Products with one variant each, stocked at one location, sold by one channel, through the admin API as a shop would. */
export async function openShop(medusa: Medusa, items: number, each: number): Promise<Shop> {
  const { sales_channel: channel } = await medusa.admin<{ sales_channel: Id }>('POST', 'sales-channels', { name: 'Bench' }); // prettier-ignore
  const { stock_location: location } = await medusa.admin<{ stock_location: Id }>('POST', 'stock-locations', { name: 'DC-NORTH' }); // prettier-ignore
  await medusa.admin('POST', `stock-locations/${location.id}/sales-channels`, { add: [channel.id] });
  const { api_key: key } = await medusa.admin<{ api_key: Id & { token: string } }>('POST', 'api-keys', { title: 'Bench', type: 'publishable' }); // prettier-ignore
  await medusa.admin('POST', `api-keys/${key.id}/sales-channels`, { add: [channel.id] });
  const checkout = await openCheckout(medusa, location.id);
  const skus = Array.from({ length: items }, (_, index) => skuOf(index));
  const variants = new Map<string, string>();
  const inventoryItems = new Map<string, string>();
  for (let start = 0; start < items; start += BATCH) {
    const create = skus.slice(start, start + BATCH).map((sku) => productOf(sku, channel.id, checkout.profile));
    const { created } = await medusa.admin<{ created: { variants: Known[] }[] }>('POST', 'products/batch', { create });
    for (const variant of created.flatMap((product) => product.variants)) variants.set(variant.sku, variant.id);
    const query = new URLSearchParams({ limit: String(BATCH), offset: String(start), fields: 'id,sku', order: 'sku' });
    const { inventory_items: found } = await medusa.admin<{ inventory_items: Known[] }>('GET', `inventory-items?${query.toString()}`); // prettier-ignore
    for (const item of found) inventoryItems.set(item.sku, item.id);
    const levels = found.map(({ id }) => ({ inventory_item_id: id, location_id: location.id, stocked_quantity: each }));
    await medusa.admin('POST', 'inventory-items/location-levels/batch', { create: levels });
  }
  expectEqual('items of Medusa', [variants.size, inventoryItems.size], [items, items]);
  return {
    location: location.id,
    region: checkout.region,
    shippingOption: checkout.option,
    variants: skus.map((sku) => variants.get(sku) ?? ''),
    inventoryItems: skus.map((sku) => inventoryItems.get(sku) ?? ''),
    publishableKey: key.token,
  };
}

/** The least that an order can be completed with: one region, one way to deliver at one price, a provider that takes no money. */
async function openCheckout(
  medusa: Medusa,
  location: string,
): Promise<{ region: string; profile: string; option: string }> {
  const { region } = await medusa.admin<{ region: Id }>('POST', 'regions', {
    name: 'Britain',
    currency_code: CURRENCY,
    countries: [COUNTRY],
    payment_providers: [PAYMENT_PROVIDER],
  });
  const { shipping_profile: profile } = await medusa.admin<{ shipping_profile: Id }>('POST', 'shipping-profiles', { name: 'Bench', type: 'bench' }); // prettier-ignore
  await medusa.admin('POST', `stock-locations/${location}/fulfillment-providers`, { add: [DELIVERY] });
  const { stock_location: place } = await medusa.admin<{ stock_location: { fulfillment_sets: Id[] } }>(
    'POST',
    `stock-locations/${location}/fulfillment-sets?fields=*fulfillment_sets`,
    { name: 'Bench', type: 'shipping' },
  );
  const [set] = place.fulfillment_sets;
  const { fulfillment_set: zoned } = await medusa.admin<{ fulfillment_set: { service_zones: Id[] } }>(
    'POST',
    `fulfillment-sets/${set?.id ?? ''}/service-zones?fields=*service_zones`,
    { name: 'Britain', geo_zones: [{ type: 'country', country_code: COUNTRY }] },
  );
  const { shipping_option: option } = await medusa.admin<{ shipping_option: Id }>('POST', 'shipping-options', {
    name: 'Pallet',
    service_zone_id: zoned.service_zones[0]?.id,
    shipping_profile_id: profile.id,
    provider_id: DELIVERY,
    price_type: 'flat',
    type: { label: 'Pallet', code: 'pallet' },
    prices: [{ currency_code: CURRENCY, amount: 5 }],
  });
  return { region: region.id, profile: profile.id, option: option.id };
}

interface Id {
  readonly id: string;
}
interface Known extends Id {
  readonly sku: string;
}

function productOf(sku: string, channel: string, profile: string): object {
  const price = { currency_code: CURRENCY, amount: 1.25 };
  return {
    title: sku,
    status: 'published',
    options: [{ title: 'Kind', values: ['one'] }],
    sales_channels: [{ id: channel }],
    shipping_profile_id: profile,
    variants: [{ title: sku, sku, manage_inventory: true, options: { Kind: 'one' }, prices: [price] }],
  };
}
