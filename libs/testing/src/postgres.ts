import { createHash, randomUUID } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as pg from 'pg';
import { Database } from '#persistence/database';
import { prepareBinaries, serverAccount, serverEnvironment } from '#persistence/embedded/binaries';
import { clearOrphan, initialiseCluster, privateDirectory } from '#persistence/embedded/cluster';
import { giveUpOwnership, takeOwnership } from '#persistence/embedded/owner';
import { probe, serverArguments, socketDirectory, socketUrl } from '#persistence/embedded/server';
import { migrate } from '#persistence/migrations';
import { RowAccess } from '#persistence/row-access';
import type { SchemaMigrations } from '#persistence/migrations';

export interface TestDatabase {
  database: Database;
  url: string;
  /** As the owner of the tables, whom the product's own connections are not: for what only they may, on a connection of its own. */
  readonly asOwner: (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
  close(): Promise<void>;
}

/** One server for all test processes of this account; it ends some seconds after the last of them. */
const base = join(tmpdir(), `crossdock-test-${process.getuid?.() ?? 'user'}`);
const users = join(base, 'users');

/** Ends the server when for 20 s no process that has left its pid in the directory $1 was alive. */
const watchdog = `
  users=$1; shift
  "$@" &
  server=$!
  idle=0
  while [ "$idle" -lt 20 ] && kill -0 "$server" 2>/dev/null; do
    sleep 1
    idle=$((idle + 1))
    for user in "$users"/*; do
      pid=\${user##*/}
      if [ -d "/proc/$pid" ] || ps -p "$pid" >/dev/null 2>&1; then idle=0; else rm -f "$user"; fi
    done
  done
  kill -INT "$server" 2>/dev/null
  wait "$server"`;

/** A fresh database with these schemas on a real PostgreSQL. Close it in `afterAll`. */
export async function testDatabase(...schemas: SchemaMigrations[]): Promise<TestDatabase> {
  const directory = await sharedServer();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const template = await templateWith(directory, schemas);
  await administer(directory, (client) => client.query(`create database ${name} template ${template}`));
  const url = socketUrl(directory, name);
  const database = await Database.connect({ url, poolSize: 20, applicationName: 'crossdock-test' });
  const close = async (): Promise<void> => {
    await database.close();
    await administer(directory, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  const asOwner = (text: string, values?: unknown[]) => asLogin(url, (client) => client.query(text, values));
  return { database, url, asOwner, close };
}

async function sharedServer(): Promise<string> {
  const account = serverAccount();
  await privateDirectory(base, account);
  await privateDirectory(users, account);
  await writeFile(join(users, String(process.pid)), '');
  const directory = await socketDirectory(base, account);
  const startLock = join(base, 'starting.json');
  const deadline = Date.now() + 90_000;
  for (;;) {
    const failure = await probe(socketUrl(directory));
    if (failure === undefined) return directory;
    if (Date.now() > deadline) throw new Error(`the PostgreSQL of the tests does not start in ${base}: ${failure}`);
    if (await takes(startLock)) {
      try {
        if ((await probe(socketUrl(directory))) !== undefined) await launch(directory);
      } finally {
        await giveUpOwnership(startLock);
      }
    }
    await sleep(50);
  }
}

async function takes(lock: string): Promise<boolean> {
  return takeOwnership(lock, base).then(
    () => true,
    () => false,
  );
}

/** Without fsync: tests of crashes have a server of their own. */
async function launch(socket: string): Promise<void> {
  const account = serverAccount();
  const binaries = await prepareBinaries(account);
  const data = await initialiseCluster(base, binaries, account);
  await clearOrphan(data);
  const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=300'];
  const server = serverArguments({ binaries, data, socket, options: { settings } });
  spawn('/bin/sh', ['-c', watchdog, 'crossdock-test-postgres', users, ...server], {
    ...account,
    cwd: '/',
    env: serverEnvironment,
    stdio: 'ignore',
    detached: true,
  }).unref();
  const deadline = Date.now() + 60_000;
  while ((await probe(socketUrl(socket))) !== undefined) {
    if (Date.now() > deadline) throw new Error(`the PostgreSQL of the tests did not answer in ${base}`);
    await sleep(50);
  }
  await administer(socket, dropLeftovers);
}

/** Databases of test runs that were killed. */
async function dropLeftovers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select datname as name from pg_database where datname ~ '^t_'`,
  );
  for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`);
}

/** Migrating takes longer than copying: each set of migrations is run once, into a template. */
async function templateWith(directory: string, schemas: readonly SchemaMigrations[]): Promise<string> {
  const sources = schemas.map(({ schema, migrations, partnerColumns = {} }) =>
    [schema, JSON.stringify(partnerColumns), ...migrations.map(String)].join('\n'),
  );
  const source = [String(RowAccess), ...sources].join('\n');
  const name = `template_${createHash('sha256').update(source).digest('hex').slice(0, 24)}`;
  await administer(directory, async (client) => {
    await client.query('select pg_advisory_lock(7243010)');
    const known = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (known.rowCount) return;
    const building = `${name}_building`;
    await client.query(`drop database if exists ${building} with (force)`);
    await client.query(`create database ${building}`);
    await migrate(socketUrl(directory, building), schemas);
    await client.query(`alter database ${building} rename to ${name}`);
  });
  return name;
}

async function administer(directory: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  await asLogin(socketUrl(directory), work);
}

async function asLogin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A private directory below the temporary one that the server's account may reach. */
export async function temporaryDirectory(prefix: string): Promise<string> {
  const path = join(tmpdir(), `${prefix}-${randomUUID().slice(0, 8)}`);
  await mkdir(path, { mode: 0o755 });
  return path;
}
