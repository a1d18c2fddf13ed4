import { messagingMigrations } from '#messaging/migrations';
import type { Database } from '#persistence/database';
import { testDatabase } from '#testing/postgres';
import type { TestDatabase } from '#testing/postgres';
import { ALL_APPS } from './apps';

let test: TestDatabase;
let database: Database;
let tables: Owned[];

interface Owned {
  readonly name: string;
  /** The column that says whose a row is: by itself, or by the row that it leads to. */
  readonly column: string;
}

/** Read by other means than the product's: whatever has a column `partner`, partners themselves, and what hangs on such a row. */
const OWNED = `
  with direct as (
    select c.oid, coalesce(a.attname, 'id') as column
      from pg_class c
      left join pg_attribute a on a.attrelid = c.oid and a.attname = 'partner' and not a.attisdropped
     where c.relkind in ('r', 'p') and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
       and (a.attname is not null or c.oid = 'gateway.partner'::regclass))
  select oid::regclass::text as name, "column" from direct
  union
  select k.table_schema || '.' || k.table_name, k.column_name
    from information_schema.referential_constraints r
    join information_schema.key_column_usage k on k.constraint_schema = r.constraint_schema and k.constraint_name = r.constraint_name
    join information_schema.table_constraints u on u.constraint_schema = r.unique_constraint_schema and u.constraint_name = r.unique_constraint_name
    join direct d on d.oid = (u.table_schema || '.' || u.table_name)::regclass
   where (k.table_schema || '.' || k.table_name)::regclass not in (select oid from direct)
   order by 1`;

/** What is wrong with tables that partners have rows in: nothing, or it would be a row here. */
const UNPROTECTED = `
  select t.name, t.fault from unnest($1::text[]) as o (name)
    join pg_class c on c.oid = o.name::regclass
   cross join lateral (values
     (o.name, case when not c.relrowsecurity then 'row-level security is off' end),
     (o.name, case when not c.relforcerowsecurity then 'its owner is not bound' end),
     (o.name, case when not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polroles = array[$3::regrole::oid]
                                      and pg_get_expr(p.polqual, p.polrelid) like '%crossdock.partner%' or
                                      p.polrelid = c.oid and p.polroles = array[$3::regrole::oid]
                                      and pg_get_expr(p.polqual, p.polrelid) like '%EXISTS%')
                     then 'no policy says whose a row is' end),
     (o.name, case when exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polroles <> array[$2::regrole::oid]
                                   and p.polroles <> array[$3::regrole::oid])
                     then 'a policy is for somebody else' end),
     (o.name, case when exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polroles = array[$3::regrole::oid]
                                   and (p.polcmd <> '*' or p.polqual is null or p.polwithcheck is null))
                     then 'the policy does not hold for all that is done' end)
   ) as t (name, fault)
   where t.fault is not null`;

beforeAll(async () => {
  test = await testDatabase(messagingMigrations, ...ALL_APPS.flatMap((app) => app.migrations ?? []));
  ({ database } = test);
  tables = (await test.asOwner(OWNED)).rows as Owned[];
  await fill();
});
afterAll(() => test.close());

/** A row of each partner in every table: whatever is text in it is the partner's name, keys too, so that rows lead to each other. */
async function fill(): Promise<void> {
  const { rows } = await test.asOwner(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as "drop" from pg_constraint
     where contype = 'c' and conrelid::regclass::text = any($1)`, [tables.map(({ name }) => name)]); // prettier-ignore
  for (const each of rows as { drop: string }[]) await test.asOwner(each.drop);
  for (const { name } of tables)
    for (const [n, partner] of ['ash', 'birch'].entries())
      await test.asOwner(`set session_replication_role = replica; ${await insertOf(name, partner, n + 1)}`);
}

/** One row, as SQL, with something in each of its columns. */
async function insertOf(table: string, partner: string, n: number): Promise<string> {
  const { rows } = await test.asOwner(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '' order by attnum`,
    [table],
  );
  const columns = rows as { name: string; type: string }[];
  const values = columns.map(({ type }) => VALUES[type]?.(partner, n) ?? `null::${type}`);
  return `insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${values.join(', ')})`;
}
const VALUES: Record<string, (partner: string, n: number) => string> = {
  text: (partner) => `'${partner}'`,
  jsonb: () => `'{}'`,
  'text[]': () => `'{}'`,
  bytea: () => `'x'`,
  boolean: () => 'true',
  uuid: () => 'gen_random_uuid()',
  date: () => 'current_date',
  'timestamp with time zone': () => 'now()',
  ...Object.fromEntries(
    ['integer', 'bigint', 'smallint', 'numeric'].map((type) => [type, (_: string, n: number) => String(n)]),
  ),
};

