import { isCount, onlyTakes, unmarked, type Hashed, type Marks, type StockRecord } from './facts';
import { frontier, holes, union, within, type Range } from './ranges';

/** What is known of the numbers of a source at a node. */
export interface Stream {
  readonly node: string;
  /** The first number that we were told; what is below is no gap. Undefined before there was one. */
  readonly base: number | undefined;
  readonly seen: readonly Range[];
  /** Numbers of counts and snapshots: they may be those of the facts that they have seen. */
  readonly counted: readonly Range[];
  readonly givenUp: readonly Range[];
  readonly gapSince: string | undefined;
}

/** A stream after the numbers of a call. */
export interface Moved {
  readonly stream: Stream;
  readonly base: number;
  /** Up to here nothing is missing. */
  readonly frontier: number;
  readonly missing: readonly Range[];
}

export function move(stream: Stream, numbers: readonly number[]): Moved {
  const base = stream.base ?? Math.min(...numbers);
  const seen = union([...stream.seen, ...numbers.map((number): Range => [number, number])]);
  return { stream, base, frontier: frontier(seen, base), missing: holes(seen, base) };
}

/**
 * Behind a gap a fact waits, unless all it does is take stock away: that is right whatever is missing, and what is known to be gone is not
 * promised to anyone.
 */
export function waits({ base, frontier: last }: Moved, record: StockRecord): boolean {
  const { sequence } = record;
  return sequence !== undefined && sequence > last && sequence >= base && !onlyTakes(record);
}

/** The number belongs to another fact. A count may carry the number of the last fact that it has seen. */
export function isTaken({ stream }: Moved, record: StockRecord): boolean {
  const { sequence } = record;
  if (sequence === undefined || isCount(record) || !within(stream.seen, sequence)) return false;
  return !within(stream.counted, sequence) && !within(stream.givenUp, sequence);
}

export function marksOf({ stream }: Moved, { sequence }: StockRecord): Marks {
  const last = stream.seen.at(-1)?.[1];
  if (sequence === undefined || last === undefined || sequence > last) return unmarked;
  return { ...unmarked, late: !within(stream.seen, sequence) || within(stream.givenUp, sequence) };
}

export function marked(moved: Moved | undefined, hashed: Hashed): Hashed {
  return moved ? { ...hashed, marks: marksOf(moved, hashed.record) } : hashed;
}
