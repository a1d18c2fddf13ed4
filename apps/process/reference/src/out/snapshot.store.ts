import { inMinorUnits } from '#canonical/money';
import type {
  CustomerDto,
  ItemCandidate,
  ItemDto,
  MappedUnit,
  MissingItem,
  MissingShipTo,
  OrderSnapshot,
  OrderSnapshotQuery,
  ResolvedItem,
  ShipToCandidate,
  ShipToDto,
} from '#contracts/reference/reference.dto';
import type { Queryable, Statement } from '#persistence/database';
import { nearest } from '../map-codes/nearest';
import { gtinOrNull } from './item.store';

/** Of several mappings of one code the one that began last is in force, as with prices. */
const inForce = (kind: string, code: string, day: string): string => `
  select m.internal from reference.mapping m
   where m.kind = '${kind}' and m.system = $1 and m.external = ${code} and m.item = ''
     and m.valid_from <= ${day}::date and (m.valid_to is null or m.valid_to >= ${day}::date)
   order by m.valid_from desc limit 1`;

/** The partner's own name of a ship-to wins over ours. */
const customerOfShipTo: Statement = {
  name: 'reference-snapshot-customer',
  text: `
    select c.document - 'shipToDigest' as customer, s.id, s.address, s.details
      from reference.ship_to s join reference.customer c on c.id = s.customer
     where s.partner = $1 and s.id = coalesce((${inForce('SHIP_TO', '$2', '$3')}), $2)`,
};

/** The partner's own code wins over a SKU, a SKU over a GTIN of the same digits, which is then told. */
const itemsWithPrices: Statement = {
  name: 'reference-snapshot-items',
  text: `
    select asked.requested, i.document as item, p.amount, p.currency, mapping.internal is not null as mapped,
           case when by_sku.sku <> g.sku then g.sku end as "alsoGtinOf"
      from unnest($2::text[], $3::text[]) as asked (requested, gtin)
      left join lateral (${inForce('ITEM', 'asked.requested', '$5')}) mapping on true
      left join reference.item by_sku on by_sku.sku = coalesce(mapping.internal, asked.requested)
      left join reference.item_gtin g on mapping.internal is null and g.gtin = asked.gtin
      join reference.item i on i.sku = coalesce(by_sku.sku, g.sku)
      left join lateral (
        select c.amount, c.currency
          from reference.ship_to s join reference.contract_price c on c.customer = s.customer
         where s.partner = $1 and s.id = coalesce((${inForce('SHIP_TO', '$4', '$5')}), $4) and c.item = i.sku
           and c.valid_from <= $5::date and (c.valid_to is null or c.valid_to >= $5::date)
         order by c.valid_from desc limit 1) p on true`,
};

const mappedUnits: Statement = {
  name: 'reference-snapshot-units',
  text: `
    select distinct on (system, external, item)
           external as requested, item, internal as unit, trim_scale(factor)::text as factor, system
      from reference.mapping
     where kind in ('UNIT', 'PACK') and system in ($1, $2) and external = any($3)
       and valid_from <= $4::date and (valid_to is null or valid_to >= $4::date)
     order by system, external, item, kind, valid_from desc`,
};

/** What the partner's codes of carrier and payer mean. */
const namedParties: Statement = {
  name: 'reference-snapshot-parties',
  text: `
    select distinct on (kind) kind, internal from reference.mapping
     where (kind, external) in (('CARRIER', $2), ('CUSTOMER', $3)) and system = $1 and item = ''
       and valid_from <= $4::date and (valid_to is null or valid_to >= $4::date)
     order by kind, valid_from desc`,
};

/** What begins like the code: SKUs, and codes of the partner. A few hundred at most, so that a typing error costs little. */
const lookAlikes: Statement = {
  name: 'reference-look-alikes',
  text: `
    (select i.sku, i.document->>'description' as description, null as external
       from reference.item i where upper(i.sku) like $2 order by upper(i.sku) limit 200)
    union all
    (select i.sku, i.document->>'description', m.external
       from reference.mapping m join reference.item i on i.sku = m.internal
      where m.kind = 'ITEM' and m.system = $1 and upper(m.external) like $2 limit 200)`,
};

/** What a partner calls its ship-tos, and what we call them: a partner has a few hundred at most. */
const shipTosOf: Statement = {
  name: 'reference-ship-tos-of-partner',
  text: `
    (select s.id, null as external from reference.ship_to s where s.partner = $1 order by s.id limit 500)
    union all
    (select m.internal, m.external from reference.mapping m
      where m.kind = 'SHIP_TO' and m.system = $1
        and m.valid_from <= $2::date and (m.valid_to is null or m.valid_to >= $2::date) limit 500)`,
};

