import { randomUUID } from 'node:crypto';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Database } from './database';
import { migrate } from './migrations';
import { RolesMissingError, rolesOf } from './roles';

class Desk1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table desk.letter (id text primary key, partner text not null, subject text);
      create table desk.page (letter text not null references desk.letter (id), n int, words text);
      create table desk.firm (code text primary key);
      create table desk.stamp (id bigint generated always as identity, price int);
      insert into desk.letter values ('l-1', 'ash', 'hello'), ('l-2', 'birch', 'good bye');
      insert into desk.page values ('l-1', 1, 'one'), ('l-2', 1, 'two');
      insert into desk.firm values ('ash'), ('birch');`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema desk cascade');
  }
}
class Subjects1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update desk.letter set subject = upper(subject); create table desk.reply (partner text, words text)`,
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table desk.reply');
  }
}
const desk = { schema: 'desk', migrations: [Desk1700000000000], partnerColumns: { firm: 'code' } };
const later = { ...desk, migrations: [Desk1700000000000, Subjects1700000000001] };

let test: TestDatabase;
let database: Database;

beforeAll(async () => {
  test = await testDatabase(desk);
  ({ database } = test);
});
afterAll(() => test.close());

const letters = 'select id from desk.letter order by id';

it('a connection of the product is not the owner: it alters, empties and makes no table', async () => {
  for (const attempt of [
    'alter table desk.letter add column n int',
    'alter table desk.letter disable row level security',
    'drop policy crossdock_system_postgres on desk.letter',
    'truncate desk.stamp',
    'drop table desk.stamp',
    'create table desk.more ()',
    'create table public.more ()',
    'create schema more',
    'create role more',
    'select * from desk.migration',
  ])
    await expect(database.query(attempt)).rejects.toThrow(/permission denied|must be owner/);
  await database.query('reset role');
  const { rows } = await database.query('select current_user as role, session_user as login');
  expect(rows).toEqual([{ role: rolesOf(test.url).system, login: 'postgres' }]);
});

it('it reads and writes the rows of every partner, and takes numbers', async () => {
  expect((await database.query(letters)).rows).toEqual([{ id: 'l-1' }, { id: 'l-2' }]);
  await database.query(`insert into desk.stamp (price) values (1)`);
  expect((await database.query(`update desk.letter set subject = subject`)).rowCount).toBe(2);
});

it('a query without its condition shows a partner only what is theirs, also what belongs to it by a key or bears another name', async () => {
  const seen = await database.asPartner('ash', async (tx) => ({
    letters: (await tx.query(letters)).rows,
    pages: (await tx.query('select letter from desk.page')).rows,
    firms: (await tx.query('select code from desk.firm')).rows,
    of: (await tx.query(`select id from desk.letter where partner = 'birch'`)).rows,
  }));
  expect(seen).toEqual({ letters: [{ id: 'l-1' }], pages: [{ letter: 'l-1' }], firms: [{ code: 'ash' }], of: [] });
  expect((await database.seenBy('birch').query(letters)).rows).toEqual([{ id: 'l-2' }]);
  expect((await database.seenBy(undefined).query(letters)).rows).toHaveLength(2);
});

it('a statement that is prepared for one partner, another one and the product shows each their own', async () => {
  const named = { name: 'letters', text: letters };
  const one = await Database.connect({ url: test.url, poolSize: 1 });
  const counts: number[] = [];
  for (const partner of ['ash', undefined, 'birch', 'nobody', undefined, 'ash'])
    counts.push((await one.seenBy(partner).query(named)).rowCount);
  await one.close();
  expect(counts).toEqual([1, 2, 1, 0, 2, 1]);
});

it('for a partner nothing is written, and what no partner has rows in cannot be read', async () => {
  for (const attempt of [
    `update desk.letter set subject = 'mine'`,
    `delete from desk.letter`,
    `insert into desk.letter values ('l-3', 'ash', 'mine')`,
    'select * from desk.stamp',
  ])
    await expect(database.asPartner('ash', (tx) => tx.query(attempt))).rejects.toThrow('permission denied');
});

