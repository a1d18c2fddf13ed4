import type { Original } from '../out/reversal.store';
import { micro } from '../promise/quantity';
import type { StockRecord } from './facts';
import type { Fault } from './faults';

/**
 * Why a record cannot take back the one it names. A correction is a new event and never a change: it takes back all of one record,
 * once. What counts and snapshots said is corrected by the next count.
 */
export function reversalFaultOf(record: StockRecord, original: Original | undefined): Fault | undefined {
  const { id, item, node, lot, quantity, reverses } = record;
  if (!original)
    return { code: 'REVERSAL_UNKNOWN', detail: `the ledger has no record ${reverses ?? ''} of this source` };
  if (['COUNTED', 'SNAPSHOT', 'REVERSED'].includes(original.fact))
    return { code: 'REVERSAL_INVALID', detail: `${original.fact} cannot be taken back: post what is right` };
  if (original.reversedBy !== null && original.reversedBy !== id)
    return { code: 'REVERSAL_REPEATED', detail: `${original.reversedBy} has taken it back already` };
  const same = original.item === item && original.node === node && (lot === undefined || lot === original.lot);
  if (same && micro(original.quantity) === micro(quantity)) return undefined;
  const stands = `${original.quantity} of ${original.item} at ${original.node}`;
  return { code: 'REVERSAL_MISMATCH', detail: `a record is taken back wholly: it stands at ${stands}` };
}
