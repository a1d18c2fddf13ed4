import type { InventoryFact } from '#canonical/inventory';
import type { LedgerMoves } from '#contracts/availability/ledger.dto';
import type { Queryable, Statement } from '#persistence/database';

/** Where a page ends. */
export interface LedgerKey {
  readonly node: string;
  /** With microseconds, as times of one page may differ by less than a millisecond. */
  readonly at: string;
  readonly id: string;
}

export interface LedgerRow extends LedgerKey {
  readonly source: string;
  readonly record: string;
  readonly item: string;
  readonly fact: InventoryFact;
  readonly quantity: string;
  readonly moved: LedgerMoves;
  readonly recordedAt: string;
  readonly sequence: string | null;
  /** What only some rows have. */
  readonly optional: Readonly<Record<string, string | number | null>>;
  readonly marks: Readonly<Record<string, boolean>>;
}

/** Index: ledger_position (item, node, occurred_at). */
const readEntries: Statement = {
  name: 'availability-ledger-page',
  text: `
    select l.id::text as id, l.source, l.record_id as record, l.item, l.node, l.fact,
           trim_scale(l.quantity)::text as quantity,
           json_build_object('onHand', trim_scale(l.on_hand)::text, 'quarantined', trim_scale(l.quarantined)::text,
             'damaged', trim_scale(l.damaged)::text, 'inTransit', trim_scale(l.in_transit)::text) as moved,
           to_char(l.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
           to_char(l.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
           l.sequence::text as sequence,
           json_build_object('reason', l.reason, 'reference', l.reference, 'reservation', l.reservation, 'line', l.line,
             'lot', l.lot, 'expiresOn', l.expires_on, 'messageId', l.message_id, 'reverses', l.reverses,
             'reversedBy', r.record_id, 'implied', l.implied, 'matches', trim_scale(l.matches)::text) as optional,
           json_build_object('covered', l.covered, 'late', l.late, 'afterGap', l.after_gap) as marks
      from availability.ledger l
      left join availability.ledger r on r.source = l.source and r.reverses = l.record_id
     where l.item = $1 and ($2::text is null or l.node = $2)
       and (l.node, l.occurred_at, l.id) > ($3, $4::timestamptz, $5::bigint)
     order by l.node, l.occurred_at, l.id limit $6`,
};

export interface LedgerPageQuery {
  readonly item: string;
  readonly node: string | undefined;
  readonly after: LedgerKey;
  readonly limit: number;
}

export async function entriesOfItem(
  db: Queryable,
  { item, node, after, limit }: LedgerPageQuery,
): Promise<LedgerRow[]> {
  return (await db.query<LedgerRow>(readEntries, [item, node ?? null, after.node, after.at, after.id, limit])).rows;
}
