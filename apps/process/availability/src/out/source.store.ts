import type { Queryable, Statement } from '#persistence/database';

/** How far a source has come at a node: its newest time and the sequence numbers of one call. */
export interface Progress {
  readonly node: string;
  readonly at: string;
  readonly sequences: readonly number[];
}

/** Ordered by node, and last in the transaction, so that two posts of one source never wait for each other in a ring. */
const advanceWatermarks: Statement = {
  name: 'availability-watermark',
  text: `
    insert into availability.source_watermark as w (source, node, last_at, seen)
    select $1, node, at, seen from unnest($2::text[], $3::timestamptz[], $4::int8multirange[]) as n (node, at, seen)
     order by node
    on conflict (source, node) do update
       set last_at = greatest(w.last_at, excluded.last_at), seen = w.seen + excluded.seen`,
};

const readWatermarks: Statement = {
  name: 'availability-watermarks',
  text: `
    select source, to_char(max(last_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from availability.source_watermark group by source order by source limit 100`,
};

export async function advance(tx: Queryable, source: string, progress: readonly Progress[]): Promise<void> {
  await tx.query(advanceWatermarks, [
    source,
    progress.map(({ node }) => node),
    progress.map(({ at }) => at),
    progress.map(({ sequences }) => rangesOf(sequences)),
  ]);
}

/** The newest fact of each source; the first 100 sources. */
export async function watermarks(db: Queryable): Promise<{ source: string; at: string }[]> {
  return (await db.query<{ source: string; at: string }>(readWatermarks)).rows;
}

/** [1, 2, 3, 7] → `{[1,3],[7,7]}`. */
function rangesOf(sequences: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && sequence <= last[1] + 1) last[1] = sequence;
    else ranges.push([sequence, sequence]);
  }
  return `{${ranges.map(([from, to]) => `[${from},${to}]`).join(',')}}`;
}
