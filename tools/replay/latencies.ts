/** Buckets grow by two percent: quantiles within two percent, in memory that does not grow. */
const GROWTH = Math.log(1.02);

/** A histogram of milliseconds. */
export class Latencies {
  private readonly buckets = new Map<number, number>();
  private total = 0;

  add(milliseconds: number): void {
    const bucket = Math.ceil(Math.log(Math.max(milliseconds, 0.1)) / GROWTH);
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
    this.total++;
  }

  /** Milliseconds, or undefined when nothing was measured. `share` from 0 to 1. */
  quantile(share: number): number | undefined {
    let left = Math.max(1, Math.ceil(this.total * share));
    for (const [bucket, count] of [...this.buckets].sort(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return Math.exp(bucket * GROWTH);
    }
    return undefined;
  }
}
