import type { Queryable, Statement } from '#persistence/database';

export interface SourceRow {
  readonly source: string;
  readonly node: string;
  readonly lastAt: string;
  readonly base: string | null;
  readonly seen: string;
  readonly givenUp: string;
  readonly gapSince: string | null;
  readonly held: number;
  readonly asks: number;
  readonly alertedAt: string | null;
}

const time = (value: string): string => `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Indexes: source_watermark (source, node), held_fact (source, node, sequence). */
const readSources: Statement = {
  name: 'availability-sources',
  text: `
    with page as (
      select distinct source from availability.source_watermark where source > $1 order by source limit $2
    )
    select w.source, w.node, ${time('w.last_at')} as "lastAt", w.base::text as base, w.seen::text as seen,
           w.given_up::text as "givenUp", ${time('w.gap_since')} as "gapSince", h.held, w.asks,
           ${time('w.alerted_at')} as "alertedAt"
      from page join availability.source_watermark w using (source)
     cross join lateral (select count(*)::int as held from availability.held_fact f
                          where f.source = w.source and f.node = w.node) h
     order by w.source, w.node`,
};

/** All streams of the next sources. */
export async function streamsOfSources(db: Queryable, after: string, limit: number): Promise<SourceRow[]> {
  return (await db.query<SourceRow>(readSources, [after, limit])).rows;
}
