import { CrossdockError } from '#canonical/errors';
import type { ExceptionOpened } from '#contracts/events/exceptions';
import type { ExceptionPolicyDto } from '#contracts/exceptions/exceptions.dto';
import { ownerOf, type Exception } from './exception';

/** Trouble that ended by itself and is back within this time is the same trouble, not a new one. */
const SAME_TROUBLE_HOURS = 24;
const LONGEST_CAUSE = 1_000;
const LARGEST_DIAGNOSTICS = 16_384;

/** That something was met or is over, as it arrived. */
export interface Arrival {
  readonly source: string;
  readonly correlationId: string;
  /** Outbox position; null for what we found ourselves, which is never stale. */
  readonly sequence: string | null;
  /** RFC 3339. */
  readonly at: string;
}

/** What was decided; `before` is undefined for a new one. */
export interface Change {
  readonly before: Exception | undefined;
  readonly after: Exception;
}

/**
 * The same trouble again is counted; trouble that had ended by itself a short while ago is open again, with its owner; anything
 * else is a new exception. A retry that did not help leads back to who had it. undefined: an event that was taken before.
 */
export function opened(
  known: Exception | undefined,
  trouble: ExceptionOpened,
  arrival: Arrival,
  { id, policies }: { readonly id: string; readonly policies: readonly ExceptionPolicyDto[] },
): Change | undefined {
  if (isStale(known, arrival)) return undefined;
  const told = toldOf(trouble, arrival);
  if (known && (known.state !== 'RESOLVED' || isSameTrouble(known, arrival.at))) {
    const state = known.assignee === null ? 'OPEN' : 'ASSIGNED';
    const met = {
      occurrences: known.occurrences + 1,
      lastSeenAt: arrival.at,
      resolution: null,
      version: known.version + 1,
    };
    return { before: known, after: { ...known, ...told, ...met, state } };
  }
  const { queue, dueMinutes } = ownerOf(trouble, policies);
  return {
    before: undefined,
    after: {
      ...told,
      ...{ id, key: trouble.key, state: 'OPEN', queue, assignee: null, occurrences: 1, resolution: null, version: 1 },
      dueAt: new Date(Date.parse(arrival.at) + dueMinutes * 60_000).toISOString(),
      openedAt: arrival.at,
      lastSeenAt: arrival.at,
    },
  };
}

/** The cause is gone. undefined when nothing was open, or the event is an old one. */
export function cleared(known: Exception | undefined, reason: string, arrival: Arrival): Change | undefined {
  if (!known || known.state === 'RESOLVED' || isStale(known, arrival)) return undefined;
  const resolution = {
    how: 'CAUSE_GONE',
    by: arrival.source,
    reason: reason.slice(0, LONGEST_CAUSE),
    at: arrival.at,
  } as const;
  const sequence = arrival.sequence ?? known.sequence;
  return { before: known, after: { ...known, state: 'RESOLVED', resolution, sequence, version: known.version + 1 } };
}

/** Errors: EXCEPTION_RESOLVED (conflict). */
export function assigned(known: Exception, to: string): Change {
  assertOpen(known);
  const state = known.state === 'WAITING' ? 'WAITING' : 'ASSIGNED';
  return { before: known, after: { ...known, state, assignee: to, version: known.version + 1 } };
}

/** Errors: EXCEPTION_RESOLVED (conflict). */
export function resolved(known: Exception, by: string, reason: string, at: string): Change {
  assertOpen(known);
  const resolution = { how: 'BY_HAND', by, reason, at } as const;
  return { before: known, after: { ...known, state: 'RESOLVED', resolution, version: known.version + 1 } };
}

/** It is sent on and waits for what comes of it. Errors: EXCEPTION_RESOLVED, EXCEPTION_NOT_RETRYABLE (conflict). */
export function retried(known: Exception): Change {
  assertOpen(known);
  if (known.retry === null) {
    const message = `exception ${known.id} ends by itself once its cause is mended: ${known.suggestedAction}`;
    throw new CrossdockError({ code: 'EXCEPTION_NOT_RETRYABLE', kind: 'conflict', message });
  }
  return { before: known, after: { ...known, state: 'WAITING', version: known.version + 1 } };
}

/** The message whose body may be mended. Errors: EXCEPTION_NOT_EDITABLE (conflict). */
export function editableMessage(known: Exception): string {
  const message = messageOf(known);
  if (message !== undefined) return message;
  throw new CrossdockError({
    code: 'EXCEPTION_NOT_EDITABLE',
    kind: 'conflict',
    message: `exception ${known.id} does not stand on an inbound message that could not be read; facts and postings are never edited`,
  });
}

/** Only a message that could not be read is mended by hand: nothing has followed from it yet. */
export function messageOf({ retry, diagnostics }: Exception): string | undefined {
  if (retry?.kind !== 'JOB') return undefined;
  const { message } = diagnostics;
  return typeof message === 'string' ? message : undefined;
}

function assertOpen({ id, state, resolution }: Exception): void {
  if (state !== 'RESOLVED') return;
  const message = `exception ${id} was resolved at ${resolution?.at ?? '?'}: ${resolution?.reason ?? '?'}`;
  throw new CrossdockError({ code: 'EXCEPTION_RESOLVED', kind: 'conflict', message });
}

function isStale(known: Exception | undefined, { sequence }: Arrival): boolean {
  return known !== undefined && sequence !== null && BigInt(sequence) <= BigInt(known.sequence);
}

function isSameTrouble({ resolution }: Exception, at: string): boolean {
  if (resolution?.how !== 'CAUSE_GONE') return false;
  return Date.parse(at) - Date.parse(resolution.at) < SAME_TROUBLE_HOURS * 3_600_000;
}

/** What the newest report says of it. */
function toldOf(trouble: ExceptionOpened, { source, correlationId, sequence }: Arrival) {
  const { tier, domain, code, object, diagnostics = {}, suggestedAction } = trouble;
  return {
    ...{ tier, domain, code, objectType: object.type, objectId: object.id, suggestedAction, source, correlationId },
    sequence: sequence ?? '0',
    cause: trouble.cause.slice(0, LONGEST_CAUSE),
    partner: trouble.partner ?? null,
    order: trouble.order ?? null,
    line: trouble.line ?? null,
    seen: trouble.seen ?? null,
    expected: trouble.expected ?? null,
    retry: trouble.retry ?? null,
    diagnostics:
      JSON.stringify(diagnostics).length > LARGEST_DIAGNOSTICS ? { omitted: 'larger than 16 KB' } : diagnostics,
  };
}
