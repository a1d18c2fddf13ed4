import type { ServerResponse } from 'node:http';
import { CrossdockError } from '#canonical/errors';
import type { Urgency } from '../documents/urgency';
import type { LoadSensor } from './event-loop';

/** From here on reads are sent away. Zero: not by this measure. */
export interface Marks {
  readonly delayMilliseconds: number;
  readonly inFlight: number;
}

/** What has been sent away since it was last told, and how things stood then. */
export interface ShedReport {
  readonly read: number;
  readonly write: number;
  readonly inFlight: Readonly<Record<Urgency, number>>;
  readonly delayMilliseconds: number;
}

/** What an answer goes out by. */
type Answer = Pick<ServerResponse, 'destroyed' | 'once'>;

/** Writes are sent away when the process is so many times as far behind as reads are. */
const DELAY_OF_WRITES = 10;
/** Places of writes for each one of reads. They are their own: no number of reads takes one. */
const PLACES_OF_WRITES = 4;
const TELL_EVERY_MS = 10_000;
const LONGEST_WAIT_SECONDS = 30;

/** Sends calls away at the door when the process itself has too much to do: reads first, orders long after them. */
export class LoadShedding {
  private readonly inFlight: Record<Urgency, number> = { read: 0, write: 0, kept: 0 };
  private shed = { read: 0, write: 0 };
  private toldAt = -Infinity;

  constructor(
    private readonly sensor: LoadSensor,
    private readonly marks: Marks,
    private readonly tell: (report: ShedReport) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes a place until the answer has gone out, or nobody waits for it any more; or answers why there is none, with 503. */
  enter(urgency: Urgency, answer: Answer): CrossdockError | undefined {
    const times = urgency === 'kept' ? 0 : this.timesOver(urgency);
    if (urgency !== 'kept' && times >= 1) return this.refusal(urgency, times);
    // Who has gone while its key was looked up will not go again.
    if (answer.destroyed) return undefined;
    this.inFlight[urgency] += 1;
    answer.once('close', () => {
      this.inFlight[urgency] -= 1;
    });
    return undefined;
  }

  private refusal(urgency: 'read' | 'write', times: number): CrossdockError {
    this.shed[urgency] += 1;
    this.tellNowAndThen();
    return new CrossdockError({
      code: 'TEMPORARY_REDUCED_CAPACITY',
      kind: 'unavailable',
      message: 'there is more to do than can be done in good time: come back after Retry-After',
      retryAfter: Math.min(LONGEST_WAIT_SECONDS, Math.ceil(times)),
    });
  }

  /** How many times its mark the worse of the two measures is. */
  private timesOver(urgency: 'read' | 'write'): number {
    const [delays, places] = urgency === 'write' ? [DELAY_OF_WRITES, PLACES_OF_WRITES] : [1, 1];
    const { delayMilliseconds, inFlight } = this.marks;
    return Math.max(
      delayMilliseconds === 0 ? 0 : this.sensor.delayMilliseconds / (delayMilliseconds * delays),
      inFlight === 0 ? 0 : this.inFlight[urgency] / (inFlight * places),
    );
  }

  /** At once when it begins, then now and then: who is overloaded should not also write a line for every call. */
  private tellNowAndThen(): void {
    const now = this.now();
    if (now - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = now;
    const { read, write } = this.shed;
    this.shed = { read: 0, write: 0 };
    const inFlight = { read: this.inFlight.read, write: this.inFlight.write, kept: this.inFlight.kept };
    this.tell({ read, write, inFlight, delayMilliseconds: Math.round(this.sensor.delayMilliseconds) });
  }
}
