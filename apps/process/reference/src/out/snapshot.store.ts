import { inMinorUnits } from '#canonical/money';
import type {
  CustomerDto,
  ItemDto,
  MappedUnit,
  OrderSnapshot,
  OrderSnapshotQuery,
  ResolvedItem,
  ShipToDto,
} from '#contracts/reference/reference.dto';
import type { Database, Queryable, Rows, Statement } from '#persistence/database';
import { gtinOrNull } from './item.store';
import { missingItem, missingShipTo } from './missing-code.store';

/** Of several mappings of one code the one that began last is in force, as with prices. */
const inForce = (kind: string, code: string): string => `
  select m.internal from reference.mapping m
   where m.kind = '${kind}' and m.system = asker.partner and m.external = ${code} and m.item = ''
     and m.valid_from <= asker.day and (m.valid_to is null or m.valid_to >= asker.day)
   order by m.valid_from desc limit 1`;

/** Who asks, with $1 partner, $2 ship-to and $3 day; the partner's own name of a ship-to wins over ours. */
const PLACES = `
  select asker.*, s.customer, s.id, s.address, s.details
    from unnest($1::text[], $2::text[], $3::date[]) with ordinality as asker (partner, place, day, number)
    left join reference.ship_to s
      on s.partner = asker.partner and s.id = coalesce((${inForce('SHIP_TO', 'asker.place')}), asker.place)`;

const customersOfShipTos: Statement = {
  name: 'reference-snapshot-customer',
  text: `
    select place.number::int as asker, c.document - 'shipToDigest' as customer, place.id, place.address, place.details
      from (${PLACES}) as place join reference.customer c on c.id = place.customer`,
};

/** The partner's own code wins over a SKU, a SKU over a GTIN of the same digits, which is then told. */
const itemsWithPrices: Statement = {
  name: 'reference-snapshot-items',
  text: `
    with asker as materialized (${PLACES})
    select asker.number::int as asker, asked.requested, i.document as item, p.amount, p.currency,
           mapping.internal is not null as mapped, case when by_sku.sku <> g.sku then g.sku end as "alsoGtinOf"
      from unnest($4::int[], $5::text[], $6::text[]) as asked (asker, requested, gtin)
      join asker on asker.number = asked.asker
      left join lateral (${inForce('ITEM', 'asked.requested')}) mapping on true
      left join reference.item by_sku on by_sku.sku = coalesce(mapping.internal, asked.requested)
      left join reference.item_gtin g on mapping.internal is null and g.gtin = asked.gtin
      join reference.item i on i.sku = coalesce(by_sku.sku, g.sku)
      left join lateral (
        select c.amount, c.currency from reference.contract_price c
         where c.customer = asker.customer and c.item = i.sku
           and c.valid_from <= asker.day and (c.valid_to is null or c.valid_to >= asker.day)
         order by c.valid_from desc limit 1) p on true`,
};

