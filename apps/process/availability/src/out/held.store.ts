import type { Queryable, Statement } from '#persistence/database';
import type { Hashed, StockRecord } from '../ledger/facts';

const keepHeld: Statement = {
  name: 'availability-hold',
  text: `
    insert into availability.held_fact (source, record_id, node, sequence, content_hash, record)
    select $1, id, node, sequence, hash, record
      from unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::jsonb[]) as n (id, node, sequence, hash, record)`,
};

const heldHashes: Statement = {
  name: 'availability-held-hashes',
  text: `select record_id as id, content_hash as hash from availability.held_fact where source = $1 and record_id = any($2)`,
};

const takeHeld: Statement = {
  name: 'availability-held-take',
  text: `
    delete from availability.held_fact h using unnest($2::text[], $3::bigint[]) as n (node, upto)
     where h.source = $1 and h.node = n.node and h.sequence <= n.upto
    returning h.record, h.content_hash as hash`,
};

export async function hold(tx: Queryable, source: string, held: readonly Hashed[]): Promise<void> {
  if (held.length === 0) return;
  await tx.query(keepHeld, [
    source,
    held.map(({ record }) => record.id),
    held.map(({ record }) => record.node),
    held.map(({ record }) => record.sequence),
    held.map(({ hash }) => hash),
    held.map(({ record }) => JSON.stringify(record)),
  ]);
}

/** The content of facts that wait, by id. */
export async function hashesOfHeld(
  tx: Queryable,
  source: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ id: string; hash: string }>(heldHashes, [source, ids]);
  return new Map(rows.map((row) => [row.id, row.hash]));
}

export interface Released {
  readonly record: StockRecord;
  readonly hash: string;
}

/** Takes out what waits no longer: of each node up to a number. */
export async function release(
  tx: Queryable,
  source: string,
  upTo: readonly { readonly node: string; readonly frontier: number }[],
): Promise<Released[]> {
  if (upTo.length === 0) return [];
  const { rows } = await tx.query<Released>(takeHeld, [
    source,
    upTo.map(({ node }) => node),
    upTo.map(({ frontier }) => frontier),
  ]);
  return rows;
}
