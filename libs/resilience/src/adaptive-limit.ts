export interface AdaptiveBounds {
  /** Never more at once, however quick the answers. */
  readonly most: number;
  /** Never fewer, or a backend that recovers would never be seen to. */
  readonly least: number;
}

/** What one call has shown. Time is an argument. */
export interface Sample {
  readonly now: number;
  readonly milliseconds: number;
  /** Calls under way when it ended, itself included. */
  readonly inFlight: number;
  /** It was silent, failed by the backend's fault, or the backend asked for fewer calls. */
  readonly trouble: boolean;
}

/** Answers may take so many times longer than they usually do before there are too many of them at once. */
const TOLERANCE = 2;
/** Weight of one answer in what is usual, and in what is seen now. */
const USUAL = 1 / 600;
const RECENT = 1 / 10;
const SMOOTHING = 0.2;
const AFTER_TROUBLE = 0.7;

/**
 * How many calls at once a backend takes well, found by its answers: where they take longer than usual, more calls only wait inside of it.
 * Usual is a slow mean and not the quickest answer, because the operations of a backend differ (the gradient of Netflix's
 * concurrency-limits). It starts with what the connection is configured for.
 */
export class AdaptiveLimit {
  private limit: number;
  private usual = 0;
  private recent = 0;
  private lessSince = -Infinity;

  constructor(private readonly bounds: AdaptiveBounds) {
    this.limit = bounds.most;
  }

  get current(): number {
    return Math.floor(this.limit);
  }

  /** How long an answer takes now. */
  get recentMilliseconds(): number {
    return this.recent;
  }

  sample({ now, milliseconds, inFlight, trouble }: Sample): void {
    this.recent = this.recent === 0 ? milliseconds : mean(this.recent, milliseconds, RECENT);
    if (trouble) {
      // Calls that were under way together tell of the same trouble: it counts once.
      if (now - this.lessSince < this.recent) return;
      this.lessSince = now;
      this.limit = this.bounded(this.limit * AFTER_TROUBLE);
      return;
    }
    this.usual = this.usual === 0 ? milliseconds : mean(this.usual, milliseconds, USUAL);
    // After a slow time quick answers are the news: what is usual must not stay high for hours.
    if (this.usual > 2 * this.recent) this.usual = mean(this.usual, this.recent, 0.05);
    // A limit that nobody reaches is not shown to be too low.
    if (inFlight < this.limit / 2) return;
    const gradient = Math.max(0.5, Math.min(1, (TOLERANCE * this.usual) / Math.max(this.recent, 1)));
    const next = this.limit * gradient + Math.sqrt(this.limit);
    this.limit = this.bounded(mean(this.limit, next, SMOOTHING));
  }

  private bounded(limit: number): number {
    return Math.min(this.bounds.most, Math.max(this.bounds.least, limit));
  }
}

function mean(before: number, now: number, weight: number): number {
  return before * (1 - weight) + now * weight;
}
