import { Log } from '#service/logging';
import { RequestLog, type Answered } from './request-log';
import type { LoggedRequest, RequestLogStore, UsageCount } from './request-log.store';

describe('what the log keeps of a flood', () => {
  const kept: LoggedRequest[] = [];
  const counted: UsageCount[] = [];
  const store = {
    write: (entries: LoggedRequest[], counts: UsageCount[]) => {
      kept.push(...entries);
      counted.push(...counts);
      return Promise.resolve();
    },
  } as unknown as RequestLogStore;
  const call = (more: Partial<Answered>): Answered => ({
    requestId: 'r', at: new Date(), partner: 'p', key: 'k', mode: 'live', version: 'v1', date: '2026-11-01', method: 'POST', route: '/q', target: '/q',
    status: 200, durationUs: 1, idempotency: null, violatedPolicies: null, request: {}, requestBytes: 2, response: '{}', ...more,
  }); // prettier-ignore

  it('some of the questions, also those asked by POST; all refusals and all that ran under a key; and every one is counted', async () => {
    const log = new RequestLog(store, new Log());
    for (let number = 0; number < 500; number += 1) log.note(call({}));
    for (let number = 0; number < 150; number += 1) log.note(call({ status: 422, route: '/refused' }));
    for (let number = 0; number < 150; number += 1) log.note(call({ idempotency: 'first', route: '/changed' }));
    await log.settled();
    const of = (route: string): number[] => [
      kept.filter((entry) => entry.route === route).length,
      Number(counted.find((count) => count.route === route)?.calls),
    ];
    expect({ asked: of('/q'), refused: of('/refused'), changed: of('/changed') }).toEqual({
      asked: [100, 500],
      refused: [150, 150],
      changed: [150, 150],
    });
  });

  it('the bodies of some of the large answers to questions, the sizes of all, and whatever was refused or changed whole', async () => {
    kept.length = 0;
    const log = new RequestLog(store, new Log());
    const response = JSON.stringify({ lines: 'x'.repeat(14_000) });
    for (let number = 0; number < 50; number += 1) log.note(call({ response, requestBytes: 2 }));
    for (let number = 0; number < 20; number += 1) log.note(call({ response, status: 422, route: '/refused' }));
    for (let number = 0; number < 20; number += 1)
      log.note(call({ response, idempotency: 'first', route: '/changed' }));
    await log.settled();
    const withBodies = (route: string): number =>
      kept.filter((entry) => entry.route === route && entry.requestBody !== null && entry.responseBody !== null).length;
    expect([withBodies('/q'), withBodies('/refused'), withBodies('/changed')]).toEqual([4, 20, 20]);
    expect(kept).toHaveLength(90);
    expect(kept.every((entry) => entry.requestBytes === 2 && entry.responseBytes === response.length)).toBe(true);
    // The next flush begins anew.
    log.note(call({ response, route: '/next' }));
    await log.settled();
    expect(withBodies('/next')).toBe(1);
  });
});
