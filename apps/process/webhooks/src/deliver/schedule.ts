/** Seconds from one failed attempt to the next: ten attempts in three days. */
const SCHEDULE = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/** An endpoint that has taken nothing for so long is disabled. */
export const DISABLE_AFTER_HOURS = 120;
const GONE = 410;

/** GONE: it answered 410. FAILING: it has taken nothing for too long. */
export type DisableReason = 'GONE' | 'FAILING';

export interface Verdict {
  readonly state: 'PENDING' | 'DELIVERED' | 'FAILED';
  /** PENDING: until the next attempt, before jitter. */
  readonly delaySeconds: number;
  /** The receiver said that there will never be anybody. */
  readonly gone: boolean;
}

/** Pure. What follows from attempt number `attempt` (1 is the first). No status: there was no answer. Only 2xx is a success. */
export function verdictOf(attempt: number, status: number | undefined): Verdict {
  if (status !== undefined && status >= 200 && status < 300)
    return { state: 'DELIVERED', delaySeconds: 0, gone: false };
  const gone = status === GONE;
  const delaySeconds = SCHEDULE[attempt];
  if (gone || delaySeconds === undefined) return { state: 'FAILED', delaySeconds: 0, gone };
  return { state: 'PENDING', delaySeconds, gone };
}
