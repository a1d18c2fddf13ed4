import type { Queryable, Statement } from '#persistence/database';
import type { TransferKey, TransferState } from '../ledger/implied';
import { micro } from '../promise/quantity';

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

/** Index: ledger_position (item, node). The row of a transfer at the node it goes to moves only what is in transit. */
const readTransfers: Statement = {
  name: 'availability-transfers',
  text: `
    select n.reference, n.item, n.node, coalesce(sum(l.in_transit), 0)::text as "inTransit",
           (coalesce(sum(l.quantity) filter (where l.implied = 'TRANSFER_SHIPPED' and l.fact = 'TRANSFER_SHIPPED' and l.in_transit = 0), 0)
            - coalesce(sum(l.matches), 0))::text as implied
      from (select distinct * from unnest($1::text[], $2::text[], $3::text[]) as k (reference, item, node)) n
      left join availability.ledger l on l.item = n.item and l.node = n.node and l.reference = n.reference
     group by 1, 2, 3`,
};

/** The items are locked. */
export async function transfersOf(tx: Queryable, keys: readonly TransferKey[]): Promise<TransferState[]> {
  const { rows } = await tx.query<TransferKey & { inTransit: string; implied: string }>(readTransfers, [
    keys.map(({ reference }) => reference),
    keys.map(({ item }) => item),
    keys.map(({ node }) => node),
  ]);
  return rows.map((row) => ({ ...row, inTransit: micro(row.inTransit), implied: micro(row.implied) }));
}
