import { exceptionKey, type ExceptionOpened } from '#contracts/events/exceptions';
import type { DeadJob } from '#messaging/job-operations';

/** Of a dead job only names are kept: its payload may hold addresses and prices, and it is in the job itself. */
const SHOWN = ['message', 'connection', 'order', 'shipment', 'item', 'channel', 'event', 'index', 'source', 'node'];
const CODED = /^([A-Z][A-Z0-9_]{2,59}): ([^]*)$/;

/** What a person has to know of a job that is dead. */
export function troubleOf(job: DeadJob): ExceptionOpened {
  const payload = recordOf(job.payload);
  const [, code = 'JOB_FAILED', words = job.lastError ?? 'no error was recorded'] =
    CODED.exec(job.lastError ?? '') ?? [];
  const event = eventOf(job.queue, payload);
  const inbound = typeof payload['message'] === 'string' && job.queue.endsWith('.map');
  const { order, partner } = { ...textsOf(payload), ...textsOf(recordOf(event?.data)) };
  const identity = { domain: inbound ? 'inbound' : 'jobs', code, object: { type: 'job', id: job.id } };
  return {
    key: exceptionKey(identity),
    ...identity,
    // A message nobody could read has changed nothing yet. Work of our own that stopped has left something half done.
    tier: inbound ? 'BUSINESS' : 'CRITICAL',
    ...(partner === undefined ? {} : { partner }),
    ...(order === undefined ? {} : { order }),
    cause: `${job.queue}: ${firstLine(words)}`,
    diagnostics: {
      ...{ queue: job.queue, attempts: job.attempts, lastError: job.lastError?.slice(0, 2_000) ?? null },
      ...(job.key === null ? {} : { jobKey: job.key }),
      ...(event === undefined
        ? named(payload)
        : { eventType: event.type, eventId: event.id, ...named(recordOf(event.data)) }),
    },
    suggestedAction: inbound
      ? 'Look at the message; mend it with edit-and-retry, or mend the connection and retry'
      : 'Mend what the error names, then retry: the same work goes on where it stopped',
    retry: { app: 'messaging', kind: 'JOB', id: job.id },
  };
}

function eventOf(
  queue: string,
  payload: Record<string, unknown>,
): { type: string; id: string; data: unknown } | undefined {
  const { type, id, data } = payload;
  if (!queue.startsWith('events.') || typeof type !== 'string' || typeof id !== 'string') return undefined;
  return { type, id, data };
}

function named(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    SHOWN.flatMap((name) => {
      const value = payload[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}

function textsOf({ order, partner }: Record<string, unknown>): { order?: string; partner?: string } {
  return {
    ...(typeof order === 'string' ? { order } : {}),
    ...(typeof partner === 'string' ? { partner } : {}),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
