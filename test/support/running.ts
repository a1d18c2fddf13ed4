import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export const projectRoot = join(__dirname, '../..').replace(/\/dist$/, '');

export interface DemoFile {
  url: string;
  sandboxUrl: string;
  partner: string;
  keys: { portal: string; marketplace: string; planner: string; operations: string };
  sample: { item: string; unit: string; shipTo: string; scarceItem: string };
}

/** One running Crossdock, started the way a user starts it, with its own data directory and port. */
export class Running {
  private constructor(
    readonly demo: DemoFile,
    readonly dataDirectory: string,
    private child: ChildProcess,
    private readonly options: StartOptions,
  ) {}

  static async start(given: StartOptions = {}): Promise<Running> {
    const options = await withOwnDatabase(given);
    const dataDirectory = options.dataDirectory ?? mkdtempSync(join(tmpdir(), 'crossdock-e2e-'));
    // As root the embedded PostgreSQL runs as another account, which must be able to pass through.
    chmodSync(dataDirectory, 0o755);
    const child = launch(dataDirectory, options);
    try {
      return new Running(await ready(child, dataDirectory), dataDirectory, child, options);
    } catch (error) {
      await dropOwnDatabase(options);
      throw error;
    }
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Of its database, when that is on a server that was named; else the embedded one's is in the data directory. */
  get databaseUrl(): string | undefined {
    return this.options.environment?.['DATABASE_URL'];
  }

  /** Kills the process without a word, as a power cut would. */
  async kill(): Promise<void> {
    const gone = exited(this.child);
    this.child.kill('SIGKILL');
    await gone;
  }

  /** Asks the process to end, as a deployment does, and says with what status it did. */
  async end(): Promise<number | NodeJS.Signals | null> {
    const gone = exited(this.child);
    this.child.kill('SIGTERM');
    await gone;
    return this.child.exitCode ?? this.child.signalCode;
  }

  async restart(): Promise<void> {
    this.launch();
    await this.ready();
  }

  /** Starts it again and does not wait; with these settings beside its own this once. */
  launch(environment: Readonly<Record<string, string>> = {}): void {
    const merged = { ...this.options.environment, ...environment };
    this.child = launch(this.dataDirectory, { ...this.options, environment: merged });
  }

  /** Resolves with the signal that ended it, or null when it ended by itself. */
  async gone(): Promise<NodeJS.Signals | null> {
    await exited(this.child);
    return this.child.signalCode;
  }

  /** Waits until it is ready. */
  async ready(): Promise<void> {
    Object.assign(this.demo, await ready(this.child, this.dataDirectory));
  }

  async stop(): Promise<void> {
    await this.end();
    if (this.options.dataDirectory === undefined) rmSync(this.dataDirectory, { recursive: true, force: true });
    await dropOwnDatabase(this.options);
  }
}

/** Split tests run on the PostgreSQL of DATABASE_URL. Each start on a server has a database of its own there. */
async function withOwnDatabase(options: StartOptions): Promise<StartOptions> {
  const server = options.server ?? (options.split === true ? process.env['DATABASE_URL'] : undefined);
  if (server === undefined) return options;
  const name = `crossdock_e2e_${randomUUID().slice(0, 8)}`;
  await onServer(server, `create database "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { ...options, server, environment: { ...options.environment, DATABASE_URL: url.href } };
}

async function dropOwnDatabase({ server, environment }: StartOptions): Promise<void> {
  const own = environment?.['DATABASE_URL'];
  if (server !== undefined && own !== undefined)
    await onServer(server, `drop database if exists "${databaseOf(own)}" with (force)`);
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** One statement on a PostgreSQL server. */
export async function onServer<Row extends object>(server: string, statement: string): Promise<{ rows: Row[] }> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    return await client.query<Row>(statement);
  } finally {
    await client.end();
  }
}

export interface StartOptions {
  readonly dataDirectory?: string;
  readonly split?: boolean;
  /** URL of a PostgreSQL server to have a database of its own on; the embedded one when absent. */
  readonly server?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function launch(dataDirectory: string, options: StartOptions): ChildProcess {
  rmSync(join(dataDirectory, 'demo.json'), { force: true });
  const log = openSync(logPath(dataDirectory), 'a');
  const child = spawn(process.execPath, argumentsOf(options.split === true ? 'start:split' : 'start'), {
    cwd: projectRoot,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      PORT: '0',
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      CROSSDOCK_ROUND_TRIP: '1',
      CROSSDOCK_SANDBOX_SPEED: '50',
      CROSSDOCK_DATA: dataDirectory,
      ...options.environment,
    },
  });
  closeSync(log);
  return child;
}

/** What the command of that name gives Node: its options, and the file. */
function argumentsOf(command: 'start' | 'start:split'): string[] {
  const { scripts } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as PackageFile;
  return scripts[command].split(' ').slice(1);
}

interface PackageFile {
  readonly scripts: Readonly<Record<'start' | 'start:split', string>>;
}

function logPath(dataDirectory: string): string {
  return join(dataDirectory, 'crossdock.log');
}

async function ready(child: ChildProcess, dataDirectory: string): Promise<DemoFile> {
  const deadline = Date.now() + 240_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(
        `it ended with ${child.exitCode ?? child.signalCode} before it was ready:\n${readFileSync(logPath(dataDirectory), 'utf8').slice(-3000)}`,
      );
    if (existsSync(join(dataDirectory, 'demo.json')))
      return JSON.parse(readFileSync(join(dataDirectory, 'demo.json'), 'utf8')) as DemoFile;
    await sleep(50);
  }
  throw new Error('not ready within four minutes');
}

function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/**
 * A port nobody listens on now, for an installation that must come back at the same address: below those the system gives to
 * connections, so that none of them takes it while the installation is down.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
