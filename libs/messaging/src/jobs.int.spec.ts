import { setTimeout as sleep } from 'node:timers/promises';
import { CrossdockError } from '#canonical/errors';
import { testMessaging } from '#testing/messaging';
import type { TestMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import type { Job } from './jobs';
import { Listener } from './listener';
import { messagingMigrations } from './migrations';

let test: TestDatabase;
let messaging: TestMessaging;

beforeAll(async () => {
  test = await testDatabase(messagingMigrations);
  await test.asOwner(
    'create table effect (job text not null, position int not null, at timestamptz default clock_timestamp()); grant all on effect to public',
  );
});
afterAll(() => test.close());

beforeEach(async () => {
  await test.asOwner('truncate effect, messaging.job, messaging.paused_queue');
  messaging = testMessaging(test.database);
});
afterEach(() => messaging.stop());

const record = (job: Job) => async (tx: { query(text: string, values: unknown[]): Promise<unknown> }) => {
  await tx.query('insert into effect (job, position) values ($1, $2)', [job.id, job.payload]);
};
const positions = async (): Promise<number[]> => {
  const { rows } = await test.database.query<{ position: number }>('select position from effect order by ctid');
  return rows.map((row) => row.position);
};
const numbered = (queue: string, count: number, more: object = {}) =>
  Array.from({ length: count }, (_, position) => ({ queue, payload: position, ...more }));

it('a job enqueued in a transaction that rolls back never runs', async () => {
  messaging.jobs.handle('q', (job) => Promise.resolve(record(job)));
  await messaging.start();
  const rolledBack = test.database.transaction(async (tx) => {
    await messaging.jobs.enqueue(tx, numbered('q', 1));
    throw new Error('business says no');
  });
  await expect(rolledBack).rejects.toThrow('business says no');
  await messaging.jobs.enqueue(test.database, [{ queue: 'q', payload: 7 }]);
  await messaging.drain();
  expect(await positions()).toEqual([7]);
});

it('draining waits for a job that was born after the clock of whoever looks', async () => {
  messaging.jobs.handle('q', (job) => Promise.resolve(record(job)));
  await messaging.start();
  await test.database.query(
    `insert into messaging.job (queue, payload, created_at, run_at)
     values ('q', '3', now() + interval '300 ms', now() + interval '300 ms')`,
  );
  await messaging.drain();
  expect(await positions()).toEqual([3]);
});

it('a timer that is due later than the next look wakes nobody; what is due now does', async () => {
  const notify = jest.spyOn(Listener.prototype, 'notify');
  await messaging.start();
  await messaging.jobs.enqueue(test.database, numbered('later', 3, { delaySeconds: 900 }));
  expect(notify).not.toHaveBeenCalled();
  await messaging.jobs.enqueue(test.database, [...numbered('later', 1, { delaySeconds: 900 }), ...numbered('now', 1)]);
  expect(notify).toHaveBeenCalledTimes(1);
  notify.mockRestore();
});

it('effect and completion commit together: each job takes effect once', async () => {
  messaging.jobs.handle('q', (job) => Promise.resolve(record(job)));
  await messaging.start();
  await test.database.transaction((tx) => messaging.jobs.enqueue(tx, numbered('q', 200)));
  await messaging.drain();
  expect((await positions()).sort((a, b) => a - b)).toEqual(numbered('', 200).map((job) => job.payload));
});

it('jobs of one order key run one at a time in the order they were enqueued, failures included', async () => {
  let active = 0;
  let overlap = 0;
  messaging.jobs.handle(
    'q',
    async (job) => {
      active += 1;
      overlap = Math.max(overlap, active);
      await sleep(1);
      active -= 1;
      if (job.payload === 3 && job.attempts === 1) throw new Error('first try fails');
      return record(job);
    },
    { backoffSeconds: 0.05 },
  );
  await messaging.start();
  await messaging.jobs.enqueue(test.database, numbered('q', 20, { orderKey: 'order-1' }));
  await messaging.drain();
  expect(await positions()).toEqual(numbered('', 20).map((job) => job.payload));
  expect(overlap).toBe(1);
});

it('a failing key in backoff does not delay its neighbours', async () => {
  messaging.jobs.handle(
    'q',
    (job) => (job.orderKey === 'poison' ? Promise.reject(new Error('poison')) : Promise.resolve(record(job))),
    { backoffSeconds: 3600 },
  );
  await messaging.start();
  await messaging.jobs.enqueue(test.database, numbered('q', 500, { orderKey: 'poison' }));
  await messaging.jobs.enqueue(test.database, numbered('q', 20));
  while ((await positions()).length < 20) await sleep(10);
  const tried = `select count(*)::int as jobs, sum(attempts)::int as attempts from messaging.job where order_key = 'poison'`;
  expect((await test.database.query(tried)).rows).toEqual([{ jobs: 500, attempts: 1 }]);
});

it('a batch failing because of one member is run one by one, and the key of the bad one stops', async () => {
  const sizes: number[] = [];
  messaging.jobs.handleBatch(
    'b',
    async (jobs, tx) => {
      sizes.push(jobs.length);
      for (const job of jobs) await record(job)(tx);
      if (jobs.some((job) => job.payload === 2)) {
        throw new CrossdockError({ code: 'BAD_MEMBER', kind: 'invalid' });
      }
    },
    { deadBlocksOrderKey: true },
  );
  await messaging.jobs.enqueue(test.database, numbered('b', 5, { orderKey: 'k' }));
  await messaging.jobs.enqueue(test.database, [{ queue: 'b', payload: 10, orderKey: 'other' }]);
  await messaging.start();
  while ((await positions()).length < 3) await sleep(10);
  // What comes later is claimed later: whatever could run beside it would have run by then.
  await messaging.jobs.enqueue(test.database, [{ queue: 'b', payload: 20, orderKey: 'later' }]);
  while ((await positions()).length < 4) await sleep(10);
  expect(await positions()).toEqual([0, 1, 10, 20]);
  expect(sizes[0]).toBe(6);
  const { jobs } = await messaging.operations.dead();
  expect(jobs.map((job) => [job.payload, job.lastError])).toEqual([[2, 'BAD_MEMBER: BAD_MEMBER']]);
  await messaging.operations.discard(jobs.map((job) => job.id));
  await messaging.drain();
  expect(await positions()).toEqual([0, 1, 10, 20, 3, 4]);
});

it('a refusal is dead at once, another error only after its attempts; both can be retried', async () => {
  let mend = false;
  messaging.jobs.handle(
    'q',
    (job) => {
      if (mend) return Promise.resolve(record(job));
      if (job.payload === 0) return Promise.reject(new CrossdockError({ code: 'NO', kind: 'refused' }));
      return Promise.reject(new Error('again'));
    },
    { maxAttempts: 3, backoffSeconds: 0.01 },
  );
  await messaging.start();
  await messaging.jobs.enqueue(test.database, numbered('q', 2));
  await messaging.drain();
  const { jobs } = await messaging.operations.dead({ queue: 'q' });
  expect(jobs.map((job) => job.attempts)).toEqual([1, 3]);
  mend = true;
  expect(await messaging.operations.retry(jobs.map((job) => job.id))).toBe(2);
  await messaging.drain();
  expect((await positions()).sort()).toEqual([0, 1]);
});

it('a key keeps a second unfinished job out, and a job can re-arm itself under its own key', async () => {
  let runs = 0;
  messaging.jobs.handle('q', () => {
    runs += 1;
    return Promise.resolve(async (tx) => {
      if (runs < 3) await messaging.jobs.enqueue(tx, [{ queue: 'q', key: 'tick', payload: null }]);
    });
  });
  await messaging.jobs.enqueue(test.database, [{ queue: 'q', key: 'tick', payload: null }]);
  await messaging.jobs.enqueue(test.database, [{ queue: 'q', key: 'tick', payload: null }]);
  await messaging.start();
  await messaging.drain();
  expect(runs).toBe(3);
});

it('a timer waits by the clock of the database and can be cancelled before it fires', async () => {
  messaging.jobs.handle('q', (job) => Promise.resolve(record(job)));
  await messaging.start();
  const { rows: before } = await test.database.query<{ now: Date }>('select clock_timestamp() as now');
  await messaging.jobs.enqueue(test.database, [
    { queue: 'q', key: 'kept', payload: 1, delaySeconds: 0.3 },
    { queue: 'q', key: 'cancelled', payload: 2, delaySeconds: 3600 },
  ]);
  expect(await messaging.jobs.cancel(test.database, 'q', 'cancelled')).toBe(true);
  while ((await positions()).length === 0) await sleep(10);
  const { rows } = await test.database.query(
    `select position, at >= $1::timestamptz + interval '0.3 second' as "notEarly" from effect`,
    [before[0]?.now],
  );
  expect(rows).toEqual([{ position: 1, notEarly: true }]);
  expect(await messaging.jobs.cancel(test.database, 'q', 'kept')).toBe(false);
});

it('work that has been tried once is not withdrawn: somebody may have heard of it; a timer of it is cancelled', async () => {
  messaging.jobs.handle('q', () => Promise.reject(new Error('connection reset')), { backoffSeconds: 600 });
  await messaging.jobs.enqueue(test.database, [{ queue: 'q', key: 'tried', payload: 1 }]);
  await messaging.start();
  const attempts = async () =>
    (
      await test.database.query<{ attempts: number; state: string }>(
        `select attempts, state from messaging.job where key in ('tried', 'untried')`,
      )
    ).rows;
  while ((await attempts())[0]?.attempts !== 1 || (await attempts())[0]?.state !== 'ready') await sleep(10);
  await messaging.jobs.enqueue(test.database, [{ queue: 'q', key: 'untried', payload: 2, delaySeconds: 600 }]);
  expect(await messaging.jobs.withdraw(test.database, 'q', 'tried')).toBe(false);
  expect(await messaging.jobs.withdraw(test.database, 'q', 'untried')).toBe(true);
  expect(await messaging.jobs.cancel(test.database, 'q', 'tried')).toBe(true);
  expect(await attempts()).toEqual([]);
});

it('a higher priority goes first', async () => {
  messaging.jobs.handle('q', (job) => Promise.resolve(record(job)), { concurrency: 1 });
  await messaging.jobs.enqueue(test.database, [
    { queue: 'q', payload: 2 },
    { queue: 'q', payload: 3, priority: -5 },
    { queue: 'q', payload: 1, priority: 5 },
  ]);
  await messaging.start();
  await messaging.drain();
  expect(await positions()).toEqual([1, 2, 3]);
});

it('a paused queue is not claimed until it is resumed', async () => {
  for (const queue of ['q', 'running']) messaging.jobs.handle(queue, (job) => Promise.resolve(record(job)));
  await messaging.start();
  await messaging.jobs.pause('q');
  await messaging.jobs.enqueue(test.database, [...numbered('q', 1), { queue: 'running', payload: 7 }]);
  while ((await positions()).length === 0) await sleep(10);
  expect(await positions()).toEqual([7]);
  expect((await messaging.operations.stats()).find((queue) => queue.queue === 'q')).toMatchObject({
    ready: 1,
    paused: true,
  });
  await messaging.jobs.resume('q');
  await messaging.drain();
  expect(await positions()).toEqual([7, 0]);
});

it('a worker that lost its lease cannot commit what it did', async () => {
  // So long a lease that its holder does not renew it while the test takes it away.
  messaging = testMessaging(test.database, { leaseSeconds: 600 });
  let release: () => void = () => undefined;
  const stalled = new Promise<void>((resolve) => (release = resolve));
  messaging.jobs.handle('q', async (job) => {
    if (job.attempts === 1) await stalled;
    return record(job);
  });
  await messaging.start();
  await messaging.jobs.enqueue(test.database, numbered('q', 1));
  while ((await test.database.query(`select 1 from messaging.job where state = 'running'`)).rowCount === 0)
    await sleep(5);
  await test.database.query(`update messaging.job set lease_until = now() - interval '1 second'`);
  while ((await positions()).length === 0) await sleep(20);
  release();
  await messaging.jobs.stop();
  expect(await positions()).toEqual([0]);
});

describe('a stop', () => {
  let end: () => void = () => undefined;
  let running: Promise<void>;
  beforeEach(async () => {
    const mayEnd = new Promise<void>((resolve) => (end = resolve));
    running = new Promise((begun) => {
      messaging.jobs.handle('q', async (job) => {
        begun();
        await mayEnd;
        return record(job);
      });
    });
    await messaging.start();
    await messaging.jobs.enqueue(test.database, numbered('q', 1));
    await running;
  });

  it('finishes what runs', async () => {
    const stopped = messaging.jobs.stop(600);
    end();
    await stopped;
    expect(await positions()).toEqual([0]);
  });

  it('hands back what does not end in time', async () => {
    await messaging.jobs.stop(0.1);
    const { rows } = await test.database.query(`select state, attempts from messaging.job where queue = 'q'`);
    expect(rows).toEqual([{ state: 'ready', attempts: 0 }]);
    end();
  });
});
