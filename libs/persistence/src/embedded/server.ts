import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as pg from 'pg';
import { prepareBinaries, serverAccount, serverEnvironment } from './binaries';
import type { Account, Binaries } from './binaries';
import { assertTraversable, clearOrphan, initialiseCluster, postmasterPid, privateDirectory } from './cluster';
import { EmbeddedPostgresError } from './error';
import { giveUpOwnership, takeOwnership } from './owner';
import { gone } from './processes';

export interface EmbeddedPostgresOptions {
  /** `CROSSDOCK_DATA`; the cluster lives in `postgres/` below it. */
  readonly dataDirectory: string;
  readonly log?: (line: string) => void;
  /** Told once PostgreSQL is gone for good: stopped from outside, or killed and not to be started again. */
  readonly lost?: (error: Error) => void;
  /** More `name=value` settings of PostgreSQL. */
  readonly settings?: readonly string[];
}

export interface EmbeddedPostgres {
  /** Unix socket; no TCP, no password, only the owner of the directory gets in. */
  readonly url: string;
  /** The postmaster; another one after it was killed and started again. */
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Length a unix socket path can have on Linux; macOS has 103. */
const socketPathLimit = process.platform === 'linux' ? 107 : 103;
const readyDeadline = 60_000;

/**
 * Runs PostgreSQL and ends it when the pipe on its standard input closes, which happens however we die. The pipe is
 * duplicated first because a shell gives background commands /dev/null as standard input.
 */
const guard = `
  exec 3<&0 </dev/null
  "$@" 3<&- &
  server=$!
  { read -r _ <&3; kill -INT "$server" 2>/dev/null; } &
  watcher=$!
  wait "$server"
  status=$?
  kill "$watcher" 2>/dev/null
  exit "$status"`;

/**
 * Starts PostgreSQL on a directory of ours, creating it if need be. It ends with this process, however that ends, and is started
 * again when it is killed.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const root = resolve(options.dataDirectory);
  const base = join(root, 'postgres');
  const account = serverAccount();
  await createOrExplain(root, base, account);
  await assertTraversable(base, account);
  const ownerFile = join(base, 'owner.json');
  await takeOwnership(ownerFile, root);
  try {
    const binaries = await prepareBinaries(account);
    const data = await initialiseCluster(base, binaries, account);
    const socket = await socketDirectory(base, account);
    const launch = { binaries, data, socket, account, options };
    return new KeptRunning(launch, await launchUntilReady(launch), ownerFile);
  } catch (error) {
    await giveUpOwnership(ownerFile);
    throw error;
  }
}

async function createOrExplain(root: string, base: string, account: Account | undefined): Promise<void> {
  try {
    await mkdir(root, { recursive: true });
    await privateDirectory(base, account);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(`${root} cannot be used: ${why}. Set CROSSDOCK_DATA to a directory of your own.`);
  }
}

/** A database of the server that listens in this directory. */
export function socketUrl(directory: string, database = 'postgres'): string {
  return `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(directory)}`;
}

/** Beside the data, or in a short private directory when that path is too long for a socket. */
export async function socketDirectory(base: string, account: Account | undefined): Promise<string> {
  const beside = join(base, 'socket');
  const digest = createHash('sha256').update(base).digest('hex').slice(0, 12);
  const path = fits(beside) ? beside : join(tmpdir(), `crossdock-${digest}`);
  if (!fits(path))
    throw new EmbeddedPostgresError(`${path} is too long for a socket. Set CROSSDOCK_DATA to a shorter path.`);
  await privateDirectory(path, account);
  return path;
}

function fits(directory: string): boolean {
  return Buffer.byteLength(join(directory, '.s.PGSQL.5432')) <= socketPathLimit;
}

interface Launch {
  readonly binaries: Binaries;
  readonly data: string;
  readonly socket: string;
  readonly account: Account | undefined;
  readonly options: Omit<EmbeddedPostgresOptions, 'dataDirectory'>;
}

interface Server {
  readonly child: ChildProcess;
  readonly pid: number;
}

export function serverArguments({ binaries, data, socket, options }: Omit<Launch, 'account'>): string[] {
  const settings = [
    ...['listen_addresses=', `unix_socket_directories=${socket}`, 'unix_socket_permissions=0700'],
    ...['shared_buffers=128MB', 'max_connections=200', 'timezone=UTC', 'log_timezone=UTC'],
    ...['max_wal_size=1GB', 'wal_compression=on', 'jit=off'],
    ...(options.settings ?? []),
  ];
  return [binaries.postgres, '-D', data, ...settings.flatMap((setting) => ['-c', setting])];
}

/** Children of a killed postmaster can hold its shared memory for a moment, so a failed start is tried again. */
async function launchUntilReady(launch: Launch): Promise<Server> {
  const deadline = Date.now() + readyDeadline;
  for (;;) {
    await clearOrphan(launch.data);
    const lines: string[] = [];
    const child = spawnGuarded(launch, lines);
    const failure = await readyOrGone(child, launch.socket, deadline);
    const pid = await postmasterPid(launch.data);
    if (!failure && pid !== undefined) return { child, pid };
    child.stdin?.end();
    if (Date.now() + 500 > deadline) {
      const said = lines.slice(-8).join('').trim();
      throw new EmbeddedPostgresError(`PostgreSQL did not start on ${launch.data}: ${failure ?? 'no pid'}. ${said}`);
    }
    await sleep(500);
  }
}

function spawnGuarded(launch: Launch, lines: string[]): ChildProcess {
  const child = spawn('/bin/sh', ['-c', guard, 'crossdock-postgres', ...serverArguments(launch)], {
    ...launch.account,
    cwd: '/',
    env: serverEnvironment,
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lines.push(text);
    if (lines.length > 50) lines.shift();
    launch.options.log?.(text.trimEnd());
  });
  child.on('error', (error) => lines.push(error.message));
  return child;
}

/** Undefined when it answers and is out of recovery; else why not. */
async function readyOrGone(child: ChildProcess, socket: string, deadline: number): Promise<string | undefined> {
  let why = 'no answer';
  while (Date.now() < deadline) {
    if (hasEnded(child)) return `it ended with ${child.exitCode ?? child.signalCode}`;
    const answer = await probe(socketUrl(socket));
    if (answer === undefined) return undefined;
    why = answer;
    await sleep(25);
  }
  return why;
}

/** Undefined when the server takes reads and writes. */
export async function probe(url: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ recovering: boolean }>('select pg_is_in_recovery() as recovering');
    return rows[0]?.recovering === false ? undefined : 'still in recovery';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A server that is started again when it is killed or runs out of memory. Committed work survives; clients reconnect. */
class KeptRunning implements EmbeddedPostgres {
  readonly url: string;
  private stopping = false;
  private restart: Promise<void> = Promise.resolve();

