import type { OrderCommand } from '#contracts/orders/order-changes.dto';
import type { LiveJob } from '#messaging/job-operations';
import { COMMAND_QUEUES, jobKey } from '../fulfil-order/command-job';
import { kindOf } from '../fulfil-order/order-command';
import type { OrderState } from '../fulfil-order/order-state';

/** The jobs of the commands that have not answered. */
export function jobsOf({ contents, progress }: OrderState): { queue: string; key: string }[] {
  return progress.pending.map((key) => ({ queue: COMMAND_QUEUES[kindOf(key)], key: jobKey(contents.id, key) }));
}

/** What is over first, in the order in which it ended; then what is under way, as its job stands. */
export function commandViews({ contents, progress }: OrderState, live: readonly LiveJob[]): OrderCommand[] {
  const jobs = new Map(live.map((job) => [job.key, job]));
  return [
    ...progress.endedCommands.map(({ key, outcome, at, tries = 0 }): OrderCommand => {
      return { key, kind: kindOf(key), state: outcome, attempts: tries, endedAt: at };
    }),
    ...progress.pending.map((key): OrderCommand => {
      const kind = kindOf(key);
      const job = jobs.get(jobKey(contents.id, key));
      // Between the two reads its answer was recorded.
      if (!job) return { key, kind, state: 'TRYING', attempts: 1 };
      return {
        ...{ key, kind, state: job.state === 'running' ? 'TRYING' : 'WAITING', attempts: job.attempts },
        ...(job.lastError !== null && { error: job.lastError }),
        ...(job.state === 'ready' && { nextTryAt: job.runAt.toISOString() }),
      };
    }),
  ];
}
