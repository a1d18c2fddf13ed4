import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Jobs } from '#messaging/jobs';
import { Listener } from '#messaging/listener';
import { messagingMigrations } from '#messaging/migrations';
import { Database } from '#persistence/database';
import { startEmbeddedPostgres } from '#persistence/embedded/server';
import type { EmbeddedPostgres } from '#persistence/embedded/server';
import { migrate } from '#persistence/migrations';
import { temporaryDirectory } from '#testing/postgres';
import { onServer } from '../support/running';

/** CHAOS_JOBS, CHAOS_WORKER_KILLS, CHAOS_POSTGRES_KILLS, CHAOS_TIMERS and CHAOS_SEED set the size. */
const size = (name: string, standard: number): number => Number(process.env[name] ?? standard);
const jobCount = size('CHAOS_JOBS', 2_000);
const workerKills = size('CHAOS_WORKER_KILLS', 20);
const postgresKills = size('CHAOS_POSTGRES_KILLS', 2);
const timerCount = size('CHAOS_TIMERS', 2_000);
const seed = size('CHAOS_SEED', Date.now() % 1_000_000);
const keys = 40;
const workerFile = resolve(__dirname, '../../dist/test/chaos/jobs-worker.js');

let server: EmbeddedPostgres;
let database: Database;
let jobs: Jobs;
let directory: string;
const workers: ChildProcess[] = [];
const random = generator(seed);

beforeAll(async () => {
  if (!existsSync(workerFile)) throw new Error('run npm run build first: the workers run compiled code');
  directory = await temporaryDirectory('crossdock-chaos');
  server = await startEmbeddedPostgres({ dataDirectory: directory });
  await migrate(server.url, [messagingMigrations]);
  database = await Database.connect({ url: server.url, poolSize: 4 });
  jobs = new Jobs(database, new Listener(database));
  await asOwner(`
    create table effect (position bigserial, queue text, n int, order_key text, at timestamptz default clock_timestamp());
    create table produced (n int primary key);
    create table due (n int, run_at timestamptz);
    grant all on effect, produced, due, effect_position_seq to public`);
});

beforeEach(() => asOwner('truncate effect, produced, due, messaging.job'));

afterEach(() => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});

afterAll(async () => {
  await database.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

it(
  'workers and PostgreSQL killed at random: no job lost, no effect twice, each key in order',
  () => reproducibly(killedAtRandom),
  600_000,
);

it('timers fire exactly once although workers are killed', () => reproducibly(timersFireOnce));

async function killedAtRandom(): Promise<void> {
  for (let index = 0; index < 3; index += 1) startWorker(index);
  const pause = (workerKills * 300) / (jobCount / 10);
  await Promise.all([produce(pause), kill()]);
  await drained(['single', 'batch']);
  expect(await count(`select count(*) from (select distinct queue, n from effect) as once`)).toBe(jobCount);
  expect(await count(`select count(*) from effect`)).toBe(jobCount);
  expect(await count(inversions)).toBe(0);
}

const inversions = `
  select count(*) from (
    select n, lag(n) over (partition by queue, order_key order by position) as before
      from effect where order_key is not null) as pairs
   where before > n`;

async function timersFireOnce(): Promise<void> {
  for (let index = 0; index < 2; index += 1) startWorker(index);
  const timers = Array.from({ length: timerCount }, (_, n) => ({
    queue: 'timer',
    payload: { n },
    delaySeconds: random() * 10,
  }));
  await jobs.enqueue(database, timers);
  await database.query(`insert into due select (payload->>'n')::int, run_at from messaging.job`);
  for (let kills = 0; kills < 2; kills += 1) {
    await sleep(2_500 + random() * 1_000);
    restartWorker(Math.floor(random() * 2));
  }
  await drained(['timer']);
  expect(await count('select count(*) from effect')).toBe(timerCount);
  expect(await count('select count(distinct n) from effect')).toBe(timerCount);
  expect(await count('select count(*) from effect join due using (n) where at < run_at')).toBe(0);
}

/** Ten jobs a transaction. When its outcome is unknown the row in `produced` tells, and it is tried again or not. */
async function produce(pause: number): Promise<void> {
  for (let n = 0; n < jobCount; n += 10) {
    await insist(async () => {
      if ((await database.query('select 1 from produced where n = $1', [n])).rowCount > 0) return;
      await database.transaction(async (tx) => {
        await tx.query('insert into produced (n) values ($1)', [n]);
        await jobs.enqueue(
          tx,
          Array.from({ length: 10 }, (_, index) => jobNumber(n + index)),
        );
      });
    });
    await sleep(pause);
  }
}

function jobNumber(n: number): Parameters<Jobs['enqueue']>[1][number] {
  const queue = n % 2 === 0 ? 'single' : 'batch';
  return n % 5 === 0 ? { queue, payload: { n } } : { queue, payload: { n }, orderKey: `key-${n % keys}` };
}

async function kill(): Promise<void> {
  const everyNth = Math.ceil(workerKills / (postgresKills + 1));
  for (let kills = 1; kills <= workerKills; kills += 1) {
    await sleep(150 + random() * 300);
    restartWorker(Math.floor(random() * 3));
    if (kills % everyNth === 0 && kills < workerKills) await killPostgres((kills / everyNth) % 2 === 1);
  }
}

/** Tables of the test are not the product's to make; the other connections are not its to see. */
function asOwner<Row extends object>(text: string): Promise<{ rows: Row[] }> {
  return onServer<Row>(server.url, text);
}

async function killPostgres(wholeServer: boolean): Promise<void> {
  if (wholeServer) {
    process.kill(server.pid, 'SIGKILL');
    await server.stop();
    server = await startEmbeddedPostgres({ dataDirectory: directory });
    return;
  }
  const { rows } = await asOwner<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
  );
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
}

function startWorker(index: number): void {
  workers[index] = spawn(process.execPath, [workerFile, server.url], { stdio: ['pipe', 'ignore', 'ignore'] });
}

function restartWorker(index: number): void {
  workers[index]?.kill('SIGKILL');
  startWorker(index);
}

async function drained(queues: string[]): Promise<void> {
  const deadline = Date.now() + 240_000;
  const open = (): Promise<number> => count('select count(*) from messaging.job where queue = any($1)', [queues]);
  while ((await open()) > 0) {
    if (Date.now() > deadline) throw new Error(`${await open()} jobs are still there`);
    await sleep(100);
  }
}

async function count(text: string, values: readonly unknown[] = []): Promise<number> {
  return insist(async () => Number((await database.query<{ count: string }>(text, values)).rows[0]?.count));
}

/** The database is away now and then: that is the test. */
async function insist<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

async function reproducibly(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const command = `CHAOS_SEED=${seed} CHAOS_JOBS=${jobCount} CHAOS_WORKER_KILLS=${workerKills} CHAOS_POSTGRES_KILLS=${postgresKills} CHAOS_TIMERS=${timerCount} npx jest --selectProjects chaos ${join('test', 'chaos', 'jobs')}`;
    throw new Error(`reproduce with: ${command}`, { cause: error });
  }
}

/** mulberry32: small, seeded. */
function generator(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
