import { AdaptiveLimit, type Sample } from './adaptive-limit';

/** `order`: changes something at the backend. `read`: asks, and can ask again later. */
export type Priority = 'order' | 'read';
/** `late`: no place came free before the signal. `shed`: the line is so long that waiting in it would help nobody. */
export type Entry = 'in' | 'late' | 'shed';

/** Of all places, the part that reads never take. */
const SHARE_OF_ORDERS = 1 / 4;
/** Reads that may wait for each place there is. */
const LINE_PER_PLACE = 8;
const LEAST = 2;

/**
 * Places for calls to one backend, as many as it takes well. Orders come first and keep a share of their own, so that no number of reads
 * holds them up; when more reads wait than can be answered in good time, those that come are sent away at once.
 */
export class Places {
  private readonly limit: AdaptiveLimit;
  private readonly inside: Record<Priority, number> = { order: 0, read: 0 };
  private readonly line: Readonly<Record<Priority, (() => void)[]>> = { order: [], read: [] };

  constructor(most: number) {
    this.limit = new AdaptiveLimit({ most, least: Math.min(LEAST, most) });
  }

  get inFlight(): number {
    return this.inside.order + this.inside.read;
  }

  get atOnce(): number {
    return this.limit.current;
  }

  /** Seconds after which the line will be shorter. */
  get retryAfter(): number {
    const waiting = this.line.order.length + this.line.read.length;
    const seconds = (waiting * this.limit.recentMilliseconds) / this.limit.current / 1000;
    return Math.min(60, Math.max(1, Math.ceil(seconds)));
  }

  /** Call `leave` after `in`, and after nothing else. */
  async enter(priority: Priority, signal: AbortSignal): Promise<Entry> {
    if (signal.aborted) return 'late';
    if (this.hasRoom(priority)) {
      this.inside[priority] += 1;
      return 'in';
    }
    const line = this.line[priority];
    if (priority === 'read' && line.length >= LINE_PER_PLACE * this.limit.current) return 'shed';
    return new Promise((resolve) => {
      const admit = (): void => {
        signal.removeEventListener('abort', giveUp);
        this.inside[priority] += 1;
        resolve('in');
      };
      const giveUp = (): void => {
        line.splice(line.indexOf(admit), 1);
        resolve('late');
      };
      signal.addEventListener('abort', giveUp, { once: true });
      line.push(admit);
    });
  }

  /** `shown`: what the call has shown of the backend; absent when nothing was sent. */
  leave(priority: Priority, shown?: Omit<Sample, 'inFlight'>): void {
    if (shown !== undefined) this.limit.sample({ ...shown, inFlight: this.inFlight });
    this.inside[priority] -= 1;
    for (const next of ['order', 'read'] as const)
      while (this.line[next].length > 0 && this.hasRoom(next)) this.line[next].shift()?.();
  }

  private hasRoom(priority: Priority): boolean {
    const places = this.limit.current;
    if (this.inFlight >= places) return false;
    if (priority === 'order') return true;
    // Where there is but one place it cannot be shared out: it goes to orders first.
    const forReads = Math.max(1, places - Math.ceil(places * SHARE_OF_ORDERS));
    return this.inside.read < forReads;
  }
}
