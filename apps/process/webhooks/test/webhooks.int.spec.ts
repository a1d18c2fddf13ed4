import { EXCEPTION_CLEARED, EXCEPTION_OPENED, exceptionCleared, exceptionOpened } from '#contracts/events/exceptions';
import type { PartnerEvent } from '#contracts/webhooks/webhooks.dto';
import { codeOf, orderChanged, testWebhooks, type TestWebhooks } from './harness';
import { isSigned, TestReceiver } from './receiver';

const HOUR = 3_600;
/** Seconds from each failed attempt to the next. */
const WAITS = [5, 300, 1_800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

describe('webhooks', () => {
  let app: TestWebhooks;
  const receivers: TestReceiver[] = [];
  beforeAll(async () => (app = await testWebhooks()));
  afterAll(async () => {
    await app.close();
    for (const receiver of receivers) await receiver.close();
  });
  async function receiver(): Promise<TestReceiver> {
    const made = await TestReceiver.start();
    receivers.push(made);
    return made;
  }
  const eventsOf = async (partner: string, more: object = {}): Promise<PartnerEvent[]> =>
    (await app.service.events({ partner, ...more })).events;
  const troubles = async (endpoint: string): Promise<string[]> => {
    const { rows } = await app.database.query<{ type: string }>(
      `select type from messaging.outbox where partition_key = $1 order by id`,
      [`webhooks/WEBHOOK_DISABLED/webhook-endpoint/${endpoint}`],
    );
    return rows.map(({ type }) => type);
  };

  test('what happens is sent once, signed, with the secret that was shown, and stands in the feed', async () => {
    const shop = await receiver();
    const { secret, ...made } = await app.endpoint('sent', shop.url);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await app.publish(orderChanged('o1', 1, 'ACCEPTED', 'sent'), orderChanged('o1', 2, 'RELEASED', 'sent'));
    await app.publish(orderChanged('o2', 1, 'ON_HOLD', 'sent'));
    await shop.until(() => shop.received.length === 4);
    expect(shop.received.every((each) => isSigned(each, secret))).toBe(true);
    expect(shop.received.every(({ id, event }) => id === event.id)).toBe(true);
    const events = await eventsOf('sent');
    expect(events.map(({ type, subject, sequence }) => `${type} ${subject.id} ${sequence}`)).toEqual([
      'order.accepted o1 1',
      'order.released o1 2',
      'order.accepted o2 1',
      'order.held o2 2',
    ]);
    expect(events[1]).toMatchObject({ schemaVersion: 1, data: { order: 'o1', purchaseOrder: 'PO-o1', status: 'RELEASED', version: 2 } }); // prettier-ignore
    expect(shop.received.map(({ event }) => event).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(events.sort((a, b) => (a.id < b.id ? -1 : 1))); // prettier-ignore
    const done = await app.delivery('sent', made.id, ({ state }) => state === 'DELIVERED');
    expect(done).toMatchObject({ attempts: 1, lastStatus: 204, log: [{ status: 204, at: expect.any(String) }] });
    expect(shop.received[0]?.headers).not.toHaveProperty('authorization');
    const clear = secret.slice('whsec_'.length);
    const { rows } = await app.database.query(`select 1 from webhooks.endpoint where position(convert_to($1, 'UTF8') in secret) > 0`, [clear]); // prettier-ignore
    expect(rows).toEqual([]);
    expect(JSON.stringify(await app.service.endpoints({ partner: 'sent' }))).not.toContain('whsec_');
  });

  test('only the types that are wanted, and nothing of anybody else', async () => {
    const [some, other] = [await receiver(), await receiver()];
    await app.endpoint('wanted', some.url, { eventTypes: ['order.shipped', 'order.cancelled'] });
    await app.endpoint('another', other.url);
    await app.publish(orderChanged('w1', 1, 'ACCEPTED', 'wanted'), orderChanged('w1', 2, 'SHIPPED', 'wanted'));
    await app.publish(orderChanged('a1', 1, 'ACCEPTED', 'another'));
    await some.until(() => some.received.length > 0);
    await other.until(() => other.received.length > 0);
    await app.messaging.drain();
    expect([some.types(), other.types()]).toEqual([['order.shipped'], ['order.accepted']]);
  });

  test('ten attempts, each later than the one before, and then it has failed', async () => {
    const shop = await receiver();
    shop.status = 500;
    shop.answer = `no\0pe${'x'.repeat(5_000)}`;
    const { id } = await app.endpoint('schedule', shop.url);
    await app.publish(orderChanged('s1', 1, 'ACCEPTED', 'schedule'));
    for (const [index, wait] of WAITS.entries()) {
      const delivery = await app.delivery('schedule', id, ({ attempts }) => attempts === index + 1);
      expect(delivery).toMatchObject({ state: 'PENDING', lastStatus: 500 });
      const { rows } = await app.database.query<{ seconds: number }>(
        `select extract(epoch from next_at - now())::float8 + extract(epoch from now() - (log->-1->>'at')::timestamptz)::float8 as seconds
           from webhooks.delivery where id = $1`,
        [delivery.id],
      );
      const seconds = rows[0]?.seconds ?? 0;
      expect([wait, seconds >= wait, seconds <= wait * 1.1 + 1]).toEqual([wait, true, true]);
      // Failing for as long as the schedule lasts, not for 120 hours.
      await app.pass(id, wait * 1.11);
    }
    const failed = await app.delivery('schedule', id, ({ state }) => state === 'FAILED');
    expect([failed.attempts, shop.received.length, new Set(shop.received.map(({ id: event }) => event)).size]).toEqual([10, 10, 1]); // prettier-ignore
    expect(failed.log[0]?.answer).toBe(`no\ufffdpe${'x'.repeat(1_019)}`);
    expect((await app.service.endpoint({ partner: 'schedule', id })).enabled).toBe(true);
  });

  test('nothing but 2xx is a success: redirects are not followed', async () => {
    const [shop, elsewhere] = [await receiver(), await receiver()];
    const { id } = await app.endpoint('redirect', shop.url);
    shop.headers = { location: elsewhere.url };
    for (const status of [301, 302, 307, 308]) {
      shop.status = status;
      await app.publish(orderChanged(`r${status}`, 1, 'ACCEPTED', 'redirect'));
      const delivery = await app.delivery('redirect', id, ({ lastStatus }) => lastStatus === status);
      expect(delivery).toMatchObject({ state: 'PENDING', log: [{ status, error: 'redirects are not followed' }] });
    }
    expect(elsewhere.received).toEqual([]);
  });

  test('410 disables at once, with an exception here and an event there; enabling it again ends both', async () => {
    const [gone, other] = [await receiver(), await receiver()];
    gone.status = 410;
    const { id } = await app.endpoint('gone', gone.url);
    await app.endpoint('gone', other.url, { eventTypes: ['webhook.disabled'] });
    await app.publish(orderChanged('g1', 1, 'ACCEPTED', 'gone'));
    await other.until(() => other.received.length === 1);
    expect(other.received[0]?.event).toMatchObject({ type: 'webhook.disabled', data: { endpoint: id, reason: 'GONE' } }); // prettier-ignore
    const disabled = await app.service.endpoint({ partner: 'gone', id });
    expect(disabled).toMatchObject({ enabled: false, disabledReason: 'GONE', disabledAt: expect.any(String) });
    expect(await troubles(id)).toEqual([EXCEPTION_OPENED]);
    await app.publish(orderChanged('g2', 1, 'ACCEPTED', 'gone'));
    await app.messaging.drain();
    expect(gone.received.length).toBe(1);
    expect(await codeOf(app.service.test({ partner: 'gone', id }))).toBe('ENDPOINT_DISABLED');
    gone.status = 204;
    await app.service.updateEndpoint({ partner: 'gone', id, url: gone.url, expectedVersion: disabled.version });
    expect(await troubles(id)).toEqual([EXCEPTION_OPENED, EXCEPTION_CLEARED]);
    // Nothing comes by itself of what happened meanwhile.
    await app.messaging.drain();
    expect(gone.received.length).toBe(1);
    const from = disabled.createdAt;
    expect(await app.service.replay({ partner: 'gone', id, what: 'ALL', from })).toEqual({ queued: 3 });
    await gone.until(() => gone.received.length === 4);
    expect(gone.types().slice(1).sort()).toEqual(['order.accepted', 'order.accepted', 'webhook.disabled']);
  });

  test('nothing taken for 120 hours disables; a success in between starts the count anew', async () => {
    const shop = await receiver();
    shop.status = 503;
    const { id } = await app.endpoint('failing', shop.url);
    const failOnce = async (order: string): Promise<void> => {
      const before = shop.received.length;
      await app.publish(orderChanged(order, 1, 'ACCEPTED', 'failing'));
      await shop.until(() => shop.received.length > before);
      await app.messaging.drain();
    };
    await failOnce('f1');
    expect(await app.service.endpoint({ partner: 'failing', id })).toMatchObject({ failingSince: expect.any(String) });
    await app.database.query(`update webhooks.endpoint set failing_since = now() - interval '119 hours' where id = $1`, [id]); // prettier-ignore
    await failOnce('f2');
    expect(await app.service.endpoint({ partner: 'failing', id })).toMatchObject({ enabled: true });
    shop.status = 200;
    await failOnce('f3');
    expect(await app.service.endpoint({ partner: 'failing', id })).not.toHaveProperty('failingSince');
    shop.status = 503;
    await failOnce('f4');
    await app.database.query(`update webhooks.endpoint set failing_since = now() - interval '120 hours' where id = $1`, [id]); // prettier-ignore
    await failOnce('f5');
    const disabled = await app.service.endpoint({ partner: 'failing', id });
    expect(disabled).toMatchObject({ enabled: false, disabledReason: 'FAILING' });
    const { deliveries } = await app.service.deliveries({ partner: 'failing', id, state: 'PENDING' });
    expect(deliveries).toEqual([]);
    expect((await eventsOf('failing', { type: 'webhook.disabled' })).length).toBe(1);
  });

  test('Retry-After is obeyed: by the delivery, and by everything else for that endpoint', async () => {
    const shop = await receiver();
    shop.status = 429;
    shop.headers = { 'retry-after': '7200' };
    const { id } = await app.endpoint('busy', shop.url);
    await app.publish(orderChanged('b1', 1, 'ACCEPTED', 'busy'));
    const delivery = await app.delivery('busy', id, ({ attempts }) => attempts === 1);
    expect(Date.parse(delivery.nextAttemptAt ?? '') - Date.parse(delivery.createdAt)).toBeGreaterThanOrEqual(7_200_000);
    shop.status = 204;
    await app.publish(orderChanged('b2', 1, 'ACCEPTED', 'busy'));
    await app.messaging.drain();
    expect(shop.received.length).toBe(1);
    await app.pass(id, 7_200);
    await shop.until(() => shop.received.length === 3);
  });

  test('a receiver that says nothing has 15 seconds at most, here one; what it would have said does not count', async () => {
    const shop = await receiver();
    let answer: () => void = () => undefined;
    shop.beforeAnswer = () => new Promise((done) => (answer = done));
    const { id } = await app.endpoint('silent', shop.url);
    await app.publish(orderChanged('t1', 1, 'ACCEPTED', 'silent'));
    const delivery = await app.delivery('silent', id, ({ attempts }) => attempts === 1);
    expect(delivery).toMatchObject({ state: 'PENDING', log: [{ error: 'no whole answer within 1000 ms' }] });
    expect(delivery).not.toHaveProperty('lastStatus');
    answer();
  });

  test('endpoints that do not answer hold up nobody, however many there are', async () => {
    const good = await receiver();
    const silent = await Promise.all(Array.from({ length: 12 }, receiver));
    for (const each of silent) each.beforeAnswer = () => new Promise(() => undefined);
    await app.endpoint('side', good.url);
    for (const { url } of silent) await app.endpoint('side', url);
    // With four places for the quick ones, twelve silent ones have been found out after three timeouts.
    await app.publish(orderChanged('d0', 1, 'ACCEPTED', 'side'));
    for (const each of silent) await each.until(() => each.received.length > 0);
    await good.until(() => good.received.length === 1);
    const slow = async () =>
      (await app.database.query(`select 1 from webhooks.endpoint where partner = 'side' and slow`)).rows.length;
    while ((await slow()) < 12) await new Promise((resume) => setTimeout(resume, 20));
    const waiting = silent.map(({ received }) => received.length);
    for (const order of ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']) {
      const before = good.received.length;
      await app.publish(orderChanged(order, 1, 'ACCEPTED', 'side'));
      await good.until(() => good.received.length > before);
    }
    expect(good.received.length).toBe(7);
    // Six orders went out while no silent one can have had more than a few of its own tries.
    expect(silent.some(({ received }, index) => received.length < (waiting[index] ?? 0) + 6)).toBe(true);
  });

  test('while the secret is rotated both sign; the old one dies at the time that was told', async () => {
    const shop = await receiver();
    const { id, secret } = await app.endpoint('rotate', shop.url);
    const rotated = await app.service.rotateSecret({ partner: 'rotate', id, overlapHours: 2 });
    expect(Date.parse(rotated.previousSecretUntil ?? '') - Date.parse(rotated.updatedAt)).toBe(2 * HOUR * 1000);
    expect(await codeOf(app.service.rotateSecret({ partner: 'rotate', id }))).toBe('ROTATION_RUNNING');
    await app.publish(orderChanged('k1', 1, 'ACCEPTED', 'rotate'));
    await shop.until(() => shop.received.length === 1);
    expect([secret, rotated.secret].map((each) => isSigned(shop.received[0]!, each))).toEqual([true, true]);
    await app.database.query(`update webhooks.endpoint set previous_until = now() where id = $1`, [id]);
    await app.publish(orderChanged('k2', 1, 'ACCEPTED', 'rotate'));
    await shop.until(() => shop.received.length === 2);
    expect([secret, rotated.secret].map((each) => isSigned(shop.received[1]!, each))).toEqual([false, true]);
    const atOnce = await app.service.rotateSecret({ partner: 'rotate', id, overlapHours: 0 });
    expect(atOnce).not.toHaveProperty('previousSecretUntil');
  });

  test('a test goes to one endpoint, whatever it wants; one delivery, all that failed and all of a time are sent again', async () => {
    const [shop, other] = [await receiver(), await receiver()];
    const { id, createdAt } = await app.endpoint('again', shop.url, { eventTypes: ['order.accepted'] });
    await app.endpoint('again', other.url, { eventTypes: ['order.held'] });
    const test = await app.service.test({ partner: 'again', id });
    expect(test).toMatchObject({ eventType: 'webhook.test', state: 'PENDING', endpoint: id });
    await app.delivery('again', id, ({ state }) => state === 'DELIVERED');
    shop.status = 500;
    for (const order of ['x1', 'x2', 'x3']) await app.publish(orderChanged(order, 1, 'ACCEPTED', 'again'));
    await shop.until(() => shop.received.length >= 4);
    await app.messaging.drain();
    await app.database.query(`update webhooks.delivery set state = 'FAILED', next_at = null, finished_at = now() where endpoint = $1 and state = 'PENDING'`, [id]); // prettier-ignore
    shop.status = 204;
    const { deliveries } = await app.service.deliveries({ partner: 'again', id, state: 'FAILED' });
    const one = deliveries[0]!;
    expect(deliveries.length).toBe(3);
    expect((await app.service.deliveries({ partner: 'again', id, event: one.event })).deliveries).toEqual([one]);
    expect(await app.service.redeliver({ partner: 'again', id: one.id })).toMatchObject({ state: 'PENDING', attempts: 0 }); // prettier-ignore
    await app.delivery('again', id, ({ state }) => state === 'DELIVERED');
    expect(shop.received.at(-1)?.id).toBe(one.event);
    expect(await app.service.replay({ partner: 'again', id, what: 'FAILED', from: createdAt })).toEqual({ queued: 2 });
    await app.messaging.drain();
    expect((await app.service.deliveries({ partner: 'again', id, state: 'FAILED' })).deliveries).toEqual([]);
    const before = shop.received.length;
    expect(await app.service.replay({ partner: 'again', id, what: 'ALL', from: createdAt })).toEqual({ queued: 3 });
    await shop.until(() => shop.received.length === before + 3);
    const later = new Date(Date.now() + 60_000).toISOString();
    expect(await app.service.replay({ partner: 'again', id, what: 'ALL', from: later })).toEqual({ queued: 0 });
    expect(other.received).toEqual([]);
  });

  test('the feed goes on from its cursor, by type and by subject, and says when the cursor is too old', async () => {
    for (const order of ['p1', 'p2', 'p3'])
      await app.publish(orderChanged(order, 1, 'ACCEPTED', 'feed'), orderChanged(order, 2, 'RELEASED', 'feed'));
    await app.messaging.drain();
    const first = await app.service.events({ partner: 'feed', limit: 4 });
    const rest = await app.service.events({ partner: 'feed', since: first.next });
    expect([first.events.length, first.more, rest.events.length, rest.more]).toEqual([4, true, 2, false]);
    const none = await app.service.events({ partner: 'feed', since: rest.next });
    expect([none.events, none.next, none.more]).toEqual([[], rest.next, false]);
    await app.publish(orderChanged('p1', 3, 'SHIPPED', 'feed'));
    await app.messaging.drain();
    expect((await app.service.events({ partner: 'feed', since: none.next })).events).toMatchObject([{ type: 'order.shipped', sequence: 3 }]); // prettier-ignore
    expect((await eventsOf('feed', { type: 'order.released' })).length).toBe(3);
    const p1 = await eventsOf('feed', { subjectType: 'order', subjectId: 'p1' });
    expect(p1.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await codeOf(app.service.events({ partner: 'feed', subjectId: 'p1' }))).toBe('SUBJECT_INCOMPLETE');
    expect(await codeOf(app.service.events({ partner: 'feed', type: 'order.held', since: first.next }))).toBe('CURSOR_INVALID'); // prettier-ignore
    expect(await codeOf(app.service.events({ partner: 'other', since: first.next }))).toBe('CURSOR_INVALID');
    await app.database.query(`update webhooks.event set recorded_at = now() - interval '31 days' where partner = 'feed' and position <= 6`); // prettier-ignore
    await app.database.query(`update messaging.job set run_at = now() where queue = 'webhooks.forget'`);
    while ((await eventsOf('feed')).length > 1) await new Promise((resume) => setTimeout(resume, 20));
    expect(await codeOf(app.service.events({ partner: 'feed', since: first.next }))).toBe('EVENTS_EXPIRED');
    expect((await app.service.events({ partner: 'feed', since: rest.next })).events.length).toBe(1);
    // Its number goes on although what came before is forgotten.
    expect(await eventsOf('feed')).toMatchObject([{ sequence: 3 }]);
  });

  test('an event that comes again changes nothing', async () => {
    await app.publish(orderChanged('y1', 1, 'ACCEPTED', 'twice'));
    await app.messaging.drain();
    expect(await app.messaging.subscriptions.replay('webhooks', '0')).toBeGreaterThan(0);
    await app.messaging.drain();
    expect(await eventsOf('twice')).toMatchObject([{ type: 'order.accepted', sequence: 1 }]);
  });

  test('many writers at once: places and numbers without a gap', async () => {
    const orders = Array.from({ length: 20 }, (_, index) => `m${index}`);
    await Promise.all(
      orders.map(async (order) => {
        for (const [version, status] of [[1, 'ACCEPTED'], [2, 'RELEASED'], [3, 'SHIPPED']] as const) await app.publish(orderChanged(order, version, status, 'many')); // prettier-ignore
      }),
    );
    await app.messaging.drain();
    for (const order of orders) {
      const events = await eventsOf('many', { subjectType: 'order', subjectId: order });
      expect(events.map(({ type, sequence }) => `${sequence} ${type}`)).toEqual(['1 order.accepted', '2 order.released', '3 order.shipped']); // prettier-ignore
    }
    const { rows } = await app.database.query(`select position from webhooks.event where partner = 'many' order by position`); // prettier-ignore
    expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  test('exceptions are told once, without what only we may know; a parked line by its own name', async () => {
    const trouble = { tier: 'BUSINESS' as const, partner: 'trouble', cause: 'secret words of a backend', suggestedAction: 'ask Dana' }; // prettier-ignore
    const held = { domain: 'orders', code: 'CREDIT_HOLD', object: { type: 'order', id: 'e1' } };
    const parked = { domain: 'orders', code: 'ITEM_UNKNOWN', object: { type: 'order', id: 'e1' }, line: 2 };
    const ours = { domain: 'jobs', code: 'JOB_FAILED', object: { type: 'job', id: '7' } };
    for (const each of [held, parked, ours, held])
      await app.publish(exceptionOpened('process/orders', { ...each, ...trouble, order: 'e1' }));
    await app.publish(...[parked, ours, held].map((each) => exceptionCleared('process/orders', each, 'Dana did it')));
    await app.messaging.drain();
    const events = await eventsOf('trouble');
    expect(events.map(({ type, sequence }) => `${type} ${sequence}`)).toEqual([
      'exception.opened 1',
      'order.line.parked 2',
      'order.line.resumed 3',
      'exception.cleared 4',
    ]);
    expect(events[1]?.data).toEqual({ order: 'e1', line: 2, code: 'ITEM_UNKNOWN' });
    expect(JSON.stringify(events)).not.toMatch(/Dana|secret words/);
  });
});

describe('endpoints', () => {
  let app: TestWebhooks;
  let shop: TestReceiver;
  beforeAll(async () => {
    app = await testWebhooks();
    shop = await TestReceiver.start();
  });
  afterAll(async () => {
    await app.close();
    await shop.close();
  });

  test('what another partner has is not found, by any way there is', async () => {
    const { id, createdAt } = await app.endpoint('mine', shop.url);
    const delivery = await app.service.test({ partner: 'mine', id });
    await app.messaging.drain();
    const partner = 'stranger';
    const { service } = app;
    const attempts = {
      endpoint: service.endpoint({ partner, id }),
      update: service.updateEndpoint({ partner, id, url: shop.url }),
      delete: service.deleteEndpoint({ partner, id }),
      rotate: service.rotateSecret({ partner, id }),
      test: service.test({ partner, id }),
      deliveries: service.deliveries({ partner, id }),
      replay: service.replay({ partner, id, what: 'ALL', from: createdAt }),
      delivery: service.delivery({ partner, id: delivery.id }),
      redeliver: service.redeliver({ partner, id: delivery.id }),
      event: service.event({ partner, id: delivery.event }),
    };
    const codes = await Promise.all(Object.entries(attempts).map(async ([what, work]) => [what, await codeOf(work)]));
    expect(Object.fromEntries(codes)).toEqual({
      ...{ endpoint: 'ENDPOINT_UNKNOWN', update: 'ENDPOINT_UNKNOWN', delete: 'ENDPOINT_UNKNOWN', rotate: 'ENDPOINT_UNKNOWN' },
      ...{ test: 'ENDPOINT_UNKNOWN', deliveries: 'ENDPOINT_UNKNOWN', replay: 'ENDPOINT_UNKNOWN' },
      ...{ delivery: 'DELIVERY_UNKNOWN', redeliver: 'DELIVERY_UNKNOWN', event: 'EVENT_UNKNOWN' },
    }); // prettier-ignore
    expect(await service.endpoints({ partner })).toEqual({ endpoints: [] });
    expect((await service.events({ partner })).events).toEqual([]);
    expect(shop.received.length).toBe(1);
  });

  test('are changed in the version that was seen, and deleted with what was on its way', async () => {
    const made = await app.endpoint('edit', shop.url, { description: 'first', eventTypes: ['order.held'] });
    const { id, version } = made;
    const changed = await app.service.updateEndpoint({ partner: 'edit', id, url: shop.url, enabled: false, expectedVersion: version }); // prettier-ignore
    expect(changed).toMatchObject({ enabled: false, disabledReason: 'BY_PARTNER', version: version + 1 });
    expect(changed).not.toHaveProperty('description');
    expect(changed).not.toHaveProperty('eventTypes');
    const stale = { partner: 'edit', id, expectedVersion: version };
    expect(await codeOf(app.service.updateEndpoint({ ...stale, url: shop.url }))).toBe('VERSION_STALE');
    expect(await codeOf(app.service.deleteEndpoint(stale))).toBe('VERSION_STALE');
    await app.service.deleteEndpoint({ partner: 'edit', id });
    expect(await codeOf(app.service.endpoint({ partner: 'edit', id }))).toBe('ENDPOINT_UNKNOWN');
    const { rows } = await app.database.query(`select 1 from webhooks.delivery where endpoint = $1`, [id]);
    expect(rows).toEqual([]);
  });

  test('twenty of a partner at most, also when they are made at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 25 }, () => codeOf(app.endpoint('lots', shop.url))));
    expect(made.filter((code) => code === 'nothing').length).toBe(20);
    expect(new Set(made)).toEqual(new Set(['nothing', 'ENDPOINTS_TOO_MANY']));
  });

  test('inner addresses are refused when they are registered, and at every attempt', async () => {
    const strict = await testWebhooks({}, '');
    try {
      for (const url of [
        'http://127.0.0.1:1/',
        'https://10.0.0.1/',
        'https://[::1]/',
        'https://169.254.169.254/',
        'https://localhost/',
      ])
        // prettier-ignore
        expect([url, await codeOf(strict.endpoint('inner', url))]).toEqual([url, 'TARGET_REFUSED']);
      expect(await codeOf(strict.endpoint('inner', 'http://8.8.8.8/'))).toBe('ENDPOINT_NOT_HTTPS');
      expect(await codeOf(strict.endpoint('inner', 'https://me:secret@8.8.8.8/'))).toBe('TARGET_INVALID');
      const { id } = await strict.endpoint('inner', 'https://8.8.8.8/', { enabled: true });
      // Registered when it was public; inner when it is called.
      await strict.database.query(`update webhooks.endpoint set url = $2 where id = $1`, [id, shop.url]);
      const before = shop.received.length;
      await strict.publish(orderChanged('i1', 1, 'ACCEPTED', 'inner'));
      const delivery = await strict.delivery('inner', id, ({ attempts }) => attempts === 1);
      expect(delivery.log[0]?.error).toContain('TARGET_REFUSED');
      expect(shop.received.length).toBe(before);
    } finally {
      await strict.close();
    }
  });
});
