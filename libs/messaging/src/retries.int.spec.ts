import { CrossdockError } from '#canonical/errors';
import { testMessaging } from '#testing/messaging';
import type { TestMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import { messagingMigrations } from './migrations';

const AWAY = new CrossdockError({ code: 'BACKEND_AWAY', kind: 'unavailable' });

let test: TestDatabase;
let messaging: TestMessaging;

beforeAll(async () => {
  test = await testDatabase(messagingMigrations);
  await test.asOwner(
    'create table answer (position int not null, xid xid8 not null default pg_current_xact_id()); grant all on answer to public',
  );
});
afterAll(() => test.close());

beforeEach(async () => {
  await test.asOwner('truncate answer, messaging.job');
  messaging = testMessaging(test.database);
});
afterEach(() => messaging.stop());

interface Row {
  state: string;
  attempts: number;
  defects: number;
  wait: number;
}
const jobRow = async (): Promise<Row | undefined> => {
  const { rows } = await test.database.query<Row>(
    `select state, attempts, defects, extract(epoch from run_at - now())::float8 as wait from messaging.job where queue = 'q'`,
  );
  return rows[0];
};
const until = async (holds: (row: Row | undefined) => boolean): Promise<Row | undefined> => {
  for (let tries = 0; tries < 4_000; tries += 1) {
    const row = await jobRow();
    if (holds(row)) return row;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`it did not come to that: ${JSON.stringify(await jobRow())}`);
};
const enqueue = (count = 1, more: object = {}): Promise<void> =>
  messaging.jobs.enqueue(
    test.database,
    Array.from({ length: count }, (_, position) => ({ queue: 'q', payload: position, ...more })),
  );

describe('a backend that is away', () => {
  it('is asked again within the longest wait, however often it has not answered', async () => {
    messaging.jobs.handle('q', () => Promise.reject(AWAY), {
      maxAttempts: 10_000,
      maxDefects: 2,
      maxBackoffSeconds: 60,
    });
    await enqueue();
    await test.database.query("update messaging.job set attempts = 5000 where queue = 'q'");
    await messaging.start();
    const row = await until((each) => each?.state === 'ready' && each.attempts === 5001);
    expect(row?.wait).toBeGreaterThan(5);
    expect(row?.wait).toBeLessThanOrEqual(60);
    expect(row?.defects).toBe(0);
  });

  it('is waited for as long as it asked, when that is longer', async () => {
    const busy = new CrossdockError({ code: 'BACKEND_BUSY', kind: 'limited', retryAfter: 300 });
    messaging.jobs.handle('q', () => Promise.reject(busy), { maxBackoffSeconds: 60 });
    await enqueue();
    await messaging.start();
    const row = await until((each) => each?.state === 'ready' && each.attempts === 1);
    expect(row?.wait).toBeGreaterThan(240);
  });

  it('uses up no patience with faults of ours: they are counted apart, and end the job', async () => {
    const defect = new TypeError('a fault of ours');
    messaging.jobs.handle('q', ({ attempts }) => Promise.reject(attempts <= 4 ? AWAY : defect), {
      maxAttempts: 100,
      maxDefects: 3,
      backoffSeconds: 0.005,
    });
    await enqueue();
    await messaging.start();
    expect(await until((each) => each?.state === 'dead')).toMatchObject({ attempts: 7, defects: 3 });
  });

  it('a worker that vanishes with a job counts against it', async () => {
    messaging.jobs.handle('q', () => Promise.reject(AWAY), { maxAttempts: 100, maxDefects: 2 });
    await enqueue();
    await test.database.query(
      `update messaging.job set state = 'running', attempts = 9, defects = 1, max_attempts = 100, max_defects = 2,
              worker = 'gone', fence = 1, lease_until = now() - interval '1 second' where queue = 'q'`,
    );
    await messaging.start();
    expect(await until((each) => each?.state === 'dead')).toMatchObject({ defects: 2 });
  });
});

describe('answers recorded together', () => {
  const answers = async (): Promise<{ position: number; xid: string }[]> =>
    (await test.database.query<{ position: number; xid: string }>('select * from answer order by position')).rows;
  const insert = 'insert into answer (position) select unnest($1::int[])';

  it('commit in one transaction with the completion of their jobs', async () => {
    let asking = 0;
    let all = (): void => undefined;
    const asked = new Promise<void>((resolve) => (all = resolve));
    messaging.jobs.handleGathered(
      ['q'],
      async ({ payload }) => {
        asking += 1;
        if (asking === 8) all();
        await asked;
        return payload as number;
      },
      async (tx, positions) => {
        await tx.query(insert, [positions]);
        const { rows } = await tx.query("select 1 from messaging.job where queue = 'q'");
        expect(rows).toEqual([]);
      },
    );
    await enqueue(8);
    await messaging.start();
    await messaging.drain();
    const recorded = await answers();
    expect(recorded.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(recorded.map(({ xid }) => xid)).size).toBe(1);
  });

  it('a queue may ask for more at once than those that it is recorded with', async () => {
    const asking: Record<string, number> = { q: 0, narrow: 0 };
    let six = (): void => undefined;
    const asked = new Promise<void>((resolve) => (six = resolve));
    const most: number[] = [];
    messaging.jobs.handleGathered(
      ['q', 'narrow'],
      async ({ queue, payload }) => {
        asking[queue]! += 1;
        most.push(asking['narrow']!);
        if (asking['q'] === 6) six();
        if (queue === 'q') await asked;
        asking['narrow']! -= queue === 'narrow' ? 1 : 0;
        return payload as number;
      },
      async (tx, positions) => {
        await tx.query(insert, [positions]);
      },
      { concurrency: 1, concurrencyOf: { q: 6 } },
    );
    await enqueue(6);
    await messaging.jobs.enqueue(
      test.database,
      [6, 7, 8].map((payload) => ({ queue: 'narrow', payload })),
    );
    await messaging.start();
    await messaging.drain();
    expect((await answers()).map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(Math.max(...most)).toBe(1);
  });

  it('one that cannot be recorded is asked again alone, its neighbours once', async () => {
    const asked: number[] = [];
    let faults = 2;
    messaging.jobs.handleGathered(
      ['q'],
      ({ payload }) => {
        asked.push(payload as number);
        return Promise.resolve(payload as number);
      },
      async (tx, positions) => {
        await tx.query(insert, [positions]);
        if (positions.includes(3) && faults-- > 0) throw new Error('not this one');
      },
      { backoffSeconds: 0.01 },
    );
    await enqueue(6);
    await messaging.start();
    await messaging.drain();
    expect((await answers()).map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(asked.filter((each) => each === 3).length).toBeGreaterThan(1);
    expect(asked.filter((each) => each !== 3)).toHaveLength(5);
  });

  it('an answer whose lease was lost is not recorded', async () => {
    messaging = testMessaging(test.database, { leaseSeconds: 600 });
    messaging.jobs.handleGathered(
      ['q'],
      async ({ attempts }) => {
        if (attempts === 1) await test.database.query(`update messaging.job set fence = -1 where queue = 'q'`);
        return attempts;
      },
      async (tx, positions) => {
        await tx.query(insert, [positions]);
      },
    );
    await enqueue();
    await messaging.start();
    await until((each) => each?.state === 'running');
    await messaging.jobs.stop();
    expect(await answers()).toEqual([]);
  });

  it('what is recorded may give the same job again: nothing is dropped for a job that is just ending', async () => {
    messaging.jobs.handleGathered(
      ['q'],
      ({ payload }) => Promise.resolve(payload as number),
      async (tx, positions) => {
        await tx.query(insert, [positions]);
        if (positions.includes(0)) await messaging.jobs.enqueue(tx, [{ queue: 'q', payload: 1, key: 'k' }]);
      },
    );
    await enqueue(1, { key: 'k' });
    await messaging.start();
    await messaging.drain();
    expect((await answers()).map(({ position }) => position)).toEqual([0, 1]);
  });
});