const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => String(error),
  );

it('every table with rows of partners is protected, by the catalogue', async () => {
  const { system, partner } = database.roles;
  const unprotected = (names: string[]) =>
    test.asOwner(UNPROTECTED, [names, system, partner]).then(({ rows }) => rows as object[]);
  expect(tables.length).toBeGreaterThanOrEqual(36);
  expect(await unprotected(tables.map(({ name }) => name))).toEqual([]);
  await test.asOwner(
    'create table public.forgotten (partner text); alter table public.forgotten enable row level security',
  );
  expect((await unprotected(['public.forgotten'])).map((each) => Object.values(each)[1])).toEqual([
    'its owner is not bound',
    'no policy says whose a row is',
  ]);
  await test.asOwner('drop table public.forgotten');
});

it('the role of the product owns nothing, and is neither a superuser nor above row-level security; nor is that of partners', async () => {
  const { system, partner } = database.roles;
  const { rows } = await database.query(
    `select r.rolname as role, r.rolcanlogin or r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb as may,
            (select count(*)::int from pg_class where relowner = r.oid) + (select count(*)::int from pg_namespace where nspowner = r.oid) as owns,
            (select count(*)::int from pg_auth_members m where m.member = r.oid) as is
       from pg_roles r where r.rolname = any($1) order by 1`,
    [[system, partner]],
  );
  expect(rows).toEqual([
    { role: partner, may: false, owns: 0, is: 0 },
    { role: system, may: false, owns: 0, is: 0 },
  ]);
  const { rows: now } = await database.query('select current_user as role, row_security_active($1) as bound', [
    'gateway.api_key',
  ]);
  expect(now).toEqual([{ role: system, bound: true }]);
});

it('a partner sees in each of them the own row alone, without any condition', async () => {
  for (const { name, column } of tables) {
    const seen = await database.asPartner('ash', (tx) => tx.query(`select "${column}" as whose from ${name}`));
    expect([name, seen.rows]).toEqual([name, [{ whose: 'ash' }]]);
    const asked = await database.asPartner('ash', (tx) =>
      tx.query(`select 1 from ${name} where "${column}" = 'birch'`),
    );
    expect([name, asked.rowCount]).toEqual([name, 0]);
    expect([name, (await database.query(`select 1 from ${name}`)).rowCount]).toEqual([name, 2]);
  }
});

it('a partner reads nothing else', async () => {
  const own = tables.map(({ name }) => name);
  const { rows } = await test.asOwner(
    `select c.oid::regclass::text as name from pg_class c
      where c.relkind in ('r', 'p', 'S', 'v', 'm') and c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
        and case when c.relkind = 'S' then has_sequence_privilege($1, c.oid, 'usage, select, update')
            else has_table_privilege($1, c.oid, 'select, insert, update, delete, truncate, references, trigger') end order by 1`,
    [database.roles.partner],
  );
  expect(rows.map(({ name }: { name: string }) => name)).toEqual([...own].sort());
});

it('a partner writes nothing: the role may only read', async () => {
  for (const { name, column } of tables)
    for (const attempt of [
      `update ${name} set "${column}" = "${column}"`,
      `delete from ${name}`,
      await insertOf(name, 'ash', 3),
    ])
      expect([name, await refusal(database.asPartner('ash', (tx) => tx.query(attempt)))]).toEqual([
        name,
        expect.stringContaining('permission denied'),
      ]);
});

it('even a partner who might write reaches no row of another one: none is changed, moved, removed or added', async () => {
  const { partner } = database.roles;
  for (const { name } of tables) await test.asOwner(`grant insert, update, delete on ${name} to ${partner}`);
  for (const { name, column } of tables) {
    const tried = (sql: string) => database.asPartner('ash', async (tx) => (await tx.query(sql)).rowCount);
    expect([name, await tried(`update ${name} set "${column}" = "${column}" where "${column}" = 'birch'`)]).toEqual([
      name,
      0,
    ]);
    expect([name, await tried(`delete from ${name} where "${column}" = 'birch'`)]).toEqual([name, 0]);
    const given = await refusal(tried(`update ${name} set "${column}" = 'birch'`));
    expect([name, given]).toEqual([name, expect.stringContaining('violates row-level security')]);
    const added = await refusal(tried(await insertOf(name, 'birch', 3)));
    expect([name, added]).toEqual([name, expect.stringContaining('violates row-level security')]);
    expect([name, (await database.query(`select 1 from ${name}`)).rowCount]).toEqual([name, 2]);
  }
  for (const { name } of tables) await test.asOwner(`revoke insert, update, delete on ${name} from ${partner}`);
});
