import { CrossdockError } from '#canonical/errors';

/** Longest wait before the ERP is asked again whether its period is open: its calendar may change. */
const AT_MOST_SECONDS = 900;

/**
 * Posts under the business date. When its period is closed, the posting date is the first day of the next open period, and the
 * business date stays what it was (domain/order-to-cash.md §9). A period that opens later is waited for.
 * Errors: PERIOD_CLOSED (unavailable, until that day), and those of `create`.
 */
export async function inOpenPeriod<Document extends object>(
  create: (dated: { readonly postingDate?: string }) => Promise<Document>,
  now: () => number = Date.now,
): Promise<Document & { readonly postingDate?: string }> {
  try {
    return await create({});
  } catch (error) {
    const postingDate = nextOpenDate(error);
    if (postingDate === undefined) throw error;
    const seconds = Math.ceil((Date.parse(postingDate) - now()) / 1000);
    if (seconds > 0) throw notYet(error, postingDate, Math.min(seconds, AT_MOST_SECONDS));
    return { ...(await create({ postingDate })), postingDate };
  }
}

function nextOpenDate(error: unknown): string | undefined {
  if (!(error instanceof CrossdockError) || error.code !== 'PERIOD_CLOSED') return undefined;
  const date = error.details['nextOpenDate'];
  return typeof date === 'string' ? date : undefined;
}

function notYet(cause: unknown, postingDate: string, retryAfter: number): CrossdockError {
  const message = `the period is closed; it is posted under ${postingDate}, when the next one opens`;
  return new CrossdockError({
    code: 'PERIOD_CLOSED',
    kind: 'unavailable',
    message,
    details: { postingDate },
    retryAfter,
    cause,
  });
}
