import { testMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import type { Inbox, InboundMessage, Receipt } from './inbox';
import { messagingMigrations } from './migrations';

let test: TestDatabase;
let inbox: Inbox;

beforeAll(async () => {
  test = await testDatabase(messagingMigrations);
  inbox = testMessaging(test.database).inbox;
});
afterAll(() => test.close());

const receive = (message: Partial<InboundMessage>): Promise<Receipt> =>
  test.database.transaction((tx) =>
    inbox.receive(tx, { source: 'wms-1', messageId: 'm', contentType: 'text/plain', body: 'body', ...message }),
  );

it('a message is archived as it came, byte for byte', async () => {
  const body = Buffer.from([0, 255, 13, 10, 0]);
  const { id, outcome } = await receive({ messageId: 'raw', body, headers: { 'x-event': 'shipped' } });
  expect(outcome).toBe('new');
  expect(await inbox.read(id)).toMatchObject({
    id,
    source: 'wms-1',
    messageId: 'raw',
    body,
    headers: { 'x-event': 'shipped' },
  });
});

it('the same message again is a duplicate, from another source it is new', async () => {
  const first = await receive({ messageId: 'twice' });
  expect(await receive({ messageId: 'twice' })).toEqual({ id: first.id, outcome: 'duplicate' });
  expect((await receive({ messageId: 'twice', source: 'wms-2' })).outcome).toBe('new');
});

it('the same id with another body is a conflict, kept once and never an overwrite', async () => {
  const first = await receive({ messageId: 'changed' });
  const conflict = await receive({ messageId: 'changed', body: 'other' });
  expect(conflict.outcome).toBe('conflict');
  expect(await receive({ messageId: 'changed', body: 'other' })).toEqual(conflict);
  expect((await inbox.read(first.id))?.body.toString()).toBe('body');
  expect((await inbox.read(conflict.id))?.body.toString()).toBe('other');
});

it('many deliveries of one message at once: one is new', async () => {
  const outcomes = await Promise.all(Array.from({ length: 15 }, () => receive({ messageId: 'rush' })));
  expect(outcomes.filter(({ outcome }) => outcome === 'new')).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(14);
});

it('a message whose transaction rolls back was not received', async () => {
  const refused = test.database.transaction(async (tx) => {
    await inbox.receive(tx, { source: 's', messageId: 'later', contentType: 'text/plain', body: 'x' });
    throw new Error('mapping failed');
  });
  await expect(refused).rejects.toThrow();
  expect((await receive({ source: 's', messageId: 'later' })).outcome).toBe('new');
});
