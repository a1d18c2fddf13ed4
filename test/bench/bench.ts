export type Wanted = 'lower' | 'higher' | 'report' | number;

/** One number of ours beside what it is measured against. */
export interface Measurement {
  readonly name: string;
  readonly ours: number;
  /** A limit to stay within, or the same work done bare in the same run. */
  readonly reference: number;
  readonly unit: string;
  /** `lower`: ours must be at most the reference; `higher`: at least; a number: at least so many times it; `report`: no promise. */
  readonly wanted: Wanted;
  readonly note?: string;
}

export interface BenchOptions {
  /** A quick look: fewer orders, shorter load. */
  readonly short: boolean;
  /** Asked for by its full name: it must run or fail. */
  readonly named: boolean;
  /** Something that is known to be wrong in our place: the bench must notice. */
  readonly broken?: boolean;
  readonly say: (text: string) => void;
}

export interface Bench {
  readonly name: string;
  /** Takes minutes or needs more than Node and npm: `--short` leaves it out unless it is named. */
  readonly heavy?: true;
  /** Throws when an answer was not 2xx or a count was wrong: then there is no number. */
  readonly run: (options: BenchOptions) => Promise<Measurement[]>;
}

export class BenchFailed extends Error {}

export function expectEqual(what: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new BenchFailed(`${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

/** The value below which `share` of the sample lies (nearest rank). */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(sample: readonly number[]): number {
  return percentile(sample, 0.5);
}
