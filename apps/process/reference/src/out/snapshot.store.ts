import { inMinorUnits } from '#canonical/money';
import type {
  CustomerDto,
  ItemDto,
  OrderSnapshot,
  OrderSnapshotQuery,
  ResolvedItem,
  ShipToDto,
} from '#contracts/reference/reference.dto';
import type { Queryable, Statement } from '#persistence/database';
import { gtinOrNull } from './item.store';

const customerOfShipTo: Statement = {
  name: 'reference-snapshot-customer',
  text: `
    select c.document - 'shipToDigest' as customer, s.address
      from reference.ship_to s join reference.customer c on c.id = s.customer
     where s.partner = $1 and s.id = $2`,
};

/** A SKU wins over a GTIN of the same digits. Of several contract prices the one that began last is in force. */
const itemsWithPrices: Statement = {
  name: 'reference-snapshot-items',
  text: `
    select asked.requested, i.document as item, p.amount, p.currency
      from unnest($1::text[], $2::text[]) as asked (requested, gtin)
      left join reference.item by_sku on by_sku.sku = asked.requested
      left join reference.item_gtin g on by_sku.sku is null and g.gtin = asked.gtin
      join reference.item i on i.sku = coalesce(by_sku.sku, g.sku)
      left join lateral (
        select c.amount, c.currency
          from reference.ship_to s join reference.contract_price c on c.customer = s.customer
         where s.partner = $3 and s.id = $4 and c.item = i.sku
           and c.valid_from <= $5::date and (c.valid_to is null or c.valid_to >= $5::date)
         order by c.valid_from desc limit 1) p on true`,
};

interface ItemRow {
  requested: string;
  item: ItemDto;
  amount: string | null;
  currency: string | null;
}

/** Two statements at once, whatever the number of lines. `customer.shipTos` holds only the ship-to that was asked for. */
export async function snapshotOf(db: Queryable, query: OrderSnapshotQuery): Promise<OrderSnapshot> {
  const requested = [...new Set(query.items)];
  const [party, items] = await Promise.all([
    db.query<{ customer: Omit<CustomerDto, 'shipTos'>; address: ShipToDto['address'] }>(customerOfShipTo, [
      query.partner,
      query.shipTo,
    ]),
    db.query<ItemRow>(itemsWithPrices, [requested, requested.map(gtinOrNull), query.partner, query.shipTo, query.date]),
  ]);
  const [found] = party.rows;
  const resolved = items.rows.map(resolvedItem);
  if (!found) return { items: resolved };
  const shipTo: ShipToDto = { id: query.shipTo, address: found.address };
  return { customer: { ...found.customer, shipTos: [shipTo] }, shipTo, items: resolved };
}

function resolvedItem({ requested, item, amount, currency }: ItemRow): ResolvedItem {
  if (amount !== null && currency !== null) {
    return { requested, item, price: inMinorUnits({ amount, currency }), priceBasis: 'CONTRACT' };
  }
  return item.listPrice
    ? { requested, item, price: inMinorUnits(item.listPrice), priceBasis: 'LIST' }
    : { requested, item };
}
