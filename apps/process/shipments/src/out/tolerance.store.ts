import type { OverShipTolerance } from '#contracts/shipments/shipments.dto';
import type { Queryable, Statement } from '#persistence/database';
import type { Tolerance } from '../confirm-shipment/tolerance';

const ALL = '';

const read: Statement = {
  name: 'tolerance-read',
  text: `
    select partner, item, trim_scale(percent)::text as percent from shipments.over_ship_tolerance
     where $1::text[] is null or partner = any($1::text[]) order by partner, item`,
};

const put: Statement = {
  name: 'tolerance-put',
  text: `
    insert into shipments.over_ship_tolerance (partner, item, percent)
    select * from unnest($1::text[], $2::text[], $3::numeric[]) as r (partner, item, percent) order by 1, 2
        on conflict (partner, item) do update set percent = excluded.percent`,
};

/** Those that may count for these partners; all when none are named. */
export async function tolerances(db: Queryable, partners?: readonly string[]): Promise<Tolerance[]> {
  const asked = partners === undefined ? null : [...partners, ALL];
  return (await db.query<Tolerance>(read, [asked])).rows;
}

export async function putTolerances(db: Queryable, given: readonly OverShipTolerance[]): Promise<void> {
  const partners = given.map(({ partner = ALL }) => partner);
  const items = given.map(({ item = ALL }) => item);
  await db.query(put, [partners, items, given.map(({ percent }) => percent)]);
}

export function toleranceView({ partner, item, percent }: Tolerance): OverShipTolerance {
  return { ...(partner === ALL ? {} : { partner }), ...(item === ALL ? {} : { item }), percent };
}
