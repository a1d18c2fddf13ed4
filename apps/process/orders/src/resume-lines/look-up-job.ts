import type { NewJob } from '#messaging/jobs';

export const LOOK_UP_QUEUE = 'orders.look-up-parked';

/** No key: an order that is looking up may have read before the code was put, and has to look again. */
export function lookUpJob(order: string): NewJob {
  return { queue: LOOK_UP_QUEUE, orderKey: order, payload: { order } };
}
