import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account, Binaries } from './binaries';
import { serverEnvironment } from './binaries';
import { EmbeddedPostgresError } from './error';
import { commandOf, gone, isAlive } from './processes';

const run = promisify(execFile);

/** A directory only the server's account may enter. */
export async function privateDirectory(path: string, account: Account | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  if (account) await chown(path, account.uid, account.gid);
}

/** Every directory above must let the server's account through. */
export async function assertTraversable(path: string, account: Account | undefined): Promise<void> {
  try {
    await run('/bin/sh', ['-c', 'cd "$1" && touch .probe && rm .probe', 'sh', path], {
      ...account,
      cwd: '/',
      env: serverEnvironment,
    });
  } catch {
    const who = account ? `uid ${account.uid} (PostgreSQL does not run as root)` : 'this account';
    throw new EmbeddedPostgresError(
      `${path} cannot be reached by ${who}: a directory above it does not let it through. ` +
        `Set CROSSDOCK_DATA to a directory whose parents all may be entered, or DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/** Creates the cluster under a name of its own and renames it when complete: a killed start leaves only litter. */
export async function initialiseCluster(
  base: string,
  binaries: Binaries,
  account: Account | undefined,
): Promise<string> {
  const data = join(base, 'data');
  if (existsSync(join(data, 'PG_VERSION'))) {
    await removeLeftovers(base);
    return data;
  }
  const fresh = join(base, `init-${randomUUID()}`);
  const auth = ['--auth-local=trust', '--auth-host=reject', '--username=postgres'];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--lc-collate=C', '--lc-ctype=C'];
  try {
    await run(binaries.initdb, ['-D', fresh, ...auth, ...locale, '--no-instructions'], {
      ...account,
      cwd: '/',
      env: serverEnvironment,
    });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new EmbeddedPostgresError(
      `initdb failed in ${base}: ${(stderr ?? String(error)).trim()}. ` +
        `An account without a passwd entry cannot create a database: set DATABASE_URL there.`,
    );
  }
  await rename(fresh, data);
  await removeLeftovers(base);
  return data;
}

async function removeLeftovers(base: string): Promise<void> {
  for (const name of await readdir(base)) {
    if (name.startsWith('init-')) await rm(join(base, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** First line of postmaster.pid: undefined when no server runs or none was shut down uncleanly. */
export async function postmasterPid(data: string): Promise<number | undefined> {
  try {
    const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
    return Number(pid) > 0 ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}

/** A server whose owner died is stopped; a pid file that names some other process is stale and removed. */
export async function clearOrphan(data: string): Promise<void> {
  const pid = await postmasterPid(data);
  if (pid === undefined) return;
  const command = isAlive(pid) ? commandOf(pid) : '';
  const isOurs = command === undefined || (command.includes('postgres') && command.includes(data));
  if (isAlive(pid) && isOurs) {
    process.kill(pid, 'SIGINT');
    if (!(await gone(pid, 20_000))) {
      process.kill(pid, 'SIGQUIT');
      if (!(await gone(pid, 10_000))) {
        throw new EmbeddedPostgresError(`An old PostgreSQL (process ${pid}) on ${data} does not stop; end it by hand.`);
      }
    }
  }
  await rm(join(data, 'postmaster.pid'), { force: true });
}
