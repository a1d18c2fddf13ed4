import type { Hashed, StockRecord } from './facts';

interface Round {
  number: number;
  /** Lots counted in it; undefined once the position itself is. */
  lots: Set<string> | undefined;
}

/**
 * Counts of one position are posted one after the other, the earlier first; different lots of it together, as none is measured
 * against another.
 */
export function roundsOf(counts: readonly Hashed[]): Hashed[][] {
  const current = new Map<string, Round>();
  const rounds: Hashed[][] = [];
  for (const count of [...counts].sort((a, b) => earlier(a.record, b.record))) {
    const { item, node, lot } = count.record;
    const key = `${item}\u001f${node}`;
    const round = current.get(key) ?? { number: -1, lots: undefined };
    if (lot === undefined || round.lots?.has(lot) !== false) {
      round.number += 1;
      round.lots = lot === undefined ? undefined : new Set();
    }
    if (lot !== undefined) round.lots?.add(lot);
    current.set(key, round);
    (rounds[round.number] ??= []).push(count);
  }
  return rounds;
}

/** By the source's own numbers when both have one, else by time. */
function earlier(a: StockRecord, b: StockRecord): number {
  if (a.sequence !== undefined && b.sequence !== undefined && a.sequence !== b.sequence) return a.sequence - b.sequence;
  return Date.parse(a.occurredAt) - Date.parse(b.occurredAt);
}
