import type { Queryable, Statement } from '#persistence/database';
import { dateOf, type Day } from '../promise/days';
import { micro, text } from '../promise/quantity';
import type { PromiseKey, Risk } from '../risk/assess';

/** A risk that is open. */
export interface StoredRisk extends Risk {
  readonly id: string;
  /** RFC 3339. */
  readonly openedAt: string;
  readonly changedAt: string;
}

const columns = `
  id, reservation, line, item, node, ship_date - date '1970-01-01' as day, quantity, new_date - date '1970-01-01' as "newDay",
  to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt",
  to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"`;

/** Index: promise_risk_open. */
const openRisks: Statement = {
  name: 'availability-risks-open',
  text: `select ${columns} from availability.promise_risk where item = any($1) and resolved_at is null order by id`,
};

const writeRisks: Statement = {
  name: 'availability-risks-write',
  text: `
    with opened as (
      insert into availability.promise_risk (reservation, line, item, node, ship_date, quantity, new_date)
      select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::date[], $6::numeric[], $7::date[])
    ), changed as (
      update availability.promise_risk r set quantity = n.quantity, new_date = n.new_date, changed_at = now()
        from unnest($8::bigint[], $9::numeric[], $10::date[]) as n (id, quantity, new_date) where r.id = n.id
    )
    update availability.promise_risk set resolved_at = now() where id = any($11::bigint[])`,
};

/** By item or by node the few open ones are filtered. Index: promise_risk_list. */
const listRisks: Statement = {
  name: 'availability-risks-list',
  text: `
    select ${columns} from availability.promise_risk
     where resolved_at is null and id > $1 and ($2::text is null or item = $2) and ($3::text is null or node = $3)
     order by id limit $4`,
};

/**
 * Items with a promise whose day has come, or that waits at a node where supply should have come by now; days of UTC, a day
 * early, because a node's own day may be further. Indexes: slice_waiting, supply (item).
 */
const dueItems: Statement = {
  name: 'availability-risks-due',
  text: `
    select distinct s.item from availability.slice s
     where not s.held and s.state <> 'BACKORDERED' and s.item > $1
       and (s.ship_date <= current_date + 1
            or exists (select 1 from availability.supply u
                        where u.item = s.item and u.node = s.node and u.available_on <= current_date + 1))
     order by s.item limit $2`,
};

interface RiskRow extends Omit<PromiseKey, 'day'> {
  id: string;
  day: Day;
  quantity: string;
  newDay: Day | null;
  openedAt: string;
  changedAt: string;
}

/** The open risks of these items. */
export async function openRisksOf(db: Queryable, items: readonly string[]): Promise<StoredRisk[]> {
  return (await db.query<RiskRow>(openRisks, [items])).rows.map(riskOf);
}

export interface RiskFilter {
  readonly item: string | undefined;
  readonly node: string | undefined;
  /** Those behind this id; '0' from the beginning. */
  readonly after: string;
  readonly limit: number;
}

/** Open risks of all items, the oldest first. */
export async function risksPage(db: Queryable, { item, node, after, limit }: RiskFilter): Promise<StoredRisk[]> {
  return (await db.query<RiskRow>(listRisks, [after, item ?? null, node ?? null, limit])).rows.map(riskOf);
}

/** Items behind `after`, in their order, whose promises the calendar alone may have put at risk. */
export async function itemsToLookAt(db: Queryable, after: string, limit: number): Promise<string[]> {
  return (await db.query<{ item: string }>(dueItems, [after, limit])).rows.map(({ item }) => item);
}

export interface RiskWrites {
  readonly opened: readonly Risk[];
  readonly changed: readonly { readonly before: StoredRisk; readonly after: Risk }[];
  readonly resolved: readonly StoredRisk[];
}

/** The items are locked. */
export async function writeRiskChanges(tx: Queryable, { opened, changed, resolved }: RiskWrites): Promise<void> {
  await tx.query(writeRisks, [
    opened.map((risk) => risk.reservation),
    opened.map((risk) => risk.line),
    opened.map((risk) => risk.item),
    opened.map((risk) => risk.node),
    opened.map((risk) => dateOf(risk.day)),
    opened.map((risk) => text(risk.quantity)),
    opened.map((risk) => dateOrNull(risk.newDay)),
    changed.map(({ before }) => before.id),
    changed.map(({ after }) => text(after.quantity)),
    changed.map(({ after }) => dateOrNull(after.newDay)),
    resolved.map(({ id }) => id),
  ]);
}

function riskOf({ quantity, newDay, ...row }: RiskRow): StoredRisk {
  return { ...row, quantity: micro(quantity), newDay: newDay ?? undefined };
}

function dateOrNull(day: Day | undefined): string | null {
  return day === undefined ? null : dateOf(day);
}