it('names of partners are values, whatever they say; there is none without a name', async () => {
  const names = ["ash'; reset role; --", "'ash", 'ash\\', '$$ash$$', "birch' or true --"];
  for (const name of names) expect((await database.seenBy(name).query(letters)).rows).toEqual([]);
  await expect(database.asPartner('', (tx) => tx.query(letters))).rejects.toThrow('without a name');
});

it('a partner is forgotten with the transaction, also with one that failed', async () => {
  const one = await Database.connect({ url: test.url, poolSize: 1 });
  const now = `select current_user as role, coalesce(current_setting('crossdock.partner', true), '') as partner`;
  await one.seenBy('ash').query(letters);
  expect((await one.query(now)).rows).toEqual([{ role: one.roles.system, partner: '' }]);
  await expect(one.asPartner('ash', (tx) => tx.query('select 1 / 0'))).rejects.toThrow('division by zero');
  expect((await one.query(now)).rows).toEqual([{ role: one.roles.system, partner: '' }]);
  await one.close();
});

it('a role without a partner sees nothing', async () => {
  const { rows } = await test.asOwner(`set role ${rolesOf(test.url).partner}; ${letters}`).then((both) => (both as unknown as { rows: unknown[] }[])[1] ?? { rows: ['none'] }); // prettier-ignore
  expect(rows).toEqual([]);
});

describe('a login that is no superuser', () => {
  const login = `b_${randomUUID().slice(0, 8)}`;
  const name = `t_${login}`;
  const url = (): string => test.url.replace(/\/\/postgres@localhost\/[^?]+/, `//${login}@localhost/${name}`);
  const roles = [`crossdock_system_${login}`, `crossdock_partner_${login}`];

  beforeAll(async () => {
    await test.asOwner(`create role ${login} login`);
    await test.asOwner(`create database ${name} owner ${login}`);
  });
  afterAll(async () => {
    await test.asOwner(`drop database if exists ${name} with (force)`);
    for (const role of [...roles, login]) await test.asOwner(`drop role if exists ${role}`);
  });

  it('and may not create roles is told what an administrator has to do', async () => {
    const refused = await migrate(url(), [desk]).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RolesMissingError);
    for (const role of roles) expect(String(refused)).toContain(`create role "${role}" nologin`);
  });

  it('works when it may create roles: it migrates, is not the owner afterwards, and later migrations see every row', async () => {
    await test.asOwner(`alter role ${login} createrole`);
    await migrate(url(), [desk]);
    const own = await Database.connect({ url: url(), poolSize: 2 });
    try {
      await expect(own.query('truncate desk.letter')).rejects.toThrow('permission denied');
      expect((await own.seenBy('ash').query(letters)).rows).toEqual([{ id: 'l-1' }]);
      await migrate(url(), [later]);
      expect((await own.query('select subject from desk.letter order by id')).rows).toEqual([
        { subject: 'HELLO' },
        { subject: 'GOOD BYE' },
      ]);
      await own.query(`insert into desk.reply values ('ash', 'yes'), ('birch', 'no')`);
      expect((await own.seenBy('birch').query('select words from desk.reply')).rows).toEqual([{ words: 'no' }]);
    } finally {
      await own.close();
    }
  });

  it('is no reader of another installation on the server', async () => {
    const stranger = new URL(url());
    stranger.pathname = new URL(test.url).pathname;
    const own = await Database.connect({ url: stranger.href });
    await expect(own.query(letters)).rejects.toThrow('permission denied');
    await own.close();
  });
});

it('a URL whose own options leave the connection with its login is refused', async () => {
  const url = `${test.url}&options=${encodeURIComponent('-c role=none')}`;
  await expect(Database.connect({ url })).rejects.toBeInstanceOf(RolesMissingError);
});

it('before the roles are there nobody connects as the owner instead', async () => {
  await expect(Database.connect({ url: test.url.replace('//postgres@', '//nobody@') })).rejects.toThrow('nobody');
});
