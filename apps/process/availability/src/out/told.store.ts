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
