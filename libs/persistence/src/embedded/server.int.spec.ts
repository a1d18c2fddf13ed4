import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import * as pg from 'pg';
import { gone, isAlive } from './processes';
import { startEmbeddedPostgres } from './server';

/** Compiles our sources as they are required, so that the launcher runs in a process that can be killed. */
const ownerProgram = `
  const swc = require('@swc/core');
  require.extensions['.ts'] = (module, file) =>
    module._compile(swc.transformFileSync(file, { module: { type: 'commonjs' }, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }).code, file);
  require(process.argv[1] + '/server.ts').startEmbeddedPostgres({ dataDirectory: process.argv[2] }).then(
    ({ url, pid }) => console.log(JSON.stringify({ url, pid })),
    (error) => console.log(JSON.stringify({ error: error.message })));
  setInterval(() => {}, 1000);`;

interface Owner {
  child: ChildProcess;
  url?: string;
  pid?: number;
  error?: string;
}

const directories: string[] = [];
const owners: ChildProcess[] = [];
const isRoot = process.getuid?.() === 0;

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'crossdock-launcher-'));
  chmodSync(path, 0o755);
  directories.push(path);
  return path;
}

async function startOwner(dataDirectory: string, uid?: number): Promise<Owner> {
  const account = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, ['-e', ownerProgram, __dirname, dataDirectory], {
    ...account,
    cwd: process.cwd(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, ...(JSON.parse(line) as Omit<Owner, 'child'>) };
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row & pg.QueryResultRow>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

afterAll(async () => {
  for (const owner of owners) owner.kill('SIGKILL');
  await sleep(1_000);
  for (const path of directories) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 300 });
});

it('starts cold, starts warm with its rows, and stops cleanly', async () => {
  const dataDirectory = directory();
  const cold = await startEmbeddedPostgres({ dataDirectory });
  await query(cold.url, `create table kept as select 'row' as value`);
  await cold.stop();
  expect(isAlive(cold.pid)).toBe(false);
  const warm = await startEmbeddedPostgres({ dataDirectory });
  expect(await query(warm.url, 'select value from kept')).toEqual([{ value: 'row' }]);
  expect(await query(warm.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
  await warm.stop();
});

it('refuses a second start while the first lives, naming its process and the setting', async () => {
  const dataDirectory = directory();
  const first = await startOwner(dataDirectory);
  await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow(
    new RegExp(`process ${first.child.pid ?? ''}.*CROSSDOCK_DATA`),
  );
  expect(await query(first.url ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
});

it('dies with its killed owner, and the next start has every acknowledged row', async () => {
  const dataDirectory = directory();
  for (let round = 0; round < 3; round += 1) {
    const owner = await startOwner(dataDirectory);
    const url = owner.url ?? '';
    await query(url, 'create table if not exists acknowledged (id int)');
    for (let id = 0; id < 20; id += 1) await query(url, `insert into acknowledged values (${round * 20 + id})`);
    owner.child.kill('SIGKILL');
    await once(owner.child, 'exit');
    if (round > 0) expect(await gone(owner.pid ?? 0, 60_000)).toBe(true);
  }
  const { url, stop } = await startEmbeddedPostgres({ dataDirectory });
  expect(await query(url, 'select count(*)::int as count from acknowledged')).toEqual([{ count: 60 }]);
  await stop();
});

it('is started again at the same address when PostgreSQL is killed under it, with everything acknowledged', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory: directory() });
  await query(server.url, 'create table kept (id int)');
  for (let id = 1; id <= 2; id += 1) {
    await query(server.url, `insert into kept values (${id})`);
    const killed = server.pid;
    process.kill(killed, 'SIGKILL');
    while (server.pid === killed) await sleep(20);
    expect(await query(server.url, 'select count(*)::int as count from kept')).toEqual([{ count: id }]);
  }
  await server.stop();
  expect(isAlive(server.pid)).toBe(false);
});

it('stops an orphan that outlived its owner, and removes the pid file of a process that is something else', async () => {
  const dataDirectory = directory();
  const first = await startEmbeddedPostgres({ dataDirectory });
  const pidFile = join(dataDirectory, 'postgres/data/postmaster.pid');
  const before = readFileSync(pidFile, 'utf8');
  rmSync(join(dataDirectory, 'postgres/owner.json'));
  const second = await startEmbeddedPostgres({ dataDirectory });
  expect(isAlive(first.pid)).toBe(false);
  await second.stop();
  writeFileSync(pidFile, before.replace(/^\d+/, String(process.pid)));
  const third = await startEmbeddedPostgres({ dataDirectory });
  expect(await query(third.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await third.stop();
});

it('survives a start killed in the middle of initdb', async () => {
  const dataDirectory = directory();
  const child = spawn(process.execPath, ['-e', ownerProgram, __dirname, dataDirectory], { cwd: process.cwd() });
  owners.push(child);
  while (!existsSync(join(dataDirectory, 'postgres/owner.json'))) await sleep(10);
  await sleep(150);
  child.kill('SIGKILL');
  const { url, stop } = await startEmbeddedPostgres({ dataDirectory });
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await stop();
});

it('runs for an ordinary account too', async () => {
  const dataDirectory = directory();
  const uid = isRoot ? 65534 : undefined;
  if (uid !== undefined) chownSync(dataDirectory, uid, uid);
  const owner = await startOwner(dataDirectory, uid);
  expect(owner.error).toBeUndefined();
  expect(owner.pid).toBeGreaterThan(0);
});

it('finds room for its socket when the path of the data is long', async () => {
  const dataDirectory = join(directory(), 'd'.repeat(120));
  const { url, stop } = await startEmbeddedPostgres({ dataDirectory });
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await stop();
});

it('says what to set when the directory cannot be reached', async () => {
  const closed = join(directory(), 'closed');
  mkdirSync(closed, { mode: isRoot ? 0o700 : 0o500 });
  await expect(startEmbeddedPostgres({ dataDirectory: join(closed, 'data') })).rejects.toThrow(/CROSSDOCK_DATA/);
});
