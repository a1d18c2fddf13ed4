import type { Queryable, Statement } from '#persistence/database';
import type { DemandState, PlanDemand } from '../plan/node-plan';
import type { Day } from '../promise/days';
import { micro } from '../promise/quantity';

/** A demand and the node it stands at. */
export interface StoredDemand extends PlanDemand {
  readonly node: string;
}

/**
 * All that waits, because a projection needs all of it; of what is held only what would miss lost stock first, and what the
 * reservations named hold. Indexes: slice_waiting, slice_item_partner, slice_reservation.
 */
const itemDemands: Statement = {
  name: 'availability-plan-demands',
  text: `
    select id::text, reservation, line, node, state, held, quantity, ship_date - date '1970-01-01' as day,
           held or (state <> 'BACKORDERED' and basis <> 'LEAD_TIME') as dated
      from (select * from availability.slice where item = $1 and not held
            union
            (select * from availability.slice where item = $1 and held order by ship_date desc, id desc limit 2000)
            union
            select * from availability.slice where item = $1 and held and reservation = any($2)) s
     order by held, ship_date, s.id`,
};

interface DemandRow {
  id: string;
  reservation: string;
  line: number;
  node: string;
  state: DemandState;
  held: boolean;
  quantity: string;
  day: Day;
  dated: boolean;
}

/** Whoever holds or waits for an item, at every node; at most 2,000 holders beside those `named`. */
export async function demandsOfItem(
  db: Queryable,
  item: string,
  named: readonly string[] = [],
): Promise<StoredDemand[]> {
  const { rows } = await db.query<DemandRow>(itemDemands, [item, named]);
  return rows.map((row) => ({ ...row, quantity: micro(row.quantity) }));
}
