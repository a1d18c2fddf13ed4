import type {
  ItemCandidate,
  MissingItem,
  MissingShipTo,
  OrderSnapshotQuery,
  ShipToCandidate,
} from '#contracts/reference/reference.dto';
import type { Queryable, Statement } from '#persistence/database';
import { nearest } from '../map-codes/nearest';
import { gtinOrNull } from './item.store';

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

/** Where a code that names no item was looked up, and what is near it. */
export async function missingItem(
  db: Queryable,
  { partner, date }: OrderSnapshotQuery,
  code: string,
): Promise<MissingItem> {
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

/** The same of a ship-to. */
export async function missingShipTo(
  db: Queryable,
  { partner, date, shipTo }: OrderSnapshotQuery,
): Promise<MissingShipTo> {
  const { rows } = await db.query<ShipToRow>(shipTosOf, [partner, date]);
  const candidates = nearest(shipTo, rows, ({ external, id }) => external ?? id).map(
    ({ id, external }): ShipToCandidate => ({ id, ...(external === null ? {} : { external }) }),
  );
  return { lookedUp: [`SHIP_TO of ${partner} on ${date}`, `ship-tos of ${partner}`], candidates };
}
