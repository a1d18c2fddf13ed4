import type { NewJob } from '#messaging/jobs';
import type { StoredEndpoint } from '../out/endpoint.store';

/** Endpoints that are slow or do not answer have places of their own, so that they hold up none that does. */
export const FAST_LANES = 'webhooks.lane';
export const SLOW_LANES = 'webhooks.slow-lane';
/** Waits until something of an endpoint is due, and then has its lane look. One per endpoint. */
export const TIMERS = 'webhooks.timer';

/**
 * A look at what is due of an endpoint. Each has a job of its own, in the transaction that made something due, so none is missed; the order
 * key keeps two from running at once.
 */
export function lookAt({ id, slow }: Pick<StoredEndpoint, 'id' | 'slow'>): NewJob {
  return { queue: slow ? SLOW_LANES : FAST_LANES, orderKey: id, payload: { endpoint: id } };
}

export function timerOf(endpoint: string, delaySeconds: number): NewJob {
  return { queue: TIMERS, key: endpoint, payload: { endpoint }, delaySeconds };
}
