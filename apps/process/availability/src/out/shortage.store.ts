import type { Queryable, Statement } from '#persistence/database';
import { dateOf, type Day } from '../promise/days';
import { micro, type Micro } from '../promise/quantity';
import type { Fences } from '../promise/book';

/** An item at a node whose projected balance falls below 0, safety stock withheld. */
export interface ShortPosition {
  readonly item: string;
  readonly node: string;
  readonly firstDay: Day;
  /** The deepest it falls. */
  readonly quantity: Micro;
  /** First day on which nothing is missing again; undefined when no known supply makes it good. */
  readonly until: Day | undefined;
  readonly safety: Micro;
}

/**
 * The projection of every item and node that owes something or holds less than its safety stock, in one pass: what is past due
 * counts as the engine counts it, each node by its own date. Reads all positions and all slices that wait. Indexes:
 * slice_waiting, supply (item).
 */
const readShort: Statement = {
  name: 'availability-shortages',
  text: `
    with clock as (select * from unnest($1::text[], $2::date[]) as t (node, today)
    ), waiting as materialized (
      select item, node, ship_date, sum(quantity) as quantity from availability.slice
       where not held and ($3::text is null or item = $3) and ($4::text is null or node = $4) group by item, node, ship_date
    ), low as materialized (
      select item, node from availability.position
       where usable - allocated - reserved < safety and ($3::text is null or item = $3) and ($4::text is null or node = $4)
    ), concerned as materialized (
      select c.item, c.node, coalesce(k.today, (now() at time zone 'UTC')::date) as today
        from (select item, node from waiting union select item, node from low) c left join clock k on k.node = c.node
    ), flow as (
      select c.item, c.node, c.today, c.today as day, p.usable - p.allocated - p.reserved - p.safety as net
        from concerned c join availability.position p on p.item = c.item and p.node = c.node
      union all
      select c.item, c.node, c.today, greatest(w.ship_date, c.today), -w.quantity
        from concerned c join waiting w on w.item = c.item and w.node = c.node
      union all
      select c.item, c.node, c.today, case when s.available_on < c.today then c.today + 1 else s.available_on end, s.quantity
        from concerned c join availability.supply s on s.item = c.item and s.node = c.node
       where s.available_on between c.today - $5::int and c.today + $6::int
    ), balance as (
      select item, node, today, day, sum(sum(net)) over (partition by item, node order by day) as balance
        from flow group by item, node, today, day
    ), first as (
      select item, node, min(day) filter (where balance < 0) as day, -min(balance) as quantity
        from balance group by item, node, today
      having min(day) filter (where balance < 0) <= today + $7::int
    )
    select f.item, f.node, f.day - date '1970-01-01' as "firstDay", f.quantity::text as quantity,
           (select min(b.day) from balance b
             where b.item = f.item and b.node = f.node and b.day > f.day and b.balance >= 0) - date '1970-01-01' as until,
           coalesce(p.safety, 0)::text as safety
      from first f left join availability.position p on p.item = f.item and p.node = f.node
     where $8::date is null or (f.day, f.item, f.node) > ($8, $9, $10)
     order by f.day, f.item, f.node limit $11`,
};

export interface ShortageFilter extends Fences {
  readonly item: string | undefined;
  readonly node: string | undefined;
  /** Those that begin within so many days. */
  readonly days: number;
  readonly after: { readonly firstDay: Day; readonly item: string; readonly node: string } | undefined;
  readonly limit: number;
}

interface ShortRow {
  item: string;
  node: string;
  firstDay: Day;
  quantity: string;
  until: Day | null;
  safety: string;
}

/** The most urgent first. `todays`: the date of each node that is known; of others it is that of UTC. */
export async function shortPositions(
  db: Queryable,
  todays: ReadonlyMap<string, Day>,
  { item, node, days, after, limit, pastDueDays, horizonDays }: ShortageFilter,
): Promise<ShortPosition[]> {
  const { rows } = await db.query<ShortRow>(readShort, [
    [...todays.keys()],
    [...todays.values()].map(dateOf),
    item ?? null,
    node ?? null,
    pastDueDays,
    horizonDays,
    days,
    after ? dateOf(after.firstDay) : null,
    after?.item ?? null,
    after?.node ?? null,
    limit,
  ]);
  return rows.map((row) => ({
    ...row,
    quantity: micro(row.quantity),
    until: row.until ?? undefined,
    safety: micro(row.safety),
  }));
}
