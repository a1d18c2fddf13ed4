import type { CrossdockEvent } from '#canonical/event';
import { testMessaging } from '#testing/messaging';
import type { TestMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import { messagingMigrations } from './migrations';

let test: TestDatabase;
let messaging: TestMessaging;

beforeAll(async () => (test = await testDatabase(messagingMigrations)));
afterAll(() => test.close());
beforeEach(async () => {
  await test.asOwner('truncate messaging.job, messaging.outbox, messaging.subscription restart identity');
  messaging = testMessaging(test.database);
});
afterEach(() => messaging.stop());

const fact = (position: number, partitionKey = 'order-1', type = 'crossdock.test.counted.v1') => ({
  type,
  source: 'process/test',
  subject: partitionKey,
  partitionKey,
  data: { position },
});
type Counted = CrossdockEvent<{ position: number }>;

it('every subscriber gets every event, in order within its partition key', async () => {
  const each: Counted[] = [];
  const batched: Counted[] = [];
  messaging.subscriptions.each<Counted['data']>('one', fact(0).type, (event) => {
    each.push(event);
    return Promise.resolve();
  });
  messaging.subscriptions.batch<Counted['data']>('two', fact(0).type, (events) => {
    batched.push(...events);
    return Promise.resolve();
  });
  await messaging.start();
  for (let position = 0; position < 60; position += 2) {
    await test.database.transaction((tx) =>
      messaging.outbox.publish(tx, [fact(position), fact(position + 1), fact(position, 'order-2')]),
    );
  }
  await messaging.drain();
  for (const seen of [each, batched]) {
    const first = seen.filter((event) => event.partitionkey === 'order-1');
    expect(first.map((event) => event.data.position)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    expect(seen).toHaveLength(90);
  }
});

it('an event is a CloudEvent with our extensions, its sequence grows and its time is that of the database', async () => {
  const seen: Counted[] = [];
  messaging.subscriptions.each<Counted['data']>('one', '*', (event) => {
    seen.push(event);
    return Promise.resolve();
  });
  await messaging.start();
  await messaging.outbox.publish(test.database, [{ ...fact(1), correlationId: 'c-1', causationId: 'e-0' }, fact(2)]);
  await messaging.drain();
  const [first, second] = seen;
  expect(first).toMatchObject({
    specversion: '1.0',
    type: 'crossdock.test.counted.v1',
    source: 'process/test',
    subject: 'order-1',
    partitionkey: 'order-1',
    datacontenttype: 'application/json',
    correlationid: 'c-1',
    causationid: 'e-0',
    data: { position: 1 },
  });
  expect(first?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(second?.correlationid).toBe(second?.id);
  expect(Number(second?.sequence)).toBeGreaterThan(Number(first?.sequence));
});

it('an event of a transaction that rolls back is never told', async () => {
  const seen: unknown[] = [];
  messaging.subscriptions.each('one', fact(0).type, (event) => Promise.resolve(void seen.push(event)));
  await messaging.start();
  const rolledBack = test.database.transaction(async (tx) => {
    await messaging.outbox.publish(tx, [fact(1)]);
    throw new Error('no');
  });
  await expect(rolledBack).rejects.toThrow('no');
  await messaging.outbox.publish(test.database, [fact(2)]);
  await messaging.drain();
  expect(seen).toHaveLength(1);
});

it('an event committed late with a smaller id is still dispatched', async () => {
  const seen: number[] = [];
  messaging.subscriptions.each<Counted['data']>('one', fact(0).type, (event) =>
    Promise.resolve(void seen.push(event.data.position)),
  );
  await messaging.start();
  await test.database.transaction(async (tx) => {
    await messaging.outbox.publish(tx, [fact(1, 'slow')]);
    await messaging.outbox.publish(test.database, [fact(2, 'fast')]);
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  await messaging.drain();
  expect(seen).toEqual([2, 1]);
});

it('a batch subscriber keeps the order between types', async () => {
  const seen: string[] = [];
  for (const type of ['a', 'b']) {
    messaging.subscriptions.batch<Counted['data']>('projection', type, (events) =>
      Promise.resolve(void seen.push(...events.map((event) => `${type}${event.data.position}`))),
    );
  }
  await messaging.start();
  await messaging.outbox.publish(test.database, [
    fact(1, 'k', 'a'),
    fact(2, 'k', 'a'),
    fact(3, 'k', 'b'),
    fact(4, 'k', 'a'),
  ]);
  await messaging.drain();
  expect(seen).toEqual(['a1', 'a2', 'b3', 'a4']);
});

it('what one handler takes comes in as few calls as the order within partition keys allows', async () => {
  const calls: string[][] = [];
  const note = (events: readonly Counted[]) =>
    Promise.resolve(void calls.push(events.map(({ type, partitionkey }) => `${type} ${partitionkey}`)));
  for (const type of ['a', 'b']) messaging.subscriptions.batch<Counted['data']>('projection', type, note);
  messaging.subscriptions.batch<Counted['data']>('projection', 'c', (events) => note(events));
  await messaging.start();
  // One statement, so one round of the relay and one claim.
  await messaging.outbox.publish(test.database, [
    ...[fact(1, 'k', 'a'), fact(1, 'm', 'c'), fact(1, 'l', 'b'), fact(2, 'k', 'c')],
    ...[fact(2, 'l', 'a'), fact(2, 'm', 'b'), fact(3, 'k', 'b'), fact(3, 'l', 'c')],
  ]);
  await messaging.drain();
  expect(calls).toEqual([
    ['a k', 'b l', 'a l'],
    ['c m', 'c k', 'c l'],
    ['b m', 'b k'],
  ]);
});

it('a replay sends a subscriber its events again and no other subscriber anything', async () => {
  const counts = { one: 0, two: 0 };
  for (const subscriber of ['one', 'two'] as const) {
    messaging.subscriptions.each(subscriber, fact(0).type, () => Promise.resolve(void (counts[subscriber] += 1)));
  }
  await messaging.start();
  await messaging.outbox.publish(test.database, [fact(1), fact(2), fact(3)]);
  await messaging.drain();
  expect(await messaging.subscriptions.replay('one', '2')).toBe(2);
  await messaging.drain();
  expect(counts).toEqual({ one: 5, two: 3 });
});

it('a new subscription gets what comes from now on, or all that is kept when it asks for it', async () => {
  await messaging.start();
  await messaging.outbox.publish(test.database, [fact(1), fact(2)]);
  await messaging.drain();
  await messaging.stop();
  messaging = testMessaging(test.database);
  const seen: Record<string, number[]> = { now: [], beginning: [] };
  for (const from of ['now', 'beginning'] as const) {
    const note = (event: Counted) => Promise.resolve(void seen[from]?.push(event.data.position));
    messaging.subscriptions.each<Counted['data']>(from, fact(0).type, note, { from });
  }
  await messaging.start();
  await messaging.outbox.publish(test.database, [fact(3)]);
  await messaging.drain();
  expect(seen).toEqual({ now: [3], beginning: [1, 2, 3] });
});
