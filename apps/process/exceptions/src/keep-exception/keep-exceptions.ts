import { Injectable } from '@nestjs/common';
import { newId } from '#canonical/ids';
import type { ExceptionCleared, ExceptionOpened } from '#contracts/events/exceptions';
import type { Transaction } from '#persistence/database';
import * as audit from '../out/audit.store';
import * as store from '../out/exception.store';
import * as policies from '../out/policy.store';
import { cleared, opened, type Arrival, type Change } from './decide';
import type { Exception } from './exception';

export type News =
  | { readonly type: 'OPENED'; readonly trouble: ExceptionOpened; readonly arrival: Arrival }
  | { readonly type: 'CLEARED'; readonly over: ExceptionCleared; readonly arrival: Arrival };

/** Applies what was met and what is over, in order, set by set, in the caller's transaction. */
@Injectable()
export class KeepExceptions {
  async apply(tx: Transaction, news: readonly News[]): Promise<void> {
    if (news.length === 0) return;
    const known = await store.lockNewestOf(tx, news.map(keyOf));
    const owners = await policies.list(tx);
    const saved = new Map<string, Exception>();
    const entries: audit.Audited[] = [];
    for (const each of news) {
      const current = known.get(keyOf(each));
      const change =
        each.type === 'OPENED'
          ? opened(current, each.trouble, each.arrival, { id: newId('exc'), policies: owners })
          : cleared(current, each.over.reason, each.arrival);
      if (!change) continue;
      known.set(keyOf(each), change.after);
      saved.set(change.after.id, change.after);
      if (isWorthAuditing(change)) entries.push(entryOf(change, each));
    }
    await store.save(tx, [...saved.values()]);
    await audit.write(tx, entries);
  }
}

/** What the audit keeps of an exception before and after a change. */
export function auditedState(exception: Exception): object {
  const { state, assignee, queue, occurrences, cause, resolution, version } = exception;
  return { state, assignee, queue, occurrences, cause, resolution, version };
}

/** That the same trouble was met again while nobody had touched it is in its count. */
function isWorthAuditing({ before, after }: Change): boolean {
  return before?.state !== after.state;
}

function entryOf({ before, after }: Change, { type, arrival }: News): audit.Audited {
  const action = type === 'CLEARED' ? 'CLEARED' : before ? 'REOPENED' : 'OPENED';
  const reason = type === 'CLEARED' ? (after.resolution?.reason ?? '') : after.cause;
  return {
    ...{ exception: after.id, action, actor: arrival.source, reason },
    before: before ? auditedState(before) : null,
    after: auditedState(after),
  };
}

function keyOf(news: News): string {
  return news.type === 'OPENED' ? news.trouble.key : news.over.key;
}
