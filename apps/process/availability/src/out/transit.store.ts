import type { Queryable, Statement } from '#persistence/database';

/** Index: ledger_position (item, node). */
const readTransit: Statement = {
  name: 'availability-in-transit',
  text: `
    select trim_scale(coalesce(sum(in_transit), 0))::text as left from availability.ledger
     where item = $1 and node = $2 and in_transit <> 0 and ($3::text is null or reference = $3)`,
};

/** What has been shipped to a node and neither received nor lost; of one transfer, or of all. */
export async function inTransitOf(
  tx: Queryable,
  item: string,
  node: string,
  reference: string | undefined,
): Promise<string> {
  return (await tx.query<{ left: string }>(readTransit, [item, node, reference ?? null])).rows[0]?.left ?? '0';
}
