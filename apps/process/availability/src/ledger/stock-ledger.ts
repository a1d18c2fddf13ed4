import { Injectable } from '@nestjs/common';
import type { InventoryRecordResult } from '#contracts/availability/availability.dto';
import type { Transaction } from '#persistence/database';
import { settle } from '../out/exception.store';
import { touch } from '../out/item.store';
import { appendCounts, appendFacts, conflicts, hashesOf, receive, type Posted } from '../out/ledger.store';
import { slicesOf, write } from '../out/slice.store';
import { advance, type Progress } from '../out/source.store';
import { micro } from '../promise/quantity';
import { consume, type Shipped } from '../reserve/consume';
import { Waiters } from '../reserve/waiters';
import { entriesOf, faultOf, hashOf, isCount, type Entry, type StockRecord } from './facts';

interface Hashed {
  readonly record: StockRecord;
  readonly hash: string;
}

/** The append-only ledger: every fact once, every position the sum of its facts. */
@Injectable()
export class StockLedger {
  constructor(private readonly waiters: Waiters) {}

  /** Appends facts of one source; each gets its own result, so a bad one never hides the good ones. */
  async post(tx: Transaction, source: string, records: readonly StockRecord[]): Promise<InventoryRecordResult[]> {
    const results = new Map<StockRecord, InventoryRecordResult>();
    const sound = records.filter((record) => {
      const detail = faultOf(record);
      if (detail !== undefined) results.set(record, { id: record.id, outcome: 'rejected', detail });
      return detail === undefined;
    });
    const { first, repeated } = distinct(sound);
    if (first.length > 0) {
      const items = [...new Set(first.map(({ record }) => record.item))];
      await touch(tx, items);
      const posted = await this.append(tx, source, first);
      const applied = first.filter(({ record }) => posted.inserted.has(record.id)).map(({ record }) => record);
      for (const record of applied) results.set(record, { id: record.id, outcome: 'applied' });
      await this.follow(tx, applied, items, posted.trouble);
      const known = [...first.filter(({ record }) => !posted.inserted.has(record.id)), ...repeated];
      for (const [record, result] of await this.judge(tx, source, known)) results.set(record, result);
      await advance(tx, source, progressOf(sound));
    }
    return records.map((record) => results.get(record) ?? { id: record.id, outcome: 'rejected' });
  }

  private async append(tx: Transaction, source: string, records: readonly Hashed[]): Promise<Posted> {
    const facts = records.filter(({ record }) => !isCount(record));
    const posted: Posted[] = [];
    if (facts.length > 0) posted.push(await appendFacts(tx, source, facts.flatMap(toEntries)));
    for (const round of roundsOf(records.filter(({ record }) => isCount(record))))
      posted.push(await appendCounts(tx, source, round.flatMap(toEntries)));
    return {
      inserted: new Set(posted.flatMap(({ inserted }) => [...inserted])),
      trouble: posted.some(({ trouble }) => trouble),
    };
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
      if (changed.length > 0) await write(tx, { reservations: [], created: [], changed });
    }
    if (applied.length > 0) await this.waiters.serve(tx, items);
    if (trouble) await settle(tx, items);
  }

  /** Known ids: the same content changes nothing, other content is kept and reported. */
  private async judge(tx: Transaction, source: string, known: readonly Hashed[]) {
    const results = new Map<StockRecord, InventoryRecordResult>();
    if (known.length === 0) return results;
    const hashes = await hashesOf(tx, source, [...new Set(known.map(({ record }) => record.id))]);
    const contradicting = known.filter(({ record, hash }) => hashes.get(record.id) !== hash);
    for (const { record } of known) results.set(record, { id: record.id, outcome: 'duplicate' });
    const detail = 'this id is in the ledger with other content';
    for (const { record } of contradicting) results.set(record, { id: record.id, outcome: 'conflict', detail });
    if (contradicting.length > 0) await conflicts(tx, source, contradicting);
    return results;
  }
}

function toEntries({ record, hash }: Hashed): Entry[] {
  return entriesOf(record, hash);
}

function distinct(records: readonly StockRecord[]): { first: Hashed[]; repeated: Hashed[] } {
  const seen = new Set<string>();
  const first: Hashed[] = [];
  const repeated: Hashed[] = [];
  for (const record of records) {
    (seen.has(record.id) ? repeated : first).push({ record, hash: hashOf(record) });
    seen.add(record.id);
  }
  return { first, repeated };
}

/** Counts of one position are posted one after the other, the earlier first. */
function roundsOf(counts: readonly Hashed[]): Hashed[][] {
  const depth = new Map<string, number>();
  const rounds: Hashed[][] = [];
  const inTime = [...counts].sort((a, b) => Date.parse(a.record.occurredAt) - Date.parse(b.record.occurredAt));
  for (const count of inTime) {
    const key = `${count.record.item}\u001f${count.record.node}`;
    const round = depth.get(key) ?? 0;
    depth.set(key, round + 1);
    (rounds[round] ??= []).push(count);
  }
  return rounds;
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
