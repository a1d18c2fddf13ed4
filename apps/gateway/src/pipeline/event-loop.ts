import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How far this process is behind with its work. */
export interface LoadSensor {
  /** What a piece of work has waited for its turn of late. */
  readonly delayMilliseconds: number;
}

/** Looks at the event loop, as `monitorEventLoopDelay` counts them: nanoseconds between one look and the next. */
export interface Looks {
  readonly count: number;
  readonly mean: number;
  reset(): void;
}

const LOOK_EVERY_MS = 10;
const WINDOW_MS = 1000;

function looksOfThisProcess(): Looks {
  const histogram = monitorEventLoopDelay({ resolution: LOOK_EVERY_MS });
  histogram.enable();
  return histogram;
}

/**
 * The delay of the event loop: its mean over a second, and the lower one of two seconds, because a start, or one long pause of the garbage
 * collector, is no overload. Asked before every request: it costs a look at the clock.
 */
export class EventLoopSensor implements LoadSensor {
  private since: number;
  private last = 0;
  private before = 0;

  constructor(
    private readonly looks: Looks = looksOfThisProcess(),
    private readonly now: () => number = () => performance.now(),
  ) {
    this.since = now();
  }

  get delayMilliseconds(): number {
    const now = this.now();
    if (now - this.since >= WINDOW_MS) this.endWindow(now);
    return Math.min(this.last, this.before);
  }

  private endWindow(now: number): void {
    // No look in all that time: one piece of work has taken all of it.
    const between = this.looks.count === 0 ? now - this.since : this.looks.mean / 1e6;
    this.before = this.last;
    this.last = Math.max(0, between - LOOK_EVERY_MS);
    this.since = now;
    this.looks.reset();
  }
}
