import { Injectable } from '@nestjs/common';
import type { InventoryFact } from '#canonical/inventory';
import type { InventoryRecordResult } from '#contracts/availability/stock.dto';
import { Outbox } from '#messaging/outbox';
import { crashPoint } from '#persistence/crash-point';
import type { Transaction } from '#persistence/database';
import { appendCounts } from '../out/count.store';
import { open, settle } from '../out/exception.store';
import { admit } from '../out/excluded-node.store';
import { touch } from '../out/item.store';
import { appendFacts, conflicts, hashesOf, type Posted } from '../out/ledger.store';
import { keepRefusedFacts, type Refused } from '../out/refused-fact.store';
import { appendReversals, originalsOf } from '../out/reversal.store';
import { slicesOf, write } from '../out/slice.store';
import { transfersOf } from '../out/transit.store';
import { SourceRuleDirectory } from '../out/source-rule-directory';
import { advance, type Progress } from '../out/source.store';
import { micro } from '../promise/quantity';
import { consume, type Shipped } from '../reserve/consume';
import { Waiters } from '../reserve/waiters';
import { kindOf, type SourceKind } from './authority';
import { receive } from './expected';
import { entriesOf, hashOf, isCount, unmarked, type Hashed, type StockRecord } from './facts';
import { faultOf, type Fault } from './faults';
import { transferKeys, withImplied } from './implied';
import { reversalFaultOf } from './reversals';
import { roundsOf } from './rounds';
import { Sequencing } from './sequencing';
import type { Moved } from './stream';
import { Transit } from './transit';
import { untaken, type Judged } from './untaken';

type Results = Map<StockRecord, InventoryRecordResult>;

/** What says how much is really there. */
const COUNTING: readonly InventoryFact[] = ['COUNTED', 'SNAPSHOT', 'ADJUSTED'];

/** The append-only ledger: every fact once, every position the sum of its facts. */
@Injectable()
export class StockLedger {
  constructor(
    private readonly waiters: Waiters,
    private readonly sequencing: Sequencing,
    private readonly transit: Transit,
    private readonly rules: SourceRuleDirectory,
    private readonly outbox: Outbox,
  ) {}

  /** Appends facts of one source; each gets its own result, so a bad one never hides the good ones. */
  async post(tx: Transaction, source: string, records: readonly StockRecord[]): Promise<InventoryRecordResult[]> {
    const results: Results = new Map();
    const kind = kindOf(source);
    const rules = await this.rules.current(tx);
    const sound = records.filter(
      (record) => !refused(results, record, elsewhere(rules, source, kind, record) ?? faultOf(record, kind)),
    );
    await keepUnauthorised(tx, source, records, results);
    const { first, repeated } = distinct(sound);
    const told = records.filter((record) => !isVoid(results.get(record)));
    if (told.length > 0) {
      const { ready, released, moved } = await this.sequencing.sort(tx, source, told, first, results);
      const again = repeated.filter((each) => !follows(each, first, ready, results));
      await this.enterAll(tx, source, released, [...ready, ...again], results);
      await advance(tx, source, progressOf(told, moved));
      crashPoint('stock.posting');
    }
    return records.map((record) => results.get(record) ?? { id: record.id, outcome: 'rejected' });
  }

  /** What has waited and waits no longer. Nobody reads the answer: what is not taken becomes an exception. */
  async enterReleased(tx: Transaction, source: string, released: readonly Hashed[]): Promise<void> {
    await this.enterAll(tx, source, released, [], new Map());
  }

  private async enterAll(
    tx: Transaction,
    source: string,
    released: readonly Hashed[],
    own: readonly Hashed[],
    results: Results,
  ): Promise<void> {
    const known = new Set<string>();
    const all = [...released, ...own];
    const first = all.filter(({ record }) => !known.has(record.id) && known.add(record.id));
    if (first.length > 0) await this.enter(tx, source, first, results);
    await this.judge(tx, source, all.filter(({ record }) => !results.has(record)), results); // prettier-ignore
    const judged = released.map(({ record }): Judged => ({
      record,
      result: results.get(record) ?? { id: record.id, outcome: 'rejected' },
    }));
    for (const { record, result } of judged)
      if (result.outcome === 'conflict' || result.outcome === 'rejected')
        await open(tx, 'RecordRejected', record.item, record.node, `${source} ${record.id}: ${result.detail ?? ''}`);
    if (judged.length > 0) await this.outbox.publish(tx, untaken(source, judged));
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
    const proved = await this.proving(tx, source, facts);
    if (proved.length > 0) posted.push(await appendFacts(tx, source, proved.flatMap(entriesOf)));
    const reversals = await this.possible(tx, source, records, results);
    if (reversals.length > 0) posted.push(await appendReversals(tx, source, reversals));
    for (const round of roundsOf(records.filter(({ record }) => isCount(record))))
      posted.push(await appendCounts(tx, source, round.flatMap(entriesOf)));
    return {
      inserted: new Set(posted.flatMap(({ inserted }) => [...inserted])),
      trouble: posted.some(({ trouble }) => trouble),
    };
  }

