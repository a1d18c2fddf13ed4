import type { CrossdockEvent } from '#canonical/event';
import { CrossdockError } from '#canonical/errors';
import {
  EXCEPTION_BREACHED,
  EXCEPTION_RETRY_ASKED,
  exceptionCleared,
  exceptionOpened,
} from '#contracts/events/exceptions';
import type { ExceptionOpened, ExceptionRetryAsked } from '#contracts/events/exceptions';
import { eventually, exceptionsHarness } from '../test/harness';

const by = { actor: 'dana', reason: 'mapping added' };
const refused = (code: string) => expect.objectContaining({ code });

function trouble(order: string, changes: Partial<ExceptionOpened> = {}): Omit<ExceptionOpened, 'key'> {
  return {
    ...{
      tier: 'BUSINESS',
      domain: 'orders',
      code: 'ITEM_UNMAPPED',
      object: { type: 'order', id: order },
      order,
      line: 1,
    },
    ...{ partner: 'harbour', cause: 'an item that nobody knows', suggestedAction: 'Add the cross-reference' },
    retry: { app: 'orders', kind: 'ORDER_HOLDS', id: order },
    ...changes,
  };
}

describe('exceptions', () => {
  let faults: Error[] = [];
  let done: unknown[] = [];
  let app: Awaited<ReturnType<typeof exceptionsHarness>>;
  const asked: ExceptionRetryAsked[] = [];
  beforeAll(async () => {
    app = await exceptionsHarness(async ({ payload }) => {
      const fault = faults.shift();
      if (fault) throw fault;
      const { message } = payload as { message?: string };
      done.push(message === undefined ? payload : (await app.inbox.read(message))?.body.toString());
    });
    app.messaging.subscriptions.batch<ExceptionRetryAsked>('orders-twin', EXCEPTION_RETRY_ASKED, async (events: readonly CrossdockEvent<ExceptionRetryAsked>[]) => {
      asked.push(...events.map(({ data }) => data));
    }); // prettier-ignore
    await app.messaging.subscriptions.register();
  });
  afterAll(() => app.close());
  afterEach(() => {
    [faults, done] = [[], []];
  });
  const of = async (order: string, state?: 'RESOLVED') =>
    (await app.service.list({ order, ...(state && { state }) })).exceptions;

  it('the same cause at the same object is one exception, however often and in whatever batch it is met', async () => {
    const opened = () => exceptionOpened('process/orders', trouble('o1'), 'corr-1');
    await app.publish(opened(), opened());
    await app.publish(opened(), exceptionOpened('process/orders', trouble('o1', { line: 2 })));
    const [second, first] = await of('o1');
    expect(first).toMatchObject({ line: 1, occurrences: 3, state: 'OPEN', correlationId: 'corr-1', breached: false });
    expect(second).toMatchObject({ line: 2, occurrences: 1, key: 'orders/ITEM_UNMAPPED/order/o1#2' });
    const { groups } = await app.service.groups({ queue: 'orders' });
    expect(groups).toMatchObject([
      { domain: 'orders', code: 'ITEM_UNMAPPED', tier: 'BUSINESS', count: 2, breached: 0 },
    ]);
  });

  it('ends by itself when its cause is gone', async () => {
    await app.publish(exceptionOpened('process/orders', trouble('o2')));
    await app.publish(exceptionCleared('process/orders', trouble('o2'), 'mapping added'));
    expect(await of('o2')).toEqual([]);
    expect(await of('o2', 'RESOLVED')).toMatchObject([{ resolution: { how: 'CAUSE_GONE', by: 'process/orders' } }]);
  });

  it('that is overdue is told once, and stands before all others by due time, page by page', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const opened = (order: string, days: number, more: Partial<ExceptionOpened> = {}) => ({
      ...exceptionOpened('process/orders', trouble(order, { domain: 'due-desk', ...more })),
      time: daysAgo(days),
    });
    await app.publish(
      opened('late', 2),
      opened('fresh', 0),
      opened('later', 3),
      opened('soon', 0, { tier: 'CRITICAL' }),
    );
    const told = async () => {
      const { rows } = await app.database.query<{ order: string; queue: string }>(
        `select envelope->'data'->>'order' as "order", envelope->'data'->>'queue' as queue from messaging.outbox
          where type = $1 and envelope->'data'->>'domain' = 'due-desk' order by id`,
        [EXCEPTION_BREACHED],
      );
      return rows;
    };
    await eventually(told, (rows) => rows.length === 2);
    await app.publish(opened('late', 0));
    const rounds = async () => {
      const { rows } = await app.database.query<{ count: number }>(
        `select count(*)::int as count from messaging.job where queue = 'exceptions.due' and created_at > now() - interval '1 second'`,
      );
      return rows[0]?.count;
    };
    await eventually(rounds, (count) => count === 1);
    expect((await told()).map(({ order }) => order).sort()).toEqual(['late', 'later']);
    const orders: (string | undefined)[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = await app.service.list({ domain: 'due-desk', sort: 'due', limit: 1, ...(cursor === undefined ? {} : { cursor }) }); // prettier-ignore
      orders.push(...page.exceptions.map(({ order }) => order));
      more = page.next !== undefined;
      cursor = page.next;
    }
    expect(orders).toEqual(['later', 'late', 'soon', 'fresh']);
    const { next = '' } = await app.service.list({ domain: 'due-desk', sort: 'due', limit: 1 });
    await expect(app.service.list({ domain: 'due-desk', cursor: next })).rejects.toMatchObject({ code: 'CURSOR_INVALID' }); // prettier-ignore
  });

  it('is assigned, sent on and resolved, each once, with who, why, before and after', async () => {
    await app.publish(exceptionOpened('process/orders', trouble('o3')));
    const [{ id } = { id: '' }] = await of('o3');
    expect(await app.service.assign({ id, ...by, to: 'eli' })).toMatchObject({ state: 'ASSIGNED', assignee: 'eli' });
    expect(await app.service.retry({ id, ...by })).toMatchObject({ state: 'WAITING' });
    await app.messaging.drain();
    expect(asked).toMatchObject([{ app: 'orders', kind: 'ORDER_HOLDS', id: 'o3', exception: id, partner: 'harbour', ...by }]); // prettier-ignore
    await app.service.resolve({ id, ...by });
    await expect(app.service.retry({ id, ...by })).rejects.toEqual(refused('EXCEPTION_RESOLVED'));
    const { entries } = await app.service.audit({ exception: id });
    expect(entries.map(({ action }) => action)).toEqual(['RESOLVE', 'RETRY', 'ASSIGN', 'OPENED']);
    expect(entries[2]).toMatchObject({ ...by, before: { state: 'OPEN', assignee: null }, after: { assignee: 'eli' } });
    await expect(app.service.get({ id: 'exc_none' })).rejects.toEqual(refused('EXCEPTION_UNKNOWN'));
  });

  it('the audit refuses to be changed, also by whoever can write SQL', async () => {
    for (const attempt of [`update exceptions.audit set actor = 'nobody'`, 'delete from exceptions.audit'])
      await expect(app.database.query(attempt)).rejects.toThrow('append-only');
    await expect(app.database.query('truncate exceptions.audit')).rejects.toThrow('permission denied');
  });

  it('a dead job of any app has its exception, is retried from it, and ends it', async () => {
    faults = [new CrossdockError({ code: 'BACKEND_REFUSED', kind: 'refused', message: 'erp-main: no' })];
    await app.messaging.jobs.enqueue(app.database, [{ queue: 'work', payload: { order: 'o4' } }]);
    const [open] = await eventually(() => of('o4'), ({ length }) => length === 1); // prettier-ignore
    expect(open).toMatchObject({ domain: 'jobs', code: 'BACKEND_REFUSED', tier: 'CRITICAL', canRetry: true, canEdit: false, occurrences: 1 }); // prettier-ignore
    await expect(app.service.editAndRetry({ id: open!.id, ...by, content: '{}' })).rejects.toEqual(refused('EXCEPTION_NOT_EDITABLE')); // prettier-ignore
    faults = [new Error('again')];
    await app.service.retry({ id: open!.id, ...by });
    const [back, ...others] = await eventually(() => of('o4'), ([first]) => first?.code === 'JOB_FAILED'); // prettier-ignore
    expect(others).toEqual([]);
    await app.service.retry({ id: back!.id, ...by });
    await eventually(() => of('o4'), ({ length }) => length === 0); // prettier-ignore
    expect(done).toEqual([{ order: 'o4' }]);
  });

  it('a dead job that was resolved by hand is not opened again by the next look', async () => {
    faults = [new Error('never mind')];
    await app.messaging.jobs.enqueue(app.database, [{ queue: 'work', payload: { order: 'o5' } }]);
    const [open] = await eventually(() => of('o5'), ({ length }) => length === 1); // prettier-ignore
    await app.service.resolve({ id: open!.id, ...by });
    await app.messaging.jobs.enqueue(app.database, [{ queue: 'work', payload: { order: 'o6' } }]);
    faults = [new Error('the next look has been')];
    await eventually(() => of('o6'), ({ length }) => length === 1); // prettier-ignore
    expect(await of('o5')).toEqual([]);
  });

  it('a message that could not be read is mended: the one that came stays beside it', async () => {
    const { id: message } = await app.database.transaction((tx) =>
      app.inbox.receive(tx, { source: 'test/a', messageId: '1', contentType: 'application/json', body: '{"wrong":1}' }),
    );
    faults = [new CrossdockError({ code: 'WEBHOOK_UNREADABLE', kind: 'invalid', message: 'no lines' })];
    await app.messaging.jobs.enqueue(app.database, [{ queue: 'test.map', payload: { message, order: 'o7' } }]);
    const [open] = await eventually(() => of('o7'), ({ length }) => length === 1); // prettier-ignore
    expect(open).toMatchObject({ domain: 'inbound', tier: 'BUSINESS', canEdit: true, diagnostics: { message } });
    await app.service.editAndRetry({ id: open!.id, ...by, content: '{"lines":[]}' });
    await eventually(() => of('o7'), ({ length }) => length === 0); // prettier-ignore
    expect(done).toEqual(['{"lines":[]}']);
    const { rows } = await app.database.query<{ body: Buffer }>('select body from messaging.inbound where id = $1', [message]); // prettier-ignore
    expect(rows[0]?.body.toString()).toBe('{"wrong":1}');
  });

  describe('in bulk', () => {
    const filter = { code: 'PRICE_GONE' };
    beforeAll(async () => {
      const { retry: _, ...stuck } = trouble('b2', { code: 'PRICE_GONE' });
      for (const each of [trouble('b1', { code: 'PRICE_GONE' }), stuck, trouble('b3', { code: 'PRICE_GONE' })])
        await app.publish(exceptionOpened('process/orders', each));
    });

    it('says what it would do, and does nothing', async () => {
      const report = await app.service.bulk({ filter, action: 'RETRY', ...by, dryRun: true });
      expect(report.rows.map(({ outcome }) => outcome)).toEqual(['WOULD_DO', 'REFUSED', 'WOULD_DO']);
      expect((await app.service.list(filter)).exceptions.map(({ state }) => state)).toEqual(['OPEN', 'OPEN', 'OPEN']);
    });

    it('touches no more than the cap, oldest first, and one refused row leaves the others as they go', async () => {
      const { rows, matched } = await app.service.bulk({ filter, action: 'RETRY', ...by, cap: 2 });
      expect([matched, rows.map(({ outcome, code }) => code ?? outcome)]).toEqual([3, ['DONE', 'EXCEPTION_NOT_RETRYABLE']]); // prettier-ignore
      const { exceptions } = await app.service.list(filter);
      expect(exceptions.map(({ order, state }) => [order, state])).toEqual([['b3', 'OPEN'], ['b2', 'OPEN'], ['b1', 'WAITING']]); // prettier-ignore
    });

    it('needs a bound, and somebody to assign to', async () => {
      await expect(app.service.bulk({ filter: { tier: 'BUSINESS' }, action: 'RESOLVE', ...by })).rejects.toEqual(refused('BULK_FILTER_REQUIRED')); // prettier-ignore
      await expect(app.service.bulk({ filter, action: 'ASSIGN', ...by })).rejects.toEqual(refused('BULK_ASSIGNEE_REQUIRED')); // prettier-ignore
      await app.service.bulk({ filter, action: 'ASSIGN', to: 'fay', ...by });
      expect((await app.service.list({ assignee: 'fay' })).exceptions).toHaveLength(3);
    });
  });

  it('goes to the queue and clock that policy names, and a clock that has run out shows', async () => {
    const policies = [{ domain: 'orders', partner: 'northgate', queue: 'north-desk', dueMinutes: 1 }];
    expect((await app.service.putPolicies({ policies, ...by })).policies).toEqual(policies);
    const event = exceptionOpened('process/orders', trouble('p1', { partner: 'northgate' }));
    await app.publish({ ...event, time: new Date(Date.now() - 120_000).toISOString() });
    const { exceptions } = await app.service.list({ queue: 'north-desk', breached: 'true' });
    expect(exceptions).toMatchObject([{ order: 'p1', breached: true }]);
    expect((await app.service.policies()).policies).toEqual(policies);
  });

  it('pages newest first, and refuses a cursor of other filters', async () => {
    const first = await app.service.list({ domain: 'orders', limit: 2 });
    const second = await app.service.list({ domain: 'orders', limit: 2, cursor: first.next! });
    const ids = [...first.exceptions, ...second.exceptions].map(({ id }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    await expect(app.service.list({ domain: 'jobs', cursor: first.next! })).rejects.toEqual(refused('CURSOR_INVALID'));
    const page = await app.service.audit({ limit: 1 });
    await expect(app.service.audit({ actor: 'x', cursor: page.next! })).rejects.toEqual(refused('CURSOR_INVALID'));
  });
});
