import type { InventoryFact } from '#canonical/inventory';
import type { SourceRuleDto, StalePolicy } from '#contracts/availability/source-rules.dto';
import type { Queryable, Statement } from '#persistence/database';

export interface SourceRuleRow {
  readonly node: string;
  readonly source: string;
  readonly facts: readonly InventoryFact[];
  readonly maxAgeSeconds: number | null;
  readonly whenStale: StalePolicy | null;
  readonly floorShare: string | null;
  readonly heardAt: string | null;
  readonly stale: boolean;
}

/** Few rows: sources times nodes that have rules. Index: source_watermark (source, node). */
const readRules: Statement = {
  name: 'availability-source-rules',
  text: `
    select r.node, r.source, r.facts, r.max_age_seconds as "maxAgeSeconds", r.when_stale as "whenStale",
           trim_scale(r.floor_share)::text as "floorShare",
           to_char(w.heard_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "heardAt",
           r.max_age_seconds is not null
             and (w.heard_at is null or now() > w.heard_at + make_interval(secs => r.max_age_seconds)) as stale
      from availability.source_rule r
      left join availability.source_watermark w on w.source = r.source and w.node = r.node
     where $1::text is null or r.node = $1
     order by r.node, r.source`,
};

const storeRules: Statement = {
  name: 'availability-source-rules-store',
  text: `
    with input as (
      select node, source, array(select jsonb_array_elements_text(facts)) as facts, age, stale, share
        from unnest($1::text[], $2::text[], $3::jsonb[], $4::int[], $5::text[], $6::numeric[])
             as n (node, source, facts, age, stale, share)
    ), removed as (
      delete from availability.source_rule r using input n
       where r.node = n.node and r.source = n.source and n.facts = '{}' and n.age is null
    )
    insert into availability.source_rule (node, source, facts, max_age_seconds, when_stale, floor_share)
    select * from input where facts <> '{}' or age is not null
    on conflict (node, source) do update
       set facts = excluded.facts, max_age_seconds = excluded.max_age_seconds, when_stale = excluded.when_stale,
           floor_share = excluded.floor_share`,
};

export async function sourceRules(db: Queryable, node?: string): Promise<SourceRuleRow[]> {
  return (await db.query<SourceRuleRow>(readRules, [node ?? null])).rows;
}

/** Each node and source once. */
export async function storeSourceRules(tx: Queryable, rules: readonly SourceRuleDto[]): Promise<void> {
  await tx.query(storeRules, [
    rules.map(({ node }) => node),
    rules.map(({ source }) => source),
    rules.map(({ facts }) => JSON.stringify(facts ?? [])),
    rules.map(({ maxAgeSeconds }) => maxAgeSeconds ?? null),
    rules.map(({ whenStale }) => whenStale ?? null),
    rules.map(({ floorShare }) => floorShare ?? null),
  ]);
}
