import { Injectable } from '@nestjs/common';
import type { InventoryRecordResult } from '#contracts/availability/availability.dto';
import type { Transaction } from '#persistence/database';
import { appendCounts } from '../out/count.store';
import { settle } from '../out/exception.store';
import { touch } from '../out/item.store';
import { appendFacts, conflicts, hashesOf, receive, type Posted } from '../out/ledger.store';
import { appendReversals, originalsOf } from '../out/reversal.store';
import { slicesOf, write } from '../out/slice.store';
import { advance, type Progress } from '../out/source.store';
import { micro } from '../promise/quantity';
import { consume, type Shipped } from '../reserve/consume';
import { Waiters } from '../reserve/waiters';
import { kindOf } from './authority';
import { entriesOf, hashOf, isCount, unmarked, type Hashed, type StockRecord } from './facts';
import { faultOf, type Fault } from './faults';
import { reversalFaultOf } from './reversals';
import { roundsOf } from './rounds';

type Results = Map<StockRecord, InventoryRecordResult>;

/** The append-only ledger: every fact once, every position the sum of its facts. */
@Injectable()
export class StockLedger {
  constructor(private readonly waiters: Waiters) {}

  /** Appends facts of one source; each gets its own result, so a bad one never hides the good ones. */
  async post(tx: Transaction, source: string, records: readonly StockRecord[]): Promise<InventoryRecordResult[]> {
    const results: Results = new Map();
    const kind = kindOf(source);
    const sound = records.filter((record) => !refused(results, record, faultOf(record, kind)));
    const { first, repeated } = distinct(sound);
    if (first.length > 0) {
      await this.enter(tx, source, first, results);
      const known = [...first, ...repeated].filter(({ record }) => !results.has(record));
      await this.judge(tx, source, known, results);
      await advance(tx, source, progressOf(sound));
    }
    return records.map((record) => results.get(record) ?? { id: record.id, outcome: 'rejected' });
  }

  /** Appends what is new, and lets it have its consequences. */
  private async enter(tx: Transaction, source: string, first: readonly Hashed[], results: Results): Promise<void> {
    const items = [...new Set(first.map(({ record }) => record.item))];
    await touch(tx, items);
    const posted = await this.append(tx, source, first, results);
    const applied = first.filter(({ record }) => posted.inserted.has(record.id)).map(({ record }) => record);
    for (const record of applied) results.set(record, { id: record.id, outcome: 'applied' });
    await this.follow(tx, applied, items, posted.trouble);
  }

  /** What is taken back may have come in the same call: first facts, then what takes back, then counts. */
  private async append(tx: Transaction, source: string, records: readonly Hashed[], results: Results): Promise<Posted> {
    const facts = records.filter(({ record }) => !isCount(record) && record.fact !== 'REVERSED');
    const posted: Posted[] = [];
    if (facts.length > 0) posted.push(await appendFacts(tx, source, facts.flatMap(entriesOf)));
    const reversals = await this.possible(tx, source, records, results);
    if (reversals.length > 0) posted.push(await appendReversals(tx, source, reversals));
    for (const round of roundsOf(records.filter(({ record }) => isCount(record))))
      posted.push(await appendCounts(tx, source, round.flatMap(entriesOf)));
    return {
      inserted: new Set(posted.flatMap(({ inserted }) => [...inserted])),
      trouble: posted.some(({ trouble }) => trouble),
    };
  }

  /** The reversals among the records whose originals can be taken back. */
  private async possible(tx: Transaction, source: string, records: readonly Hashed[], results: Results) {
    const reversals = records.filter(({ record }) => record.fact === 'REVERSED');
    if (reversals.length === 0) return [];
    const originals = await originalsOf(tx, source, reversals.map(({ record }) => record.reverses ?? '')); // prettier-ignore
    const taken = new Map<string, string>();
    return reversals.filter(({ record }) => {
      const { id, reverses = '' } = record;
      const original = originals.get(reverses);
      const by = taken.get(reverses);
      const seen = original && by !== undefined ? { ...original, reversedBy: by } : original;
      if (refused(results, record, reversalFaultOf(record, seen))) return false;
      taken.set(reverses, id);
      return true;
    });
  }

  /** What new facts bring about: supplies that have come, allocations that have left, waiting lines, exceptions. */
  private async follow(tx: Transaction, applied: readonly StockRecord[], items: readonly string[], trouble: boolean) {
    const receipts = applied.filter(
      ({ fact, reference }) => reference !== undefined && (fact === 'RECEIVED' || fact === 'TRANSFER_RECEIVED'),
    );
    if (receipts.length > 0) await receive(tx, receipts);
    const shipped = applied.flatMap(toShipped);
    if (shipped.length > 0) {
      const slices = await slicesOf(tx, [...new Set(shipped.map(({ reservation }) => reservation))]);
      const own = slices.filter((slice) => items.includes(slice.item));
      const changed = consume(own, shipped);
      if (changed.length > 0) await write(tx, { reservations: [], created: [], changed, shipped: true });
    }
    if (applied.length > 0) await this.waiters.serve(tx, items);
    if (trouble) await settle(tx, items);
  }

  /** Known ids: the same content changes nothing, other content is kept and reported. */
  private async judge(tx: Transaction, source: string, known: readonly Hashed[], results: Results): Promise<void> {
    if (known.length === 0) return;
    const hashes = await hashesOf(tx, source, [...new Set(known.map(({ record }) => record.id))]);
    const contradicting = known.filter(({ record, hash }) => hashes.get(record.id) !== hash);
    for (const { record } of known) results.set(record, { id: record.id, outcome: 'duplicate' });
    for (const { record } of contradicting) results.set(record, contradiction(record));
    if (contradicting.length > 0) await conflicts(tx, source, contradicting);
  }
}

function contradiction({ id }: StockRecord): InventoryRecordResult {
  const detail = 'this id is in the ledger with other content';
  return { id, outcome: 'conflict', code: 'RECORD_CONFLICT', detail };
}

function refused(results: Results, record: StockRecord, fault: Fault | undefined): boolean {
  if (fault) results.set(record, { id: record.id, outcome: 'rejected', ...fault });
  return fault !== undefined;
}

function distinct(records: readonly StockRecord[]): { first: Hashed[]; repeated: Hashed[] } {
  const seen = new Set<string>();
  const first: Hashed[] = [];
  const repeated: Hashed[] = [];
  for (const record of records) {
    (seen.has(record.id) ? repeated : first).push({ record, hash: hashOf(record), marks: unmarked });
    seen.add(record.id);
  }
  return { first, repeated };
}

function toShipped({ fact, reservation, line, node, quantity }: StockRecord): Shipped[] {
  if (fact !== 'SHIPPED' || reservation === undefined || line === undefined) return [];
  return [{ reservation, line, node, quantity: micro(quantity) }];
}

function progressOf(records: readonly StockRecord[]): Progress[] {
  const nodes = new Map<string, { node: string; at: string; sequences: number[] }>();
  for (const { node, occurredAt, sequence } of records) {
    const progress = nodes.get(node) ?? { node, at: occurredAt, sequences: [] };
    if (Date.parse(occurredAt) > Date.parse(progress.at)) progress.at = occurredAt;
    if (sequence !== undefined) progress.sequences.push(sequence);
    nodes.set(node, progress);
  }
  return [...nodes.values()];
}