interface ItemRow {
  requested: string;
  item: ItemDto;
  amount: string | null;
  currency: string | null;
  mapped: boolean;
  alsoGtinOf: string | null;
}
interface NamedRow {
  kind: 'CARRIER' | 'CUSTOMER';
  internal: string;
}
interface PartyRow {
  customer: Omit<CustomerDto, 'shipTos'>;
  id: string;
  address: ShipToDto['address'];
  details: Omit<ShipToDto, 'id' | 'address'>;
}
interface UnitRow {
  requested: string;
  item: string;
  unit: string;
  factor: string | null;
  system: string;
}
interface CandidateRow {
  sku: string;
  description: string;
  external: string | null;
}

interface ShipToRow {
  id: string;
  external: string | null;
}

/** Letters of a code that a candidate must begin with. */
const PREFIX = 2;

/**
 * Three statements at once, whatever the number of lines; one more where carrier or payer is named, and for each code that names nothing. `customer.shipTos` holds
 * only the ship-to that was asked for.
 */
export async function snapshotOf(db: Queryable, query: OrderSnapshotQuery): Promise<OrderSnapshot> {
  const { partner, shipTo: place, date, units: codes = [] } = query;
  const requested = [...new Set(query.items)];
  const [party, found, units, named] = await Promise.all([
    db.query<PartyRow>(customerOfShipTo, [partner, place, date]),
    db.query<ItemRow>(itemsWithPrices, [partner, requested, requested.map(gtinOrNull), place, date]),
    codes.length === 0
      ? { rows: [] }
      : db.query<UnitRow>(mappedUnits, [partner, query.unitSystem ?? partner, [...new Set(codes)], date]),
    partiesNamed(db, query),
  ]);
  const items = found.rows.map(resolvedItem);
  const known = new Set(items.map((item) => item.requested));
  const unknown = requested.filter((code) => !known.has(code));
  const missing = await Promise.all(unknown.map((code) => missingItem(db, query, code)));
  const rest = { items, units: units.rows.map(mappedUnit), missing, ...named };
  const [owner] = party.rows;
  if (!owner) return { ...rest, missingShipTo: await missingShipTo(db, query) };
  const shipTo: ShipToDto = { id: owner.id, address: owner.address, ...owner.details };
  return { customer: { ...owner.customer, shipTos: [shipTo] }, shipTo, ...rest };
}

async function partiesNamed(
  db: Queryable,
  { partner, carrier, billTo, date }: OrderSnapshotQuery,
): Promise<Pick<OrderSnapshot, 'carrier' | 'billTo'>> {
  if (carrier === undefined && billTo === undefined) return {};
  const { rows } = await db.query<NamedRow>(namedParties, [partner, carrier ?? null, billTo ?? null, date]);
  const ours = new Map(rows.map(({ kind, internal }) => [kind, internal]));
  const [named, payer] = [ours.get('CARRIER'), ours.get('CUSTOMER')];
  return { ...(named !== undefined && { carrier: named }), ...(payer !== undefined && { billTo: payer }) };
}

async function missingItem(db: Queryable, { partner, date }: OrderSnapshotQuery, code: string): Promise<MissingItem> {
  const lookedUp = [`ITEM of ${partner} on ${date}`, 'SKU', ...(gtinOrNull(code) === null ? [] : ['GTIN'])];
  const prefix = code
    .slice(0, PREFIX)
    .toUpperCase()
    .replace(/[\\%_]/g, '\\$&');
  const { rows } = await db.query<CandidateRow>(lookAlikes, [partner, `${prefix}%`]);
  const candidates = nearest(code, rows, ({ external, sku }) => external ?? sku).map(
    ({ sku, description, external }): ItemCandidate => ({
      sku,
      description,
      ...(external === null ? {} : { external }),
    }),
  );
  return { requested: code, lookedUp, candidates };
}

async function missingShipTo(db: Queryable, { partner, date, shipTo }: OrderSnapshotQuery): Promise<MissingShipTo> {
  const { rows } = await db.query<ShipToRow>(shipTosOf, [partner, date]);
  const candidates = nearest(shipTo, rows, ({ external, id }) => external ?? id).map(
    ({ id, external }): ShipToCandidate => ({ id, ...(external === null ? {} : { external }) }),
  );
  return { lookedUp: [`SHIP_TO of ${partner} on ${date}`, `ship-tos of ${partner}`], candidates };
}

function mappedUnit({ item, factor, ...row }: UnitRow): MappedUnit {
  return { ...row, ...(item === '' ? {} : { item }), ...(factor === null ? {} : { factor }) };
}

function resolvedItem({ requested, item, amount, currency, mapped, alsoGtinOf }: ItemRow): ResolvedItem {
  const found = { requested, item, ...(mapped && { mapped }), ...(alsoGtinOf !== null && { alsoGtinOf }) };
  if (amount !== null && currency !== null) {
    return { ...found, price: inMinorUnits({ amount, currency }), priceBasis: 'CONTRACT' };
  }
  return item.listPrice ? { ...found, price: inMinorUnits(item.listPrice), priceBasis: 'LIST' } : found;
}
