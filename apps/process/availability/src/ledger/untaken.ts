import type { InventoryRecordResult } from '#contracts/availability/stock.dto';
import { exceptionOpened } from '#contracts/events/exceptions';
import type { NewEvent } from '#messaging/outbox';
import type { StockRecord } from './facts';

export interface Judged {
  readonly record: StockRecord;
  readonly result: InventoryRecordResult;
}

const SHOWN = 20;

/**
 * Facts that nobody reads the answer to and that the ledger did not take: one exception per source, node and kind, however many they
 * are. FACT_CONFLICT: an id that is in the ledger with other content. FACT_REFUSED: anything else, with its code.
 */
export function untaken(source: string, judged: readonly Judged[]): NewEvent[] {
  const groups = new Map<string, Judged[]>();
  for (const each of judged) {
    const { outcome } = each.result;
    if (outcome !== 'conflict' && outcome !== 'rejected') continue;
    const code = outcome === 'conflict' ? 'FACT_CONFLICT' : 'FACT_REFUSED';
    const key = `${code} ${each.record.node}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups].map(([key, group]) => told(source, key.startsWith('FACT_CONFLICT'), group));
}

function told(source: string, conflict: boolean, group: readonly Judged[]): NewEvent {
  const node = group[0]?.record.node ?? '';
  const first = group[0] && `${group[0].record.id}: ${group[0].result.detail ?? group[0].result.code ?? ''}`;
  const records = group.slice(0, SHOWN).map(({ record, result }) => ({
    ...{ id: record.id, item: record.item, fact: record.fact, quantity: record.quantity, code: result.code },
    ...(record.messageId === undefined ? {} : { message: record.messageId }),
  }));
  return exceptionOpened('process/availability', {
    ...{ tier: 'BUSINESS', domain: 'inventory', code: conflict ? 'FACT_CONFLICT' : 'FACT_REFUSED' },
    object: { type: 'source', id: `${source} at ${node}` },
    cause: `${group.length} stock facts of ${source} at ${node} were not taken; the first is ${first ?? ''}`,
    diagnostics: { source, node, count: group.length, records },
    suggestedAction: conflict
      ? 'Ask the source which content is right; the first one counts. Have it reverse or count the item, then resolve by hand'
      : 'See the code of each record; mend the source or its rules and have it count the items, then resolve by hand',
  });
}
