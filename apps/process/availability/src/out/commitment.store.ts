import type { Queryable, Statement } from '#persistence/database';
import type { Commitment, NodeCommitments } from '../plan/commitments';
import type { Fences } from '../promise/book';
import type { Day } from '../promise/days';
import type { NodeView } from '../promise/nodes';
import { trusted, type Flow } from '../promise/projection';
import { micro } from '../promise/quantity';

/**
 * What dated promises are judged on, only where there is something to judge: a promise that waits for supply, stock lost under
 * what is held, or a risk that is open. A promise by lead time counts on no known supply and is not judged by it. Indexes:
 * slice_waiting, position (item, node), promise_risk_open, supply (item), slice (item).
 */
const readCommitments: Statement = {
  name: 'availability-commitments',
  text: `
    with waiting as materialized (
      select id, item, node, quantity, ship_date, reservation, line from availability.slice
       where item = any($1) and not held and state <> 'BACKORDERED' and basis <> 'LEAD_TIME'
    ), lost as materialized (
      select item, node from availability.position where item = any($1) and allocated + reserved > usable
    ), concerned as materialized (
      select item, node from waiting union select item, node from lost
      union select item, node from availability.promise_risk where item = any($1) and resolved_at is null
    )
    select 'T' as kind, null as item, null as node, null as quantity, null::int as day,
           to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as id, null as reservation, null::int as line,
           null as safety
    union all
    select 'N', c.item, c.node, (coalesce(p.usable - p.allocated - p.reserved, 0))::text, null, null, null, null,
           coalesce(p.safety, 0)::text
      from concerned c left join availability.position p on p.item = c.item and p.node = c.node
    union all
    select 'S', s.item, s.node, s.quantity::text, s.available_on - date '1970-01-01', s.id, null, null, null
      from concerned c join availability.supply s on s.item = c.item and s.node = c.node
    union all
    (select 'W', item, node, quantity::text, ship_date - date '1970-01-01', id::text, reservation, line, null
       from waiting order by id)
    union all
    (select 'H', s.item, s.node, s.quantity::text, s.ship_date - date '1970-01-01', s.id::text, s.reservation, s.line, null
       from lost l join availability.slice s on s.item = l.item and s.node = l.node and s.held order by s.id)`,
};

interface CommitmentRow {
  kind: 'T' | 'N' | 'S' | 'W' | 'H';
  item: string | null;
  node: string | null;
  quantity: string | null;
  day: Day | null;
  id: string | null;
  reservation: string | null;
  line: number | null;
  safety: string | null;
}

interface Draft extends Omit<NodeCommitments, 'today'> {
  readonly supplies: (Flow & { id: string })[];
  readonly commitments: Commitment[];
}

export interface CommitmentReading {
  /** RFC 3339, database time. */
  readonly asOf: string;
  readonly items: readonly string[];
  /** Item by node. Held commitments only where stock was lost. */
  commitments(view: NodeView): NodeCommitments[];
}

/** What the dated promises of these items are judged on. */
export async function commitmentsToJudge(
  db: Queryable,
  items: readonly string[],
  fences: Fences,
): Promise<CommitmentReading> {
  const { rows } = await db.query<CommitmentRow>(readCommitments, [items]);
  const drafts = new Map<string, Draft>();
  let asOf = '';
  for (const row of rows) {
    if (row.kind === 'T') asOf = row.id ?? '';
    else collect(drafts, row);
  }
  const nodes = [...drafts.values()];
  return {
    asOf,
    items: [...new Set(nodes.map(({ item }) => item))],
    commitments: (view) =>
      nodes.map((draft) => {
        const today = view.today(draft.node);
        return { ...draft, today, supplies: trusted(draft.supplies, today, fences.pastDueDays, fences.horizonDays) };
      }),
  };
}

/** The row of a node comes before what it is made of. */
function collect(drafts: Map<string, Draft>, row: CommitmentRow): void {
  const { kind, item, node, reservation, line } = row;
  const place = { item: item ?? '', node: node ?? '' };
  const key = `${place.item}\u001f${place.node}`;
  const quantity = micro(row.quantity ?? '0');
  if (kind === 'N') {
    const safety = micro(row.safety ?? '0');
    drafts.set(key, { ...place, free: quantity, safety, supplies: [], commitments: [] });
    return;
  }
  const flow = { id: row.id ?? '', day: row.day ?? 0, quantity };
  const draft = drafts.get(key);
  if (kind === 'S') draft?.supplies.push(flow);
  else draft?.commitments.push({ ...flow, reservation: reservation ?? '', line: line ?? 0, held: kind === 'H' });
}
