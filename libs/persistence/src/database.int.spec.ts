import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrate } from './migrations';

let test: TestDatabase;

beforeAll(async () => (test = await testDatabase()));
afterAll(() => test.close());

it('numbers keep every digit, dates stay dates, json is an object, a moment is a Date', async () => {
  const { rows } = await test.database.query(`
    select 12345678901.123456::numeric(18, 6) as quantity, 9007199254740993::int8 as big, date '2026-02-03' as day,
           '{"a": [1]}'::jsonb as document, timestamptz '2026-02-03T04:05:06Z' as moment`);
  expect(rows).toEqual([
    {
      quantity: '12345678901.123456',
      big: '9007199254740993',
      day: '2026-02-03',
      document: { a: [1] },
      moment: new Date('2026-02-03T04:05:06Z'),
    },
  ]);
});

it('a transaction commits whole or not at all, and what waits for its commit runs only then', async () => {
  await test.asOwner('create table whole (n int); grant all on whole to public');
  const heard: string[] = [];
  const failing = test.database.transaction(async (tx) => {
    tx.afterCommit(() => heard.push('rolled back'));
    await tx.query('insert into whole values (1)');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await test.database.transaction(async (tx) => {
    tx.afterCommit(() => heard.push('committed'));
    await tx.query({ name: 'whole', text: 'insert into whole values ($1)' }, [2]);
    expect(heard).toEqual([]);
  });
  expect(heard).toEqual(['committed']);
  expect((await test.database.query('select n from whole')).rows).toEqual([{ n: 2 }]);
});

it('a transaction whose failed statement was swallowed does not pass for committed', async () => {
  const swallowed = test.database.transaction(async (tx) => {
    await tx.query('select 1 / 0').catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow('rolled back');
});

it('statements asked together are carried out in order, each on what was committed before it', async () => {
  await test.asOwner(
    'create table stock (item text primary key, n int); insert into stock values ($$x$$, 5); grant all on stock to public',
  );
  let locked = (): void => undefined;
  const isLocked = new Promise<void>((resolve) => (locked = resolve));
  const first = test.database.transaction(async (tx) => {
    await tx.query('update stock set n = n - 3');
    locked();
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update%'`;
    while ((await test.asOwner(waiting)).rowCount === 0);
  });
  await isLocked;
  const second = test.database.transaction(async (tx) => {
    const answers = await Promise.all([
      tx.query({ name: 'lock-stock', text: 'select item from stock where item = $1 for update' }, ['x']),
      tx.query<{ n: number }>({ name: 'read-stock', text: 'select n from stock where item = $1' }, ['x']),
    ]);
    return answers[1].rows;
  });
  expect((await Promise.all([first, second]))[1]).toEqual([{ n: 2 }]);
});

it('of statements asked together the one that failed is told, and the connection serves the next', async () => {
  const statement = { name: 'together', text: 'select 1 / $1::int as one' };
  const failing = test.database.transaction((tx) =>
    Promise.all([tx.query(statement, [0]), tx.query({ name: 'behind', text: 'select $1::int as n' }, [1])]),
  );
  await expect(failing).rejects.toThrow('division by zero');
  const both = await test.database.transaction((tx) =>
    Promise.all([tx.query(statement, [1]), tx.query({ name: 'behind', text: 'select $1::int as n' }, [2])]),
  );
  expect(both.map(({ rows }) => rows)).toEqual([[{ one: 1 }], [{ n: 2 }]]);
});

describe('a commit that goes out with the last statement', () => {
  beforeAll(() => test.asOwner('create table early (n int primary key); grant all on early to public'));
  const kept = async (): Promise<number[]> =>
    (await test.database.query<{ n: number }>('select n from early order by n')).rows.map(({ n }) => n);
  const insert = { name: 'early-insert', text: 'insert into early select unnest($1::int[])' };

  it('keeps what was asked before it, and then tells who waits for the commit', async () => {
    const told: string[] = [];
    await test.database.transaction(async (tx) => {
      tx.afterCommit(() => told.push('committed'));
      const asked = Promise.all([tx.query(insert, [[1]]), tx.query(insert, [[2]])]);
      tx.commit();
      await asked;
      told.push('answered');
    });
    expect([await kept(), told]).toEqual([
      [1, 2],
      ['answered', 'committed'],
    ]);
  });

  it('undoes everything when a statement before it failed, also when nobody looked at the answer', async () => {
    const told: string[] = [];
    const failing = (look: boolean) =>
      test.database.transaction(async (tx) => {
        tx.afterCommit(() => told.push('committed'));
        const asked = Promise.all([tx.query(insert, [[3]]), tx.query(insert, [[1]])]);
        tx.commit();
        await (look ? asked : asked.catch(() => undefined));
      });
    await expect(failing(true)).rejects.toThrow('duplicate key');
    await expect(failing(false)).rejects.toThrow('rolled back');
    expect([await kept(), told]).toEqual([[1, 2], []]);
  });

  it('is the end: what is asked after it is refused', async () => {
    const late = test.database.transaction(async (tx) => {
      const asked = tx.query(insert, [[4]]);
      tx.commit();
      await asked;
      await tx.query(insert, [[5]]);
    });
    await expect(late).rejects.toThrow('has been committed');
    expect(await kept()).toEqual([1, 2, 4]);
  });
});

it('a statement that goes by keys is planned once and by index, whatever the connection did before', async () => {
  const { database } = test;
  const settings = `select current_setting('plan_cache_mode') || ' ' || current_setting('enable_seqscan') as now`;
  const keyed = { name: 'keyed', text: settings, plans: 'keyed' as const };
  const now = async (ask: Promise<{ rows: { now: string }[] }>): Promise<string | undefined> =>
    (await ask).rows[0]?.now;
  const inTransaction = (plans?: 'keyed') =>
    database.transaction((tx) => now(tx.query<{ now: string }>(settings)), plans);
  expect(await now(database.query(keyed))).toBe('force_generic_plan off');
  expect(await now(database.query(settings))).toBe('auto on');
  expect(await inTransaction('keyed')).toBe('force_generic_plan off');
  expect(await inTransaction()).toBe('auto on');
  const failing = database.transaction((tx) => tx.query('select 1 / 0'), 'keyed');
  await expect(failing).rejects.toThrow('division by zero');
  expect(await now(database.query(settings))).toBe('auto on');
  expect(await inTransaction('keyed')).toBe('force_generic_plan off');
});

it('a deadlock is repeated, any other failure is not', async () => {
  await test.asOwner(
    'create table account (id int primary key, n int); insert into account values (1, 0), (2, 0); grant all on account to public',
  );
  let runs = 0;
  let bothHoldOne = (): void => undefined;
  let holding = 0;
  const deadlocked = new Promise<void>((resolve) => (bothHoldOne = resolve));
  const add = (first: number, second: number): Promise<void> =>
    test.database.transaction(async (tx) => {
      runs += 1;
      await tx.query('update account set n = n + 1 where id = $1', [first]);
      holding += 1;
      if (holding === 2) bothHoldOne();
      await deadlocked;
      await tx.query('update account set n = n + 1 where id = $1', [second]);
    });
  await Promise.all([add(1, 2), add(2, 1)]);
  expect(runs).toBe(3);
  expect((await test.database.query('select n from account')).rows).toEqual([{ n: 2 }, { n: 2 }]);
  let attempts = 0;
  const failing = test.database.transaction(async (tx) => {
    attempts += 1;
    await tx.query('insert into account values (1, 0)');
  });
  await expect(failing).rejects.toThrow('duplicate key');
  expect(attempts).toBe(1);
});

it('a connection killed while in use fails its transaction and nothing else', async () => {
  const killed = test.database.transaction(async (tx) => {
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await test.asOwner('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await tx.query('select 1');
  });
  await expect(killed).rejects.toThrow();
  expect((await test.database.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

class First1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table shop.item (id int); select pg_sleep(0.2)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table shop.item');
  }
}
class Second1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shop.item add name text');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table shop.item drop name');
  }
}

it('several processes that start at once migrate once, and a later version adds only what is new', async () => {
  const shop = { schema: 'shop', migrations: [First1700000000000] };
  await Promise.all([1, 2, 3].map(() => migrate(test.url, [shop])));
  await migrate(test.url, [{ ...shop, migrations: [First1700000000000, Second1700000000001] }]);
  const { rows } = await test.asOwner('select name from shop.migration order by id');
  expect(rows).toEqual([{ name: 'First1700000000000' }, { name: 'Second1700000000001' }]);
});
