import type { Queryable, Statement } from '#persistence/database';
import type { DemandState, PlanDemand, Standing } from '../plan/node-plan';
import type { Supply, SupplyKind } from '../promise/book';
import type { Day } from '../promise/days';
import type { NodeView } from '../promise/nodes';
import { micro } from '../promise/quantity';

/** Where to look: an item at a node. */
export interface Place {
  readonly item: string;
  readonly node: string;
}

/** Held stock only where some of it was lost: else nothing that is held can go short. Indexes: position (item, node), supply (item), slice_waiting, slice (item). */
const readStandings: Statement = {
  name: 'availability-standings',
  text: `
    with place as materialized (
      select n.item, n.node, coalesce(p.usable - p.allocated - p.reserved, 0) as free, coalesce(p.safety, 0) as safety
        from unnest($1::text[], $2::text[]) as n (item, node)
        left join availability.position p on p.item = n.item and p.node = n.node
    )
    select 'N' as row, item, node, free::text as quantity, null::int as day, safety::text as id, null as kind,
           null as reservation, null::int as line, null::boolean as dated
      from place
    union all
    select 'S', s.item, s.node, s.quantity::text, s.available_on - date '1970-01-01', s.id, s.kind, null, null, null
      from place p join availability.supply s on s.item = p.item and s.node = p.node
    union all
    (select 'D', s.item, s.node, s.quantity::text, s.ship_date - date '1970-01-01', s.id::text, s.state, s.reservation, s.line,
            s.state <> 'BACKORDERED' and s.basis <> 'LEAD_TIME'
       from place p join availability.slice s on s.item = p.item and s.node = p.node and not s.held order by s.id)
    union all
    (select 'H', s.item, s.node, s.quantity::text, s.ship_date - date '1970-01-01', s.id::text, s.state, s.reservation, s.line, true
       from place p join availability.slice s on s.item = p.item and s.node = p.node and s.held
      where p.free < 0 order by s.id)`,
};

interface StandingRow {
  row: 'N' | 'S' | 'D' | 'H';
  item: string;
  node: string;
  quantity: string;
  day: Day | null;
  id: string;
  kind: string | null;
  reservation: string | null;
  line: number | null;
  dated: boolean | null;
}

interface Draft extends Standing {
  readonly supplies: Supply[];
  readonly demands: PlanDemand[];
}

/** How these places stand, in their order, with one statement. */
export async function standingsAt(db: Queryable, places: readonly Place[], view: NodeView): Promise<Standing[]> {
  const { rows } = await db.query<StandingRow>(readStandings, [
    places.map(({ item }) => item),
    places.map(({ node }) => node),
  ]);
  const drafts = new Map<string, Draft>();
  for (const row of rows) collect(drafts, row, view);
  return places.flatMap((place) => drafts.get(keyOf(place)) ?? []);
}

/** The row of a place comes before what it is made of. */
function collect(drafts: Map<string, Draft>, row: StandingRow, view: NodeView): void {
  const { item, node, id, dated } = row;
  const quantity = micro(row.quantity);
  if (row.row === 'N') {
    const base = { item, node, today: view.today(node), free: quantity, safety: micro(id) };
    drafts.set(keyOf(row), { ...base, supplies: [], demands: [] });
    return;
  }
  const draft = drafts.get(keyOf(row));
  const flow = { id, day: row.day ?? 0, quantity };
  if (row.row === 'S') draft?.supplies.push({ ...flow, kind: row.kind as SupplyKind });
  else
    draft?.demands.push({
      ...flow,
      reservation: row.reservation ?? '',
      line: row.line ?? 0,
      held: row.row === 'H',
      dated: dated ?? true,
      state: row.kind as DemandState,
    });
}

function keyOf({ item, node }: Place): string {
  return `${item}\u001f${node}`;
}
