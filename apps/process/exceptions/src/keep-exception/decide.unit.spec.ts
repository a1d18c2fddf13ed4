import type { ExceptionOpened } from '#contracts/events/exceptions';
import { assigned, cleared, editableMessage, opened, resolved, retried, type Arrival } from './decide';
import { ownerOf, type Exception } from './exception';

const AT = '2026-11-20T10:00:00.000Z';
const trouble: ExceptionOpened = {
  ...{ key: 'orders/ITEM_UNMAPPED/order/ord_1#3', tier: 'BUSINESS', domain: 'orders', code: 'ITEM_UNMAPPED' },
  ...{ object: { type: 'order', id: 'ord_1' }, line: 3, order: 'ord_1', partner: 'harbour' },
  cause: 'line 3 names an item that nobody knows',
  ...{ seen: 'MUG-X', suggestedAction: 'Add the cross-reference' },
  retry: { app: 'orders', kind: 'ORDER_HOLDS', id: 'ord_1' },
};
const arrival = (sequence: number | null, at = AT): Arrival => ({
  ...{ source: 'process/orders', correlationId: 'c', at },
  sequence: sequence === null ? null : String(sequence),
});
const around = { id: 'exc_1', policies: [] };
const first = opened(undefined, trouble, arrival(10), around)!.after;
const later = (hours: number) => new Date(Date.parse(AT) + hours * 3_600_000).toISOString();

describe('one exception per cause and object', () => {
  it('opens with the queue of its domain and the clock of its tier', () => {
    expect(first).toMatchObject({
      id: 'exc_1',
      state: 'OPEN',
      queue: 'orders',
      occurrences: 1,
      line: 3,
      dueAt: later(8),
    });
  });

  it('counts the same trouble instead of opening another, and takes the newest words', () => {
    const again = opened(first, { ...trouble, seen: 'MUG-Y' }, arrival(11, later(1)), { ...around, id: 'exc_2' })!;
    expect(again.after).toMatchObject({
      id: 'exc_1',
      occurrences: 2,
      seen: 'MUG-Y',
      openedAt: AT,
      lastSeenAt: later(1),
    });
    expect(again.after.dueAt).toBe(first.dueAt);
  });

  it('takes no event twice: a stale sequence changes nothing, neither opening nor clearing', () => {
    expect(opened(first, trouble, arrival(10), around)).toBeUndefined();
    expect(opened(first, trouble, arrival(9), around)).toBeUndefined();
    expect(cleared(first, 'old news', arrival(9))).toBeUndefined();
  });

  it('ends by itself when its cause is gone, and clearing what is not open changes nothing', () => {
    const over = cleared(first, 'mapping added', arrival(12, later(1)))!.after;
    expect(over).toMatchObject({
      state: 'RESOLVED',
      resolution: { how: 'CAUSE_GONE', reason: 'mapping added', at: later(1) },
    });
    expect(cleared(over, 'again', arrival(13))).toBeUndefined();
    expect(cleared(undefined, 'never open', arrival(13))).toBeUndefined();
  });

  const ended = cleared(assigned(first, 'dana').after, 'mapping added', arrival(12, AT))!.after;
  it.each([
    ['an hour after it ended by itself: the same one, with its owner', ended, later(1), { id: 'exc_1', state: 'ASSIGNED', assignee: 'dana', resolution: null }],
    ['two days after it ended by itself: a new one', ended, later(48), { id: 'exc_9', state: 'OPEN', occurrences: 1 }],
    ['an hour after somebody resolved it by hand: a new one', resolved(first, 'dana', 'cancelled', AT).after, later(1), { id: 'exc_9', state: 'OPEN' }],
    ['while a retry is under way: back with whoever had it', retried(assigned(first, 'dana').after).after, later(1), { id: 'exc_1', state: 'ASSIGNED', occurrences: 2 }],
  ] as [string, Exception, string, object][])('met again %s', (_, known, at, expected) => {
    expect(opened(known, trouble, arrival(20, at), { ...around, id: 'exc_9' })!.after).toMatchObject(expected);
  }); // prettier-ignore

  it('keeps what a person can read: long causes are cut, large diagnostics are left out', () => {
    const large = { ...trouble, cause: 'x'.repeat(5_000), diagnostics: { words: 'y'.repeat(20_000) } };
    const { cause, diagnostics } = opened(undefined, large, arrival(1), around)!.after;
    expect([cause.length, diagnostics]).toEqual([1_000, { omitted: 'larger than 16 KB' }]);
  });
});

describe('what people do', () => {
  const over = resolved(first, 'dana', 'cancelled by phone', AT).after;
  const conflict = (code: string) => expect.objectContaining({ code, kind: 'conflict' });

  it('is refused on a resolved exception', () => {
    for (const action of [() => assigned(over, 'eli'), () => retried(over), () => resolved(over, 'eli', 'x', AT)])
      expect(action).toThrow(conflict('EXCEPTION_RESOLVED'));
  });

  it('is no retry where nothing can be sent on from here', () => {
    expect(() => retried({ ...first, retry: null })).toThrow(conflict('EXCEPTION_NOT_RETRYABLE'));
  });

  it('edits an inbound message only, never a posting or a fact', () => {
    const job = { app: 'messaging', kind: 'JOB', id: '7' } as const;
    expect(editableMessage({ ...first, retry: job, diagnostics: { message: 'm-1' } })).toBe('m-1');
    expect(() => editableMessage({ ...first, retry: job, diagnostics: {} })).toThrow(
      conflict('EXCEPTION_NOT_EDITABLE'),
    );
    expect(() => editableMessage({ ...first, diagnostics: { message: 'm-1' } })).toThrow(
      conflict('EXCEPTION_NOT_EDITABLE'),
    );
  });
});

describe('owner and clock', () => {
  const policies = [
    { domain: '*', partner: '*', queue: 'desk' },
    { domain: '*', partner: 'harbour', queue: 'harbour-desk', dueMinutes: 30 },
    { domain: 'orders', partner: '*', queue: 'order-desk', dueMinutes: 60 },
    { domain: 'orders', partner: 'harbour', queue: 'harbour-orders' },
  ];
  it.each([
    ['orders', 'harbour', 'harbour-orders', 480],
    ['orders', 'northgate', 'order-desk', 60],
    ['shipments', 'harbour', 'harbour-desk', 30],
    ['shipments', undefined, 'desk', 480],
  ])('%s of %s goes to %s within %i minutes', (domain, partner, queue, dueMinutes) => {
    const of = { domain, tier: 'BUSINESS', ...(partner && { partner }) } as const;
    expect(ownerOf(of, policies)).toEqual({ queue, dueMinutes });
  });
});
