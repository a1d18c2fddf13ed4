import { Inject, Injectable } from '@nestjs/common';
import type { InventoryRecordResult } from '#contracts/availability/stock.dto';
import { STOCK_GAP_FOUND, type StockGapFound } from '#contracts/events/catalogue';
import { Jobs, type NewJob } from '#messaging/jobs';
import { Outbox, type NewEvent } from '#messaging/outbox';
import type { Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { hashesOfHeld, hold, release } from '../out/held.store';
import { conflicts, hashesOf } from '../out/ledger.store';
import { openStreams } from '../out/source.store';
import { isCount, unmarked, type Hashed, type StockRecord } from './facts';
import type { Range } from './ranges';
import { isTaken, marked, move, waits, type Moved, type Stream } from './stream';

export const GAP_QUEUE = 'availability.gap';
type Results = Map<StockRecord, InventoryRecordResult>;

export interface Sorted {
  /** May be entered now. */
  readonly ready: readonly Hashed[];
  /** Waited until now. */
  readonly released: readonly Hashed[];
  /** By node, for those of which there were numbers. */
  readonly moved: ReadonlyMap<string, Moved>;
}

/** The numbers that sources give their facts: what is behind a gap waits, and the source is asked for what is missing. */
@Injectable()
export class Sequencing {
  constructor(
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** `told`: all records of the call, as also those that are refused have used up their numbers. */
  async sort(
    tx: Transaction,
    source: string,
    told: readonly StockRecord[],
    first: readonly Hashed[],
    results: Results,
  ): Promise<Sorted> {
    const numbers = numbersOf(told);
    if (numbers.size === 0) return { ready: first, released: [], moved: new Map() };
    const streams = await openStreams(tx, source, [...numbers.keys()]);
    const moved = new Map([...numbers].map(([node, own]) => [node, move(streams.get(node) ?? unknown(node), own)]));
    const fresh = await this.withoutKnown(tx, source, first, moved, results);
    const held = fresh.filter(({ record }) => isBehindGap(record, moved));
    for (const { record } of held) results.set(record, waiting(record, moved.get(record.node)));
    await hold(tx, source, held);
    const released = await release(tx, source, [...moved.values()].filter(({ stream }) => stream.gapSince !== undefined).map(({ stream, frontier }) => ({ node: stream.node, frontier }))); // prettier-ignore
    await this.askFor(tx, source, [...moved.values()].filter(isNewGap));
    return {
      ready: fresh.filter((each) => !held.includes(each)).map((each) => marked(moved.get(each.record.node), each)),
      released: released.map((each) => ({ ...each, marks: unmarked })),
      moved,
    };
  }

  /** Asks a source again for what is missing, by event: whoever is connected to it passes it on. */
  async publish(tx: Transaction, source: string, node: string, missing: readonly Range[]): Promise<void> {
    await this.outbox.publish(tx, [gapFound(source, node, missing)]);
  }

  look(source: string, node: string): NewJob {
    return {
      queue: GAP_QUEUE,
      key: `${source}\u001f${node}`,
      payload: { source, node },
      delaySeconds: this.config.gapAskSeconds,
    };
  }

  private async askFor(tx: Transaction, source: string, gaps: readonly Moved[]): Promise<void> {
    for (const { stream, missing } of gaps) await this.publish(tx, source, stream.node, missing);
    await this.jobs.enqueue(tx, gaps.map(({ stream }) => this.look(source, stream.node))); // prettier-ignore
  }

  /** Leaves out what waits already, and what has the number of another fact. */
  private async withoutKnown(
    tx: Transaction,
    source: string,
    first: readonly Hashed[],
    moved: ReadonlyMap<string, Moved>,
    results: Results,
  ): Promise<Hashed[]> {
    const ids = first.map(({ record }) => record.id);
    const gaps = [...moved.values()].some(({ stream }) => stream.gapSince !== undefined);
    const held = gaps ? await hashesOfHeld(tx, source, ids) : new Map<string, string>();
    const used = first.filter(({ record }) => isUsed(record, moved));
    const known = used.length === 0 ? new Map<string, string>() : await hashesOf(tx, source, used.map(({ record }) => record.id)); // prettier-ignore
    const taken = new Set(used.filter(({ record }) => !known.has(record.id)).map(({ record }) => record));
    for (const record of twice(first)) taken.add(record);
    const contradicting: Hashed[] = [];
    const fresh = first.filter((each) => {
      const { record, hash } = each;
      const before = held.get(record.id);
      if (before === undefined && !taken.has(record)) return true;
      if (before === hash) results.set(record, { id: record.id, outcome: 'duplicate' });
      else {
        contradicting.push(each);
        results.set(record, contradiction(record, before !== undefined));
      }
      return false;
    });
    if (contradicting.length > 0) await conflicts(tx, source, contradicting);
    return fresh;
  }
}

function numbersOf(told: readonly StockRecord[]): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { node, sequence } of told) {
    if (sequence === undefined) continue;
    const own = numbers.get(node);
    if (own) own.push(sequence);
    else numbers.set(node, [sequence]);
  }
  return numbers;
}

function unknown(node: string): Stream {
  return { node, base: undefined, seen: [], counted: [], givenUp: [], gapSince: undefined };
}

function isBehindGap(record: StockRecord, moved: ReadonlyMap<string, Moved>): boolean {
  const own = moved.get(record.node);
  return own !== undefined && waits(own, record);
}

function isUsed(record: StockRecord, moved: ReadonlyMap<string, Moved>): boolean {
  const own = moved.get(record.node);
  return own !== undefined && isTaken(own, record);
}

/** Records of one call whose number another one of it has. */
function twice(first: readonly Hashed[]): StockRecord[] {
  const numbers = new Set<string>();
  return first.flatMap(({ record }) => {
    if (record.sequence === undefined || isCount(record)) return [];
    const number = `${record.sequence} ${record.node}`;
    const again = numbers.has(number);
    numbers.add(number);
    return again ? [record] : [];
  });
}

function isNewGap({ stream, missing }: Moved): boolean {
  return missing.length > 0 && stream.gapSince === undefined;
}

function contradiction({ id, sequence }: StockRecord, held: boolean): InventoryRecordResult {
  if (held) return { id, outcome: 'conflict', code: 'RECORD_CONFLICT', detail: 'this id waits with other content' };
  return { id, outcome: 'conflict', code: 'SEQUENCE_TAKEN', detail: `another fact has the number ${sequence ?? ''}` };
}

function waiting({ id }: StockRecord, moved: Moved | undefined): InventoryRecordResult {
  const missing = (moved?.missing ?? []).map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`));
  return { id, outcome: 'held', code: 'GAP_BEFORE', detail: `waits for the numbers ${missing.join(', ')}` };
}

function gapFound(source: string, node: string, missing: readonly Range[]): NewEvent<StockGapFound> {
  return {
    type: STOCK_GAP_FOUND,
    source: 'process/availability',
    subject: node,
    partitionKey: source,
    data: { source, node, missing: missing.map(([from, to]) => ({ from, to })) },
  };
}
