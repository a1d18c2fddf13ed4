import type { PositionDto } from '#contracts/availability/timeline.dto';
import type { Queryable, Statement } from '#persistence/database';

/** What lots have expired is not usable. Transit that was received before it was shipped shows as 0. */
const itemPositions: Statement = {
  name: 'availability-item-positions',
  text: `
    select item, node, trim_scale(on_hand)::text as "onHand", trim_scale(greatest(quarantined, 0))::text as quarantined,
           trim_scale(greatest(damaged, 0))::text as damaged, trim_scale(expired)::text as expired,
           trim_scale(usable - expired)::text as usable,
           trim_scale(allocated)::text as allocated, trim_scale(reserved)::text as reserved,
           trim_scale(safety)::text as safety, trim_scale(greatest(in_transit, 0))::text as "inTransit",
           trim_scale(usable - expired - allocated - reserved)::text as free
      from availability.position p
     cross join lateral (
       select coalesce(sum(q.usable), 0) as expired from availability.lot_position q
        where q.item = p.item and q.node = p.node and q.usable > 0
          and q.expires_on < (now() at time zone 'UTC')::date) e
     where item = $1 order by node`,
};

const clock: Statement = {
  name: 'availability-clock',
  text: `select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`,
};

/** Domain/inventory.md §1 of one item, by node. */
export async function positionsOfItem(db: Queryable, item: string): Promise<PositionDto[]> {
  return (await db.query<PositionDto>(itemPositions, [item])).rows;
}

/** The clock of the database. */
export async function now(db: Queryable): Promise<string> {
  return (await db.query<{ now: string }>(clock)).rows[0]?.now ?? '';
}