const mappedUnits: Statement = {
  name: 'reference-snapshot-units',
  text: `
    select asked.asker, m.*
      from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::date[]) as asked (asker, partner, standard, code, day)
     cross join lateral (
       select distinct on (system, item) external as requested, item, internal as unit, trim_scale(factor)::text as factor, system
         from reference.mapping
        where kind in ('UNIT', 'PACK') and system in (asked.partner, asked.standard) and external = asked.code
          and valid_from <= asked.day and (valid_to is null or valid_to >= asked.day)
        order by system, item, kind, valid_from desc) m`,
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

interface ItemRow {
  asker: number;
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
  asker: number;
  customer: Omit<CustomerDto, 'shipTos'>;
  id: string;
  address: ShipToDto['address'];
  details: Omit<ShipToDto, 'id' | 'address'>;
}
interface UnitRow {
  asker: number;
  requested: string;
  item: string;
  unit: string;
  factor: string | null;
  system: string;
}

/** Orders of one partner for one place on one day ask as one. */
interface Asker {
  readonly number: number;
  readonly query: OrderSnapshotQuery;
  readonly items: Set<string>;
  readonly units: Set<string>;
  readonly found: Map<string, ResolvedItem>;
  readonly mapped: UnitRow[];
}

/**
 * Three statements at once, whatever the number of orders and lines; one more where carrier or payer is named, and for each code that
 * names nothing. One snapshot for each query, in their order; `customer.shipTos` holds only the ship-to that was asked for.
 */
export async function snapshotsOf(
  database: Database,
  queries: readonly OrderSnapshotQuery[],
): Promise<OrderSnapshot[]> {
  const asked = askersOf(queries);
  const all = [...new Set(asked.map(({ asker }) => asker))];
  const [parties, items, units] = await database.transaction((tx) => read(tx, all), 'keyed');
  const byNumber = new Map(all.map((asker) => [asker.number, asker]));
  for (const row of items.rows) byNumber.get(row.asker)?.found.set(row.requested, resolvedItem(row));
  for (const row of units.rows) byNumber.get(row.asker)?.mapped.push(row);
  const partyOf = new Map(parties.rows.map((row) => [row.asker, partyOfRow(row)]));
  return Promise.all(
    asked.map(async ({ query, asker: { number, found, mapped } }): Promise<OrderSnapshot> => {
      const requested = [...new Set(query.items)];
      const unknown = requested.filter((code) => !found.has(code));
      // What looks alike is found by how a code begins: that is planned by its value, so outside of what is read by keys.
      const party = partyOf.get(number) ?? { missingShipTo: await missingShipTo(database, query) };
      return {
        items: requested.flatMap((code) => found.get(code) ?? []),
        units: mapped.filter((row) => query.units?.includes(row.requested)).map(mappedUnit),
        missing: await Promise.all(unknown.map((code) => missingItem(database, query, code))),
        ...(await partiesNamed(database, query)),
        ...party,
      };
    }),
  );
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

const NOTHING = { rows: [], rowCount: 0 };

function read(tx: Queryable, all: readonly Asker[]): Promise<[Rows<PartyRow>, Rows<ItemRow>, Rows<UnitRow>]> {
  const places = [
    all.map(({ query }) => query.partner),
    all.map(({ query }) => query.shipTo),
    all.map(({ query }) => query.date),
  ];
  const items = all.flatMap((asker) => [...asker.items].map((code) => ({ asker, code })));
  const units = all.flatMap((asker) => [...asker.units].map((code) => ({ asker, code })));
  return Promise.all([
    tx.query<PartyRow>(customersOfShipTos, places),
    items.length === 0
      ? NOTHING
      : tx.query<ItemRow>(itemsWithPrices, [
          ...places,
          items.map(({ asker }) => asker.number),
          items.map(({ code }) => code),
          items.map(({ code }) => gtinOrNull(code)),
        ]),
    units.length === 0
      ? NOTHING
      : tx.query<UnitRow>(mappedUnits, [
          units.map(({ asker }) => asker.number),
          units.map(({ asker: { query } }) => query.partner),
          units.map(({ asker: { query } }) => query.unitSystem ?? query.partner),
          units.map(({ code }) => code),
          units.map(({ asker: { query } }) => query.date),
        ]),
  ]);
}

function askersOf(queries: readonly OrderSnapshotQuery[]): { query: OrderSnapshotQuery; asker: Asker }[] {
  const byWho = new Map<string, Asker>();
  return queries.map((query) => {
    const who = JSON.stringify([query.partner, query.shipTo, query.date, query.unitSystem]);
    const asker = byWho.get(who) ?? askerOf(byWho.size + 1, query);
    byWho.set(who, asker);
    for (const code of query.items) asker.items.add(code);
    for (const code of query.units ?? []) asker.units.add(code);
    return { query, asker };
  });
}

function askerOf(number: number, query: OrderSnapshotQuery): Asker {
  return { number, query, items: new Set(), units: new Set(), found: new Map(), mapped: [] };
}

function partyOfRow({ customer, id, address, details }: PartyRow): Pick<OrderSnapshot, 'customer' | 'shipTo'> {
  const shipTo: ShipToDto = { id, address, ...details };
  return { customer: { ...customer, shipTos: [shipTo] }, shipTo };
}

function mappedUnit({ requested, item, unit, factor, system }: UnitRow): MappedUnit {
  return { requested, unit, system, ...(item === '' ? {} : { item }), ...(factor === null ? {} : { factor }) };
}

function resolvedItem({ requested, item, amount, currency, mapped, alsoGtinOf }: ItemRow): ResolvedItem {
  const found = { requested, item, ...(mapped && { mapped }), ...(alsoGtinOf !== null && { alsoGtinOf }) };
  if (amount !== null && currency !== null) {
    return { price: inMinorUnits({ amount, currency }), priceBasis: 'CONTRACT', ...found };
  }
  return item.listPrice ? { price: inMinorUnits(item.listPrice), priceBasis: 'LIST', ...found } : found;
}