  /** The facts, with what they prove to have happened before and nobody told. */
  private async proving(tx: Transaction, source: string, facts: readonly Hashed[]): Promise<readonly Hashed[]> {
    const keys = transferKeys(facts.map(({ record }) => record));
    if (keys.length === 0) return facts;
    const known = await hashesOf(tx, source, facts.map(({ record }) => record.id)); // prettier-ignore
    return withImplied(facts, await transfersOf(tx, keys), new Set(known.keys()));
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
    await this.transit.watch(tx, applied);
    // A node that did not find what the book says is asked again once the book is right.
    const counted = applied.filter(({ fact }) => COUNTING.includes(fact));
    if (counted.length > 0) await admit(tx, counted);
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

/** At some nodes other sources state it. What Crossdock posts itself comes out of what they said. */
function elsewhere(
  rules: SourceRuleDirectory,
  source: string,
  kind: SourceKind,
  record: StockRecord,
): Fault | undefined {
  if (kind === 'CROSSDOCK' || record.fact === 'REVERSED') return undefined;
  const owners = rules.authorities(record.node, record.fact);
  if (owners === undefined || owners.includes(source)) return undefined;
  return { code: 'AUTHORITY_ELSEWHERE', detail: `at ${record.node} ${record.fact} is stated by ${owners.join(', ')}` };
}

/** What is stated without authority counts for nothing and stays as evidence. */
async function keepUnauthorised(
  tx: Transaction,
  source: string,
  records: readonly StockRecord[],
  results: Results,
): Promise<void> {
  const evidence = records.flatMap((record): Refused[] => {
    const code = results.get(record)?.code;
    return code?.startsWith('AUTHORITY_') === true ? [{ record, hash: hashOf(record), code }] : [];
  });
  if (evidence.length > 0) await keepRefusedFacts(tx, source, evidence);
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

/** The same id again in one call, where the first of them is not entered now: it shares its fate. */
function follows(
  { record, hash }: Hashed,
  first: readonly Hashed[],
  ready: readonly Hashed[],
  results: Results,
): boolean {
  if (ready.some((each) => each.record.id === record.id)) return false;
  const before = first.find((each) => each.record.id === record.id);
  results.set(record, before?.hash === hash ? { id: record.id, outcome: 'duplicate' } : contradiction(record));
  return true;
}

function toShipped({ fact, reservation, line, item, node, quantity }: StockRecord): Shipped[] {
  if (fact !== 'SHIPPED' || reservation === undefined || line === undefined) return [];
  return [{ reservation, line, item, node, quantity: micro(quantity) }];
}

/** Said by one who may not, or at no time: it is as if it had not been said. */
function isVoid(result: InventoryRecordResult | undefined): boolean {
  return result?.code?.startsWith('AUTHORITY_') === true || result?.code === 'DATE_INVALID';
}

function progressOf(records: readonly StockRecord[], moved: ReadonlyMap<string, Moved>): Progress[] {
  const nodes = new Map<string, { node: string; at: string; sequences: number[]; counted: number[] }>();
  for (const record of records) {
    const { node, occurredAt, sequence } = record;
    const progress = nodes.get(node) ?? { node, at: occurredAt, sequences: [], counted: [] };
    if (Date.parse(occurredAt) > Date.parse(progress.at)) progress.at = occurredAt;
    if (sequence !== undefined) progress.sequences.push(sequence);
    if (sequence !== undefined && isCount(record)) progress.counted.push(sequence);
    nodes.set(node, progress);
  }
  return [...nodes.values()].map((progress) => {
    const own = moved.get(progress.node);
    return own ? { ...progress, base: own.base, gap: own.missing.length > 0 } : progress;
  });
}
