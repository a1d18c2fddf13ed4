import type { Queryable, Statement } from '#persistence/database';

/** One number that a channel was told. */
export interface Told {
  readonly item: string;
  /** '' for all nodes together. */
  readonly node: string;
  /** Decimal text, base units. */
  readonly quantity: string;
  readonly version: number;
}

export type ToldWay = 'CURSOR' | 'PUSH';

/** An answer that was overtaken by a newer one does not overwrite it. Rows in key order, so that two writers never wait for each other. */
const writeTold: Statement = {
  name: 'availability-told-write',
  text: `
    insert into availability.channel_told as t (channel, item, node, quantity, version, way)
    select $1, item, node, quantity, version, $2
      from unnest($3::text[], $4::text[], $5::numeric[], $6::bigint[]) as n (item, node, quantity, version)
     order by item, node
    on conflict (channel, item, node) do update
       set quantity = excluded.quantity, version = excluded.version, told_at = now(), way = excluded.way
     where excluded.version >= t.version`,
};

/** Records what a channel was told. */
export async function writeTolds(db: Queryable, channel: string, way: ToldWay, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  await db.query(writeTold, [
    channel,
    way,
    told.map(({ item }) => item),
    told.map(({ node }) => node),
    told.map(({ quantity }) => quantity),
    told.map(({ version }) => version),
  ]);
}

export interface ToldRow extends Told {
  readonly toldAt: string;
  readonly way: ToldWay;
}

const readTold: Statement = {
  name: 'availability-told',
  text: `
    with items as (
      select distinct item from availability.channel_told
       where channel = $1 and ($2::text is null or item = $2) and item > $3 order by item limit $4
    )
    select t.item, t.node, trim_scale(t.quantity)::text as quantity, t.version::float8 as version, t.way,
           to_char(t.told_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "toldAt"
      from items join availability.channel_told t on t.channel = $1 and t.item = items.item order by t.item, t.node`,
};

/** What a channel was told of the first so many items behind one, the sum of an item before its nodes. */
export async function toldOf(
  db: Queryable,
  { channel, item, after, items }: { channel: string; item: string | undefined; after: string; items: number },
): Promise<ToldRow[]> {
  return (await db.query<ToldRow>(readTold, [channel, item ?? null, after, items])).rows;
}

const nextChannel: Statement = {
  name: 'availability-told-channel',
  text: `select min(channel) as channel from availability.channel_told where channel > $1`,
};

/** The next channel, by name, that was told anything. */
export async function toldChannelAfter(db: Queryable, channel: string): Promise<string | undefined> {
  return (await db.query<{ channel: string | null }>(nextChannel, [channel])).rows[0]?.channel ?? undefined;
}
