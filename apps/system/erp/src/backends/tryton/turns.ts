import { unavailable } from '#resilience/outbound-errors';
import { Turnstile } from '#resilience/turnstile';

/** Shorter than what a caller in another process waits for an answer, with time left for the posting itself. */
const WAIT_MS = 15_000;

/**
 * Whole postings take turns, not their calls. A posting is up to nine calls, and Tryton does them one after the other: when all that
 * come are begun at once, each call waits behind those of the others, runs into its deadline and leaves a document half made,
 * which the next try has to find and go on with. In turn, what is begun is finished, and what waits has left nothing.
 */
export class Turns {
  private readonly turnstile: Turnstile;

  constructor(
    private readonly connection: string,
    places: number,
    private readonly waitMs = WAIT_MS,
  ) {
    this.turnstile = new Turnstile(places);
  }

  /** Errors: BACKEND_UNAVAILABLE when no turn came; then nothing was begun. */
  async take<T>(operation: string, work: () => Promise<T>): Promise<T> {
    if (!(await this.turnstile.enter(AbortSignal.timeout(this.waitMs)))) {
      const failed = { connection: this.connection, operation, idempotent: true };
      throw unavailable(failed, 'other postings are before it; nothing was sent', { retryAfter: 2 });
    }
    try {
      return await work();
    } finally {
      this.turnstile.leave();
    }
  }
}
