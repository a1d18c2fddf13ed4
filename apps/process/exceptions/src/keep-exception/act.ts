import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { EXCEPTION_RETRY_ASKED, type ExceptionRetryAsked } from '#contracts/events/exceptions';
import type {
  AssignException,
  BulkExceptions,
  BulkReport,
  BulkRow,
  EditAndRetryException,
  ExceptionAction,
} from '#contracts/exceptions/exceptions.dto';
import { Inbox } from '#messaging/inbox';
import { JobOperations } from '#messaging/job-operations';
import { Outbox } from '#messaging/outbox';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import * as audit from '../out/audit.store';
import * as lists from '../out/exception-list.store';
import * as store from '../out/exception.store';
import { assigned, editableMessage, resolved, retried, type Change } from './decide';
import type { Exception } from './exception';
import { auditedState } from './keep-exceptions';

type Actor = Pick<ExceptionAction, 'actor' | 'reason'>;
type Action = 'ASSIGN' | 'RESOLVE' | 'RETRY' | 'EDIT_AND_RETRY';

const DEFAULT_CAP = 100;

/** What people do with exceptions. Each change commits with its audit, and with what it sets going. */
@Injectable()
export class ActOnExceptions {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly inbox: Inbox,
    private readonly jobs: JobOperations,
  ) {}

  assign({ id, to, ...actor }: AssignException): Promise<Exception> {
    return this.one(id, 'ASSIGN', actor, (known) => assigned(known, to));
  }

  resolve({ id, ...actor }: ExceptionAction): Promise<Exception> {
    return this.one(id, 'RESOLVE', actor, (known) => resolved(known, actor.actor, actor.reason, nowIso()));
  }

  retry({ id, ...actor }: ExceptionAction): Promise<Exception> {
    return this.one(id, 'RETRY', actor, retried, (tx, { after }) => this.sendOn(tx, [after], actor));
  }

  editAndRetry({ id, content, ...actor }: EditAndRetryException): Promise<Exception> {
    return this.one(
      id,
      'EDIT_AND_RETRY',
      actor,
      (known) => {
        const change = retried(known);
        editableMessage(known);
        return change;
      },
      async (tx, { after }) => {
        await this.inbox.amend(tx, editableMessage(after), { body: content, ...actor });
        await this.sendOn(tx, [after], actor);
      },
    );
  }

  /** One row refused leaves the others as they go. Errors: BULK_FILTER_REQUIRED, BULK_ASSIGNEE_REQUIRED (invalid). */
  async bulk({
    filter,
    action,
    to,
    actor,
    reason,
    cap = DEFAULT_CAP,
    dryRun = false,
  }: BulkExceptions): Promise<BulkReport> {
    assertNarrow({ filter, action, to });
    return this.database.transaction(async (tx) => {
      const matched = await lists.count(tx, filter);
      const rows = (await lists.lockMatching(tx, filter, cap)).map((known) => ({
        known,
        ...tried(known, () => {
          if (action === 'ASSIGN') return assigned(known, to ?? '');
          return action === 'RETRY' ? retried(known) : resolved(known, actor, reason, nowIso());
        }),
      }));
      const changes = rows.flatMap(({ change }) => (change ? [change] : []));
      if (!dryRun) {
        await this.record(tx, changes, action, { actor, reason });
        if (action === 'RETRY') await this.sendOn(tx, changes.map(({ after }) => after), { actor, reason }); // prettier-ignore
      }
      return { matched, rows: rows.map(({ known, refusal }) => rowOf(known, refusal, dryRun)) };
    });
  }

  /** Errors: EXCEPTION_UNKNOWN (not-found) and those of `decide`. */
  private one(
    id: string,
    action: Action,
    actor: Actor,
    decide: (known: Exception) => Change,
    effect?: (tx: Transaction, change: Change) => Promise<void>,
  ): Promise<Exception> {
    return this.database.transaction(async (tx) => {
      const [known] = await store.lock(tx, [id]);
      if (!known) throw unknownException(id);
      const change = decide(known);
      await this.record(tx, [change], action, actor);
      await effect?.(tx, change);
      return change.after;
    });
  }

  private async record(tx: Transaction, changes: readonly Change[], action: Action, by: Actor): Promise<void> {
    await store.save(tx, changes.map(({ after }) => after)); // prettier-ignore
    await audit.write(
      tx,
      changes.map(({ before, after }) => ({
        ...{ exception: after.id, action, ...by },
        before: before ? auditedState(before) : null,
        after: auditedState(after),
      })),
    );
  }

  /** Jobs are given their tries again; what an app holds back it is asked to go on with. */
  private async sendOn(tx: Transaction, exceptions: readonly Exception[], by: Actor): Promise<void> {
    const asked = exceptions.flatMap(({ id, retry, partner, correlationId }) =>
      retry === null ? [] : [{ exception: id, retry, partner, correlationId }],
    );
    const jobs = asked.filter(({ retry }) => retry.kind === 'JOB').map(({ retry }) => retry.id);
    if (jobs.length > 0) await this.jobs.retry(jobs, tx);
    const others = asked.filter(({ retry }) => retry.kind !== 'JOB');
    await this.outbox.publish(
      tx,
      others.map(({ exception, retry, partner, correlationId }) => {
        const data: ExceptionRetryAsked = { ...retry, exception, ...by, ...(partner === null ? {} : { partner }) };
        return {
          ...{ type: EXCEPTION_RETRY_ASKED, source: 'process/exceptions', subject: retry.id, partitionKey: retry.id },
          ...{ data, correlationId },
        };
      }),
    );
  }
}

export function unknownException(id: string): CrossdockError {
  return new CrossdockError({ code: 'EXCEPTION_UNKNOWN', kind: 'not-found', message: `there is no exception ${id}` });
}

/** A bulk action without any bound would touch everything by mistake. */
function assertNarrow({ filter, action, to }: Pick<BulkExceptions, 'filter' | 'action' | 'to'>): void {
  const { domain, code, queue, partner, order } = filter;
  if ([domain, code, queue, partner, order].every((each) => each === undefined)) {
    const detail = 'name at least one of domain, code, queue, partner and order';
    throw new CrossdockError({
      ...{ code: 'BULK_FILTER_REQUIRED', kind: 'invalid', message: detail },
      findings: [{ code: 'BULK_FILTER_REQUIRED', detail, pointer: '/filter' }],
    });
  }
  if (action !== 'ASSIGN' || to !== undefined) return;
  const detail = 'say who takes them';
  throw new CrossdockError({
    ...{ code: 'BULK_ASSIGNEE_REQUIRED', kind: 'invalid', message: detail },
    findings: [{ code: 'BULK_ASSIGNEE_REQUIRED', detail, pointer: '/to' }],
  });
}

function tried(known: Exception, decide: () => Change): { change?: Change; refusal?: CrossdockError } {
  try {
    return { change: decide() };
  } catch (error) {
    if (error instanceof CrossdockError) return { refusal: error };
    throw new Error(`exception ${known.id} could not be decided`, { cause: error });
  }
}

function rowOf({ id, key }: Exception, refusal: CrossdockError | undefined, dryRun: boolean): BulkRow {
  if (refusal) return { id, key, outcome: 'REFUSED', code: refusal.code, detail: refusal.message };
  return { id, key, outcome: dryRun ? 'WOULD_DO' : 'DONE' };
}

function nowIso(): string {
  return new Date().toISOString();
}