  constructor(
    private readonly launch: Launch,
    private server: Server,
    private readonly ownerFile: string,
  ) {
    this.url = socketUrl(launch.socket);
    this.watch();
  }

  get pid(): number {
    return this.server.pid;
  }

  readonly stop = async (): Promise<void> => {
    this.stopping = true;
    await this.restart;
    await end(this.server);
    await giveUpOwnership(this.ownerFile);
  };

  private watch(): void {
    const { child } = this.server;
    if (hasEnded(child)) this.ended();
    else child.once('exit', () => this.ended());
  }

  private ended(): void {
    if (this.stopping) return;
    // It ends with 0 only when it was told to: by a person, or by a new owner of the data.
    if (this.server.child.exitCode === 0) {
      this.lost(new EmbeddedPostgresError('PostgreSQL was stopped.'));
      return;
    }
    this.launch.options.log?.('PostgreSQL ended by itself; it is started again');
    this.restart = this.again();
  }

  private async again(): Promise<void> {
    try {
      this.server = await launchUntilReady(this.launch);
      this.watch();
    } catch (error) {
      this.lost(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private lost(error: Error): void {
    this.launch.options.lost?.(error);
  }
}

async function end({ child, pid }: Server): Promise<void> {
  child.stdin?.end();
  if (await gone(pid, 15_000)) return;
  process.kill(pid, 'SIGQUIT');
  await gone(pid, 10_000);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
