import type { Queryable, Statement } from '#persistence/database';
import { multirangeOf, rangesOf, textOf, type Range } from '../ledger/ranges';
import type { Stream } from '../ledger/stream';

/** How far a source has come at a node: its newest time and the sequence numbers of one call. */
export interface Progress {
  readonly node: string;
  readonly at: string;
  readonly sequences: readonly number[];
  /** Those of counts and snapshots. */
  readonly counted: readonly number[];
  readonly base?: number | undefined;
  /** Whether numbers are missing now; undefined when the call had none. */
  readonly gap?: boolean | undefined;
}

/** Ordered by node, and last in the transaction, so that two posts of one source never wait for each other in a ring. */
const advanceWatermarks: Statement = {
  name: 'availability-watermark',
  text: `
    insert into availability.source_watermark as w (source, node, last_at, seen, counted, base, gap_since)
    select $1, node, at, seen, counted, base, case when gap then now() end
      from unnest($2::text[], $3::timestamptz[], $4::int8multirange[], $5::int8multirange[], $6::bigint[], $7::boolean[])
           as n (node, at, seen, counted, base, gap)
     order by node
    on conflict (source, node) do update
       set last_at = greatest(w.last_at, excluded.last_at), heard_at = now(), seen = w.seen + excluded.seen,
           counted = w.counted + excluded.counted, base = coalesce(w.base, excluded.base),
           gap_since = case when excluded.seen = '{}' then w.gap_since
                            when excluded.gap_since is not null then coalesce(w.gap_since, excluded.gap_since) end,
           asked_at = case when excluded.seen = '{}' or excluded.gap_since is not null then w.asked_at end,
           asks = case when excluded.seen = '{}' or excluded.gap_since is not null then w.asks else 0 end,
           alerted_at = case when excluded.seen = '{}' or excluded.gap_since is not null then w.alerted_at end`,
};

const readWatermarks: Statement = {
  name: 'availability-watermarks',
  text: `
    select source, to_char(max(last_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from availability.source_watermark group by source order by source limit 100`,
};

/** Numbered posts of one stream come one after the other. Taken before the items, as nothing that holds an item waits for it. */
const lockStreams: Statement = {
  name: 'availability-stream-lock',
  text: `
    select pg_advisory_xact_lock(hashtextextended($1 || chr(31) || node, 77))
      from (select node from unnest($2::text[]) as n (node) order by node) as ordered`,
};

const readStreams: Statement = {
  name: 'availability-streams',
  text: `
    select node, base::text as base, seen::text as seen, counted::text as counted, given_up::text as "givenUp",
           gap_since as "gapSince"
      from availability.source_watermark where source = $1 and node = any($2)`,
};

const giveUpNumbers: Statement = {
  name: 'availability-give-up',
  text: `
    update availability.source_watermark
       set seen = seen + $3::int8multirange, given_up = given_up + $3::int8multirange, gap_since = null, asked_at = null,
           asks = 0, alerted_at = null
     where source = $1 and node = $2`,
};

const noteAsked: Statement = {
  name: 'availability-gap-asked',
  text: `
    update availability.source_watermark
       set asked_at = now(), asks = asks + 1,
           alerted_at = case when now() >= gap_since + make_interval(secs => $3) then coalesce(alerted_at, now()) end
     where source = $1 and node = $2 and gap_since is not null
    returning alerted_at is not null as alerted, extract(epoch from now() - gap_since)::float8 as age, asks`,
};

interface StreamRow {
  node: string;
  base: string | null;
  seen: string;
  counted: string;
  givenUp: string;
  gapSince: Date | null;
}

export async function advance(tx: Queryable, source: string, progress: readonly Progress[]): Promise<void> {
  await tx.query(advanceWatermarks, [
    source,
    progress.map(({ node }) => node),
    progress.map(({ at }) => at),
    progress.map(({ sequences }) => multirangeOf(sequences)),
    progress.map(({ counted }) => multirangeOf(counted)),
    progress.map(({ base }) => base ?? null),
    progress.map(({ gap }) => gap ?? null),
  ]);
}

/** The newest fact of each source; the first 100 sources. */
export async function watermarks(db: Queryable): Promise<{ source: string; at: string }[]> {
  return (await db.query<{ source: string; at: string }>(readWatermarks)).rows;
}

/** Locks and reads the streams of a source at these nodes. */
export async function openStreams(
  tx: Queryable,
  source: string,
  nodes: readonly string[],
): Promise<Map<string, Stream>> {
  await tx.query(lockStreams, [source, nodes]);
  const { rows } = await tx.query<StreamRow>(readStreams, [source, nodes]);
  return new Map(rows.map((row) => [row.node, streamOf(row)]));
}

export async function giveUp(tx: Queryable, source: string, node: string, missing: readonly Range[]): Promise<void> {
  await tx.query(giveUpNumbers, [source, node, textOf(missing)]);
}

/** Notes that it is time to ask the source again; undefined when nothing is missing any more. `age` in seconds, `asks` with this one. */
export async function asked(
  tx: Queryable,
  source: string,
  node: string,
  alertSeconds: number,
): Promise<{ alerted: boolean; age: number; asks: number } | undefined> {
  return (await tx.query<{ alerted: boolean; age: number; asks: number }>(noteAsked, [source, node, alertSeconds]))
    .rows[0];
}

function streamOf({ node, base, seen, counted, givenUp, gapSince }: StreamRow): Stream {
  return {
    node,
    base: base === null ? undefined : Number(base),
    seen: rangesOf(seen),
    counted: rangesOf(counted),
    givenUp: rangesOf(givenUp),
    gapSince: gapSince?.toISOString(),
  };
}
