export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** First pause; doubles with every failed probe up to `maximumOpenMs`. */
  readonly openMs: number;
  readonly maximumOpenMs: number;
}

export const DEFAULT_BREAKER: BreakerOptions = { threshold: 8, openMs: 1_000, maximumOpenMs: 30_000 };

/** Stops calls to a backend that is away, and lets one through now and then to see whether it is back. Time is an argument. */
export class Breaker {
  private failuresInRow = 0;
  private openUntil = 0;
  private pauseMs = 0;
  private probing = false;

  constructor(private readonly options: BreakerOptions = DEFAULT_BREAKER) {}

  state(now: number): BreakerState {
    if (this.pauseMs === 0) return 'closed';
    return now < this.openUntil ? 'open' : 'half-open';
  }

  /** Zero when a call may go now, else the milliseconds to wait. A half-open breaker lets one call through at a time. */
  admit(now: number): number {
    const state = this.state(now);
    if (state === 'closed') return 0;
    if (state === 'open') return this.openUntil - now;
    if (this.probing) return this.options.openMs;
    this.probing = true;
    return 0;
  }

  /** The backend answered, whatever it said. */
  succeed(): void {
    this.failuresInRow = 0;
    this.pauseMs = 0;
    this.probing = false;
  }

  /** The admitted call never went out, so nothing was learnt. */
  abandon(): void {
    this.probing = false;
  }

  fail(now: number): void {
    this.failuresInRow += 1;
    const failedProbe = this.probing;
    this.probing = false;
    if (!failedProbe && this.failuresInRow < this.options.threshold) return;
    if (!failedProbe && this.pauseMs > 0) return;
    this.pauseMs = Math.min(this.pauseMs === 0 ? this.options.openMs : this.pauseMs * 2, this.options.maximumOpenMs);
    this.openUntil = now + this.pauseMs;
  }
}
