import type { RefusedFact } from '#contracts/availability/source-rules.dto';
import type { Queryable, Statement } from '#persistence/database';
import type { StockRecord } from '../ledger/facts';

const keepRefused: Statement = {
  name: 'availability-refused-keep',
  text: `
    insert into availability.refused_fact (source, record_id, content_hash, code, record)
    select $1, id, hash, code, record from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[]) as n (id, hash, code, record)
    on conflict do nothing`,
};

export interface Refused {
  readonly record: StockRecord;
  readonly hash: string;
  readonly code: string;
}

/** The same fact refused again is kept once. */
export async function keepRefusedFacts(tx: Queryable, source: string, refused: readonly Refused[]): Promise<void> {
  await tx.query(keepRefused, [
    source,
    refused.map(({ record }) => record.id),
    refused.map(({ hash }) => hash),
    refused.map(({ code }) => code),
    refused.map(({ record }) => JSON.stringify(record)),
  ]);
}

/** Where a page ends: all that is older, or as old and behind it. */
export interface RefusedKey {
  readonly at: string;
  readonly source: string;
  readonly record: string;
}

export interface RefusedRow extends Omit<RefusedFact, 'messageId'> {
  readonly messageId: string | null;
}

/** Index: refused_fact_newest. */
const readRefused: Statement = {
  name: 'availability-refused',
  text: `
    select source, record_id as record, record ->> 'item' as item, record ->> 'node' as node, record ->> 'fact' as fact,
           record ->> 'quantity' as quantity, record ->> 'occurredAt' as "occurredAt", code, record ->> 'messageId' as "messageId",
           to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "receivedAt"
      from availability.refused_fact
     where ($1::text is null or source = $1)
       and (received_at < $2::timestamptz or (received_at = $2::timestamptz and (source, record_id) > ($3, $4)))
     order by received_at desc, source, record_id limit $5`,
};

export async function refusedFacts(
  db: Queryable,
  source: string | undefined,
  after: RefusedKey,
  limit: number,
): Promise<RefusedRow[]> {
  const values = [source ?? null, after.at, after.source, after.record, limit];
  return (await db.query<RefusedRow>(readRefused, values)).rows;
}
