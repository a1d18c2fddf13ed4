import { Database } from '#persistence/database';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { gatewayMigrations } from '../../migrations/1764000000000-gateway';
import { IdempotencyStore, type Attempt, type IdempotencySlot } from './idempotency.store';

let fixture: TestDatabase;
let store: IdempotencyStore;

beforeAll(async () => {
  fixture = await testDatabase(gatewayMigrations);
  store = new IdempotencyStore(fixture.database, { idempotencyLeaseSeconds: 60, idempotencyDays: 30 });
});
afterAll(() => fixture.close());

const slot = (key: string): IdempotencySlot => ({ partner: 'acme', operation: 'POST /notes', key });
const outcomes = (attempts: readonly Attempt[]): string[] => attempts.map(({ outcome }) => outcome);
/** Called in one turn of the event loop, they go to the database together. */
const together = (keys: readonly string[], hash: (index: number) => string = () => 'h'): Promise<Attempt[]> =>
  Promise.all(keys.map((key, index) => store.begin(slot(key), hash(index))));
const answerOf = (key: string) => ({ status: 201, headers: { etag: `"${key}"` }, body: `{"key":"${key}"}` });

describe('requests that come together', () => {
  test.each([1, 2, 70])(
    '%s of them under keys of their own all run, and each gets its own answer again',
    async (count) => {
      const keys = Array.from({ length: count }, (_, index) => `own-${count}-${index}`);
      const first = await together(keys);
      expect(outcomes(first)).toEqual(keys.map(() => 'run'));
      await Promise.all(keys.map((key, index) => store.finish(slot(key), fenceOf(first[index]), answerOf(key))));
      expect(await together([...keys].reverse())).toEqual(
        [...keys].reverse().map((key) => ({ outcome: 'done', answer: answerOf(key) })),
      );
    },
  );

  test('under one key one runs; the others are told that it runs, or that it was another request', async () => {
    const attempts = await together(['same', 'same', 'beside', 'same'], (index) => (index === 3 ? 'other' : 'h'));
    expect(outcomes(attempts)).toEqual(['run', 'running', 'run', 'other-request']);
  });

  test('what one released is free for the next, and what another finished meanwhile stays', async () => {
    const [freed, kept] = await together(['freed', 'kept']);
    await Promise.all([
      store.release(slot('freed'), fenceOf(freed)),
      store.finish(slot('kept'), fenceOf(kept), answerOf('kept')),
    ]);
    // A release that comes late is of an attempt that is over.
    await store.release(slot('kept'), fenceOf(kept));
    expect(outcomes(await together(['freed', 'kept']))).toEqual(['run', 'done']);
  });

  test('an attempt whose lease is over is run again under a higher fence, beside others that are new', async () => {
    const [dead] = await together(['dead']);
    await fixture.database.query(
      `update gateway.idempotency set lease_until = now() - interval '1 second' where key = 'dead'`,
    );
    const [again, fresh] = await together(['dead', 'fresh']);
    expect([fenceOf(dead), fenceOf(again), fenceOf(fresh)]).toEqual(['1', '2', '1']);
    await store.finish(slot('dead'), fenceOf(dead), answerOf('late'));
    expect(outcomes(await together(['dead']))).toEqual(['running']);
  });

  test('only its own commits do not wait for the disk: the connection goes on as it was', async () => {
    const one = await Database.connect({ url: fixture.url, poolSize: 1 });
    try {
      const alone = new IdempotencyStore(one, { idempotencyLeaseSeconds: 60, idempotencyDays: 30 });
      const setting = async () => (await one.query('show synchronous_commit')).rows;
      const attempt = await alone.begin(slot('soon'), 'h');
      expect(await setting()).toEqual([{ synchronous_commit: 'on' }]);
      await alone.finish(slot('soon'), fenceOf(attempt), answerOf('soon'));
      expect(await setting()).toEqual([{ synchronous_commit: 'on' }]);
      expect(outcomes(await together(['soon']))).toEqual(['done']);
    } finally {
      await one.close();
    }
  });

  test('two processes with the same keys in other orders: one of the two runs each', async () => {
    const other = new IdempotencyStore(fixture.database, { idempotencyLeaseSeconds: 60, idempotencyDays: 30 });
    const keys = Array.from({ length: 40 }, (_, index) => `two-${index}`);
    const [mine, theirs] = await Promise.all([
      together(keys),
      Promise.all([...keys].reverse().map((key) => other.begin(slot(key), 'h'))),
    ]);
    const pairs = keys.map((_, index) => outcomes([mine[index]!, theirs[keys.length - 1 - index]!]).sort());
    expect(pairs).toEqual(keys.map(() => ['run', 'running']));
  });
});

function fenceOf(attempt: Attempt | undefined): string {
  return attempt?.outcome === 'run' ? attempt.fence : '';
}
