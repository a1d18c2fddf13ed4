import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import type { FeedView } from '#contracts/availability/feeds.dto';
import { EXCEPTION_CLEARED, EXCEPTION_OPENED } from '#contracts/events/exceptions';
import { DRIFT_SWEEP_QUEUE } from '../src/feed/drift-sweep';
import { FEED_PUSH_QUEUE } from '../src/feed/push';
import { fact, reservation, testAvailability, type TestAvailability } from './harness';
import { testReceiver, type TestReceiver } from './receiver';

describe('channels told by push', () => {
  let app: TestAvailability;
  const receivers: TestReceiver[] = [];
  beforeAll(async () => (app = await testAvailability()));
  afterAll(async () => {
    await app.close();
    for (const receiver of receivers) await receiver.close();
  });

  const receive = (item: string, quantity: string, node = 'DC') =>
    app.availability.postInventory({ source: 'wms', records: [fact({ item, node, fact: 'RECEIVED', quantity })] });
  async function receiver(secret?: string): Promise<TestReceiver> {
    const made = await testReceiver(secret);
    receivers.push(made);
    return made;
  }
  const feed = (channel: string, { url, secret }: TestReceiver, more: object = {}) =>
    app.feeds.putFeed({ channel, url, secret, intervalSeconds: 1, ...more });
  async function untilFeed(channel: string, holds: (view: FeedView) => boolean): Promise<FeedView> {
    const deadline = Date.now() + 90_000;
    for (;;) {
      const view = await app.feeds.feed({ channel });
      if (holds(view)) return view;
      if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(view)}`);
      await sleep(20);
    }
  }
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing',
      (error: unknown) => (error instanceof CrossdockError ? error.code : String(error)),
    );
  const told = async (channel: string, item: string) =>
    (await app.feeds.told({ channel, item })).told.map(({ node, quantity, version, way }) => ({ node, quantity, version, way })); // prettier-ignore
  /** Without repetitions: a worker that is slow to renew its lease may send a batch twice. */
  const values = (to: TestReceiver, item: string) => [
    ...new Set(to.of(item).map(({ version, availableToPromise: { value } }) => `${value} in ${version}`)),
  ];
  /** The batch that was on its way when the feed was paused has arrived, and no other will be sent. */
  async function pause(channel: string): Promise<void> {
    await app.feeds.pauseFeed({ channel, reason: 'stock-taking' });
    for (;;) {
      const { rows } = await app.database.query(`select 1 from messaging.job where queue = $1 and key = $2`, [FEED_PUSH_QUEUE, channel]); // prettier-ignore
      if (rows.length === 0) return;
      await sleep(20);
    }
  }

  test('what changes is sent, signed, with its unit, and remembered as told once it is acknowledged', async () => {
    const shop = await receiver();
    await feed('SHOP', shop, { by: 'node' });
    await receive('SENT', '7');
    await shop.until(() => values(shop, 'SENT').length > 0);
    expect(shop.of('SENT')).toMatchObject([
      {
        availableToPromise: { value: '7', unit: 'EA' },
        version: 1,
        nodes: [{ node: 'DC', availableToPromise: { value: '7', unit: 'EA' } }],
      },
    ]);
    await app.availability.reserve(reservation('SENT', '3'));
    await shop.until(() => values(shop, 'SENT').length > 1);
    expect(values(shop, 'SENT')).toEqual(['7 in 1', '4 in 2']);
    const view = await untilFeed('SHOP', ({ waiting }) => !waiting);
    expect(view).toMatchObject({ channel: 'SHOP', by: 'node', state: 'ACTIVE', sentAt: expect.any(String) });
    expect(await told('SHOP', 'SENT')).toEqual([
      { quantity: '4', version: 2, way: 'PUSH' },
      { node: 'DC', quantity: '4', version: 2, way: 'PUSH' },
    ]);
  });

  test('what changed often while nothing could be sent comes once, with its newest quantity', async () => {
    const shop = await receiver();
    await feed('COALESCE', shop);
    await pause('COALESCE');
    for (let times = 0; times < 5; times += 1) await receive('OFTEN', '1');
    expect(await app.feeds.feed({ channel: 'COALESCE' })).toMatchObject({ state: 'PAUSED', pausedReason: 'stock-taking', waiting: true }); // prettier-ignore
    await app.feeds.resumeFeed({ channel: 'COALESCE' });
    await shop.until(() => values(shop, 'OFTEN').length > 0);
    await untilFeed('COALESCE', ({ waiting }) => !waiting);
    expect(values(shop, 'OFTEN')).toEqual(['5 in 5']);
  });

  test('a process that dies between sending and recording: the same version is sent again, never lost', async () => {
    const shop = await receiver();
    await receive('MORTAL', '6');
    let deaths = 0;
    shop.beforeAnswer = async (body) => {
      if (deaths > 0 || !body.includes('"MORTAL"')) return;
      deaths += 1;
      // What is left of a killed worker: a lease that has run out, and an outcome nobody takes from it any more.
      await app.database.query(
        `update messaging.job set fence = nextval('messaging.job_fence'), lease_until = now() - interval '1 second'
          where queue = $1 and key = 'CRASH'`,
        [FEED_PUSH_QUEUE],
      );
    };
    await feed('CRASH', shop);
    await shop.until(() => shop.of('MORTAL').length > 1);
    expect(values(shop, 'MORTAL')).toEqual(['6 in 1']);
    await untilFeed('CRASH', ({ waiting }) => !waiting);
    expect(await told('CRASH', 'MORTAL')).toMatchObject([{ quantity: '6', version: 1 }]);
  });

  test('an endpoint that answers 500 holds up nobody, and is told the newest when it is back', async () => {
    const [bad, good] = [await receiver(), await receiver()];
    bad.status = 500;
    await feed('BAD', bad);
    await feed('GOOD', good);
    for (const quantity of ['1', '2', '3']) {
      await receive('SIDE', quantity);
      const seen = values(good, 'SIDE').length;
      await good.until(() => values(good, 'SIDE').length > seen);
    }
    expect(values(good, 'SIDE')).toEqual(['1 in 1', '3 in 2', '6 in 3']);
    await bad.until(() => bad.refused > 1);
    const view = await untilFeed('BAD', ({ failingSince }) => failingSince !== undefined);
    expect(view).toMatchObject({ waiting: true, lastError: expect.stringContaining('500') });
    expect(await told('BAD', 'SIDE')).toEqual([]);
    bad.status = 200;
    // An operator need not wait for the next try.
    await app.feeds.resumeFeed({ channel: 'BAD' });
    await bad.until(() => values(bad, 'SIDE').length > 0);
    expect(values(bad, 'SIDE')).toEqual(['6 in 3']);
    const mended = await untilFeed('BAD', ({ waiting }) => !waiting);
    expect([mended.failingSince, mended.lastError]).toEqual([undefined, undefined]);
  });

  test('a channel that has taken nothing for days is an exception, until it takes its numbers again', async () => {
    const shop = await receiver();
    shop.status = 500;
    await receive('DAYS', '4');
    await feed('DAYS', shop);
    await untilFeed('DAYS', ({ failingSince }) => failingSince !== undefined);
    expect(await app.feeds.feed({ channel: 'DAYS' })).not.toHaveProperty('alertedAt');
    await app.database.query(`update availability.channel_feed set failing_since = now() - interval '3 days' where channel = 'DAYS'`); // prettier-ignore
    await app.feeds.resumeFeed({ channel: 'DAYS' });
    await untilFeed('DAYS', ({ alertedAt }) => alertedAt !== undefined);
    shop.status = 200;
    await app.feeds.resumeFeed({ channel: 'DAYS' });
    await untilFeed('DAYS', ({ alertedAt, waiting }) => alertedAt === undefined && !waiting);
    const { rows } = await app.database.query(
      `select type from messaging.outbox where partition_key = 'inventory/FEED_NOT_TAKEN/channel/DAYS' order by id`,
    );
    expect(rows).toEqual([{ type: EXCEPTION_OPENED }, { type: EXCEPTION_CLEARED }]);
  });

  test('two channels side by side get their own numbers in order, while many clients change the items', async () => {
    const [edi, web] = [await receiver(), await receiver()];
    const items = ['PAIR-1', 'PAIR-2', 'PAIR-3'];
    for (const item of items) await receive(item, '40');
    await app.availability.putChannelQuotas({ quotas: items.map((item) => ({ item, channel: 'PAIR-EDI', protected: '10' })) }); // prettier-ignore
    await feed('PAIR-EDI', edi, { batchSize: 2 });
    await feed('PAIR-WEB', web, { batchSize: 1 });
    await Promise.all(
      items.flatMap((item) => Array.from({ length: 10 }, () => app.availability.reserve(reservation(item, '1')))),
    );
    const expected = async () =>
      new Map((await app.availability.deltas({ limit: 1000 })).changes.map(({ item, version }) => [item, version]));
    for (const channel of [edi, web]) {
      for (const item of items) {
        const newest = (await expected()).get(item) ?? 0;
        await channel.until(() => channel.of(item).some(({ version }) => version >= newest));
        const versions = channel.of(item).map(({ version }) => version);
        expect(versions).toEqual([...versions].sort((a, b) => a - b));
      }
    }
    await untilFeed('PAIR-EDI', ({ waiting }) => !waiting);
    await untilFeed('PAIR-WEB', ({ waiting }) => !waiting);
    for (const item of items) {
      expect(edi.of(item).at(-1)?.availableToPromise.value).toBe('30');
      expect(web.of(item).at(-1)?.availableToPromise.value).toBe('20');
    }
    expect(edi.messages.every(({ changes, channel }) => channel === 'PAIR-EDI' && changes.length <= 2)).toBe(true);
  });

  test('another address is told everything from the beginning; 410 ends the sending until an operator resumes it', async () => {
    const [old, next] = [await receiver(), await receiver()];
    await receive('MOVED', '3');
    await feed('MOVE', old);
    await old.until(() => values(old, 'MOVED').length > 0);
    await feed('MOVE', next);
    await next.until(() => values(next, 'MOVED').length > 0);
    next.status = 410;
    await receive('MOVED', '1');
    expect(await untilFeed('MOVE', ({ state }) => state === 'PAUSED')).toMatchObject({ waiting: true });
    next.status = 200;
    await app.feeds.resumeFeed({ channel: 'MOVE' });
    await next.until(() => values(next, 'MOVED').length > 1);
    expect(values(next, 'MOVED')).toEqual(['3 in 1', '4 in 2']);
  });

  test('while a secret is replaced the old one signs too; neither is stored in clear nor shown', async () => {
    const shop = await receiver();
    await feed('SECRET', shop);
    const fresh = 'whsec_YW5vdGhlci1zZWNyZXQtb2YtdGhlLWNoYW5uZWw=';
    const view = await app.feeds.putFeed({ channel: 'SECRET', url: shop.url, secret: fresh });
    expect(JSON.stringify(view)).not.toContain('whsec_');
    await receive('ROTATED', '1');
    await shop.until(() => values(shop, 'ROTATED').length > 0);
    expect(shop.messages.at(-1)?.signatures).toBe(2);
    const { rows } = await app.database.query<{ clear: boolean }>(
      `select position(convert_to($1, 'UTF8') in secret) > 0 as clear from availability.channel_feed where channel = 'SECRET'`,
      [fresh.slice('whsec_'.length)],
    );
    expect(rows).toEqual([{ clear: false }]);
  });

  test('what a channel was told and is no longer so is listed, until it is told', async () => {
    const shop = await receiver();
    await receive('DIFFER', '5');
    await receive('SAME', '5');
    await feed('DIFFER', shop);
    await shop.until(() => values(shop, 'DIFFER').length > 0 && values(shop, 'SAME').length > 0);
    await untilFeed('DIFFER', ({ waiting }) => !waiting);
    await pause('DIFFER');
    expect(await app.feeds.differences({ channel: 'DIFFER' })).toEqual({ differences: [] });
    await receive('DIFFER', '2');
    // Changed and changed back: another version, the same number.
    await receive('SAME', '1');
    await app.availability.reserve(reservation('SAME', '1'));
    expect((await app.feeds.differences({ channel: 'DIFFER' })).differences).toMatchObject([
      { item: 'DIFFER', quantity: '5', version: 1, present: '7', presentVersion: 2, way: 'PUSH' },
    ]);
    await app.feeds.resumeFeed({ channel: 'DIFFER' });
    await untilFeed('DIFFER', ({ waiting }) => !waiting);
    expect(await app.feeds.differences({ channel: 'DIFFER' })).toEqual({ differences: [] });
    const first = await app.feeds.told({ channel: 'DIFFER', limit: 1 });
    const rest = await app.feeds.told({ channel: 'DIFFER', limit: 500, cursor: first.next ?? '' });
    expect([first.told.length, rest.next]).toEqual([1, undefined]);
    expect(rest.told.map(({ item }) => item)).not.toContain(first.told[0]?.item);
  });

  test('a number that changes without its item, as by a new day, is found and told in a new version', async () => {
    const shop = await receiver();
    await receive('DRIFT', '9');
    await feed('DRIFT', shop);
    await untilFeed('DRIFT', ({ waiting }) => !waiting);
    await app.database.query(`update availability.position set safety = 2 where item = 'DRIFT'`);
    expect((await app.feeds.differences({ channel: 'DRIFT' })).differences).toMatchObject([
      { item: 'DRIFT', quantity: '9', present: '7', version: 1, presentVersion: 1 },
    ]);
    await app.database.query(`update messaging.job set run_at = now() where queue = $1`, [DRIFT_SWEEP_QUEUE]);
    await shop.until(() => values(shop, 'DRIFT').length > 1);
    expect(values(shop, 'DRIFT')).toEqual(['9 in 1', '7 in 2']);
  });

  test('what cannot work is refused', async () => {
    const url = 'https://shop.example/feed';
    expect(await codeOf(app.feeds.putFeed({ channel: 'NEW', url }))).toBe('FEED_SECRET_MISSING');
    const secret = 'whsec_c2VjcmV0LW9mLWEtY2hhbm5lbC1mb3ItdGVzdHM=';
    for (const wrong of ['https://user:pass@shop.example/', 'http://:1', 'https://'])
      expect(await codeOf(app.feeds.putFeed({ channel: 'NEW', url: wrong, secret }))).toBe('FEED_URL_INVALID');
    for (const call of [
      () => app.feeds.feed({ channel: 'NONE' }),
      () => app.feeds.pauseFeed({ channel: 'NONE', reason: 'x' }),
      () => app.feeds.resumeFeed({ channel: 'NONE' }),
    ])
      expect(await codeOf(call())).toBe('FEED_UNKNOWN');
  });
});
