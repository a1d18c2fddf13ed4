import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { DirectClient } from './direct-client';
import { seedTryton } from './seed';

const run = promisify(execFile);

export const POSTGRES = process.env['CROSSDOCK_TEST_POSTGRES'] ?? 'postgresql://postgres@127.0.0.1:5432';
const PASSWORD = 'crossdock';
const MODULES = 'sale purchase stock_supply stock_lot stock_split stock_package sale_supply account_invoice_stock stock_product_location purchase_request account_credit_limit'.split(' '); // prettier-ignore
/** Activating the modules takes a minute and a half, so it is done once per machine; raise the number when MODULES change. */
const TEMPLATE = 'crossdock_tryton_template_2';
/** Seeded once per year (the fiscal years are the calendar's); raise the number when the seed changes. */
const SEEDED = `crossdock_tryton_seeded_2_${new Date().getUTCFullYear()}`;
/** Any number of our own: two test runs on one machine must not build the template at the same time. */
const BUILD_LOCK = 7_316_001;

/** Compiling Tryton's many small queries costs more than running them. */
const ENVIRONMENT = { ...process.env, PGOPTIONS: '-c jit=off -c synchronous_commit=off' };

export interface RunningTryton {
  /** Another one after `startAgain`. */
  readonly url: string;
  readonly database: string;
  readonly user: 'admin';
  readonly password: string;
  /** Logged in, with the company in its context. */
  readonly direct: DirectClient;
  /** Everything trytond has said so far. */
  log(): string;
  /** Ends the server process; what was committed stays. */
  stopServer(): Promise<void>;
  /** At another port: the old one may be somebody else's by now. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real Tryton 6.0 with a database of its own, cloned from a seeded template. The first call on a machine takes about two
 * minutes (packages, modules, seed), later ones a few seconds. Needs root for the packages and PostgreSQL on 127.0.0.1:5432.
 */
export async function startTryton(): Promise<RunningTryton> {
  await run('sh', [join(__dirname, 'install.sh')], { maxBuffer: 64e6 });
  await ensureTemplates();
  const database = `crossdock_tryton_${process.pid}_${Date.now().toString(36)}`;
  await administer((client) => client.query(`CREATE DATABASE ${database} TEMPLATE ${SEEDED}`));
  let server = await startServer(database);
  const stop = async (): Promise<void> => {
    await server.stop();
    await administer((client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
  };
  try {
    const direct = await clientOf(server.url, database);
    const [company] = await direct.find('company.company', []);
    direct.context = { company: company?.id };
    return {
      ...{ database, user: 'admin', password: PASSWORD, direct, stop },
      get url() {
        return server.url;
      },
      log: () => server.log(),
      stopServer: () => server.stop(),
      startAgain: async () => {
        server = await startServer(database);
        direct.url = server.url;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ensureTemplates(): Promise<void> {
  await administer(async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [BUILD_LOCK]);
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname = ANY($1)',
      [[TEMPLATE, SEEDED]],
    );
    await dropLeftovers(client);
    const present = rows.map((row) => row.datname);
    if (!present.includes(TEMPLATE)) await build(client, TEMPLATE, 'template0', activateModules);
    if (!present.includes(SEEDED)) await build(client, SEEDED, TEMPLATE, seed);
  });
}

/** Databases of test runs that were killed: their names begin with the process id. */
async function dropLeftovers(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^crossdock_tryton_[0-9]+_'",
  );
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split('_')[2]))) await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Under a working name until it is whole: a build that was killed leaves nothing that looks like a template. */
async function build(
  client: Client,
  name: string,
  from: string,
  fill: (database: string) => Promise<void>,
): Promise<void> {
  const working = `${name}_building`;
  await client.query(`DROP DATABASE IF EXISTS ${working} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${working} TEMPLATE ${from}`);
  await fill(working);
  await client.query(`ALTER DATABASE ${working} RENAME TO ${name}`);
}

async function activateModules(database: string): Promise<void> {
  await withConfiguration(0, async (configuration, directory) => {
    const passwordFile = join(directory, 'password');
    await writeFile(passwordFile, `${PASSWORD}\n`);
    const options = { env: { ...ENVIRONMENT, TRYTONPASSFILE: passwordFile }, maxBuffer: 64e6 };
    const admin = ['-c', configuration, '-d', database];
    await run('trytond-admin', [...admin, '--all', '--email', 'admin@example.com'], options);
    await analysedMeanwhile(
      database,
      run('trytond-admin', [...admin, '-u', ...MODULES, '--activate-dependencies'], options),
    );
  });
}

/** Tryton reads the catalogue for every column it adds; on tables never analysed each such query takes half a second. */
async function analysedMeanwhile(database: string, work: Promise<unknown>): Promise<void> {
  let busy = true;
  const settled = work.finally(() => {
    busy = false;
  });
  const analysing = administer(async (client) => {
    while (busy) {
      await client.query('ANALYZE');
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 5000)), settled]);
    }
  }, database);
  await settled;
  await analysing;
}

async function seed(database: string): Promise<void> {
  const server = await startServer(database);
  try {
    await seedTryton(await clientOf(server.url, database));
  } catch (error) {
    throw new Error(`the Tryton seed failed: ${String(error)}\n${server.log().slice(-4000)}`, { cause: error });
  } finally {
    await server.stop();
  }
}

async function clientOf(url: string, database: string): Promise<DirectClient> {
  const direct = new DirectClient(url, database, 'admin', PASSWORD);
  await direct.login();
  return direct;
}

async function administer<T>(work: (client: Client) => Promise<T>, database = 'postgres'): Promise<T> {
  const client = new Client({ connectionString: `${POSTGRES}/${database}` });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function withConfiguration<T>(port: number, work: (path: string, directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'crossdock-tryton-'));
  try {
    const path = join(directory, 'trytond.conf');
    await writeFile(path, `[database]\nuri=${POSTGRES}/\n[web]\nlisten=127.0.0.1:${port}\n[session]\ntimeout=86400\n`);
    return await work(path, directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Server {
  readonly url: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

async function startServer(database: string): Promise<Server> {
  const port = await freePort();
  return withConfiguration(port, async (configuration) => {
    const child = spawn('trytond', ['-c', configuration, '-d', database], {
      env: ENVIRONMENT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // A test run that dies must not leave servers behind.
    process.once('exit', () => child.kill('SIGKILL'));
    const output: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    const url = `http://127.0.0.1:${port}`;
    const log = (): string => output.join('');
    await answers(url, child, log);
    return { url, log, stop: () => stopped(child) };
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function answers(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) break;
    try {
      const body = JSON.stringify({ id: 0, method: 'common.server.version', params: [] });
      const response = await fetch(`${url}/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`trytond did not start:\n${log().slice(-4000)}`);
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(hard);
}
