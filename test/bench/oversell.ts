import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as pg from 'pg';
import { Running } from '../support/running';
import { type Bench, BenchFailed, type BenchOptions, type Measurement } from './bench';
import { startSmallShop } from './check-then-write';
import { attack, type Door, type Tally } from './oversell-attack';
import { verdict, type Found } from './oversell-verdict';
import { databaseUrl, good, liftPlan, operationsOf, putItems, skuOf, startCrossdock, UNIT } from './world';

const CLIENTS = 64;
const ATTEMPTS = 20_000;
const SHORT_ATTEMPTS = 4_000;
const SUPPLY = 1_500;
const NODE = 'DC-NORTH';
/** What everybody who is refused can be told: more comes on this day. */
const NEXT_SUPPLY_IN_DAYS = 10;
/** PostgreSQL counts what happened once a second. */
const STATISTICS_MS = 2_500;

/**
 * Many clients at one supply, over HTTP: exactly the supply is reserved, everybody else is told when it would work. In one
 * process and in two on one database. `--broken` puts a reservation that checks and then writes in our place.
 */
export const oversell: Bench = {
  name: 'oversell',
  heavy: true,
  run: (options) => (options.broken === true ? brokenRun(options) : soundRuns(options)),
};

async function soundRuns(options: BenchOptions): Promise<Measurement[]> {
  const server = await realServer();
  // One process brings its own PostgreSQL.
  delete process.env['DATABASE_URL'];
  const rows = [await inOneProcess(options)];
  if (server === undefined) {
    options.say('two processes: left out, no PostgreSQL at DATABASE_URL or 127.0.0.1:5432');
    return rows;
  }
  process.env['DATABASE_URL'] = server;
  return [...rows, await inTwoProcesses(server, options)];
}

async function inOneProcess(options: BenchOptions): Promise<Measurement> {
  const crossdock = await startCrossdock(50);
  try {
    await Promise.all([liftPlan(crossdock), stock(crossdock)]);
    return await attacked('oversell.one-process', [crossdock], databaseUrl(crossdock), options);
  } finally {
    await crossdock.stop();
  }
}

async function inTwoProcesses(server: string, options: BenchOptions): Promise<Measurement> {
  const name = `crossdock_oversell_${randomUUID().slice(0, 8)}`;
  await onServer(server, `create database "${name}"`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const environment = {
    DATABASE_URL: url.href,
    CROSSDOCK_SECRET_KEY: randomBytes(32).toString('base64url'),
    CROSSDOCK_INTERNAL_SECRET: randomBytes(32).toString('base64url'),
  };
  const running: Running[] = [];
  try {
    for (let count = 0; count < 2; count += 1) running.push(await startCrossdock(50, environment));
    await stock(running[0]!);
    await inDatabase(url.href, (client) => client.query(`update gateway.plan set policies = $1::jsonb`, [LIFTED]));
    await sleep(KEYS_BELIEVED_MS);
    return await attacked('oversell.two-processes', running, url.href, options);
  } finally {
    for (const crossdock of running.reverse()) await crossdock.stop();
    await onServer(server, `drop database if exists "${name}" with (force)`);
  }
}

const LIFTED = JSON.stringify([{ name: 'burst', quota: 100_000_000, windowSeconds: 60 }]);
const KEYS_BELIEVED_MS = 6_000;

/** The supply on the shelf, and far more that comes later. */
async function stock(crossdock: Running): Promise<void> {
  const operations = operationsOf(crossdock);
  const place = { item: skuOf(0), node: NODE };
  await putItems(crossdock, 1);
  const received = { ...place, id: 'oversell-1', fact: 'RECEIVED', quantity: String(SUPPLY), occurredAt: new Date().toISOString() }; // prettier-ignore
  await good(operations.post('/operations/v1/inventory-events', { source: 'oversell', records: [received] }));
  const later = { ...place, id: 'OVERSELL-PO', kind: 'PURCHASE_ORDER', quantity: '1000000', availableOn: inDays(NEXT_SUPPLY_IN_DAYS) }; // prettier-ignore
  await good(operations.put('/operations/v1/supplies', { supplies: [later] }));
}

async function attacked(
  name: string,
  running: readonly Running[],
  database: string,
  { short, say }: BenchOptions,
): Promise<Measurement> {
  // prettier-ignore
  const before = await deadlocks(database);
  const doors = running.map(({ demo }) => ({ url: demo.url, key: demo.keys.portal }));
  const tally = await attackWith(doors, short);
  await sleep(STATISTICS_MS);
  const held = await inDatabase(database, (client) =>
    client.query<{ position: string; slices: string }>(
      `select (select reserved::text from availability.position where item = $1 and node = $2) as position,
              (select sum(quantity)::text from availability.slice where item = $1 and held) as slices`,
      [skuOf(0), NODE],
    ),
  );
  const invariants = await good(operationsOf(running[0]!).get('/operations/v1/invariants'));
  const found: Found = {
    positionReserved: Number(held.rows[0]?.position),
    sliceReserved: Number(held.rows[0]?.slices),
    deadlocks: (await deadlocks(database)) - before,
    breaches: invariants.body.breaches.map((breach: unknown) => JSON.stringify(breach)),
  };
  return judged(name, tally, found, say);
}

async function brokenRun({ short, say }: BenchOptions): Promise<Measurement[]> {
  const crossdock = await startCrossdock(50);
  const shop = await startSmallShop(databaseUrl(crossdock), SUPPLY, 'CHECK_THEN_WRITE');
  try {
    const tally = await attackWith([{ url: shop.url, key: 'none' }], short);
    return [judged('oversell.broken', tally, { ...(await shop.held()), deadlocks: 0, breaches: [] }, say)];
  } finally {
    await shop.close();
    await crossdock.stop();
  }
}

function attackWith(doors: readonly Door[], short: boolean): Promise<Tally> {
  const attempts = short ? SHORT_ATTEMPTS : ATTEMPTS;
  return attack({ doors, item: skuOf(0), unit: UNIT, clients: CLIENTS, attempts, latestDate: inDays(2) });
}

/** Errors: BenchFailed with everything that went wrong. */
function judged(name: string, tally: Tally, found: Found, say: BenchOptions['say']): Measurement {
  const { attempts, accepted, acceptedUnits, refused, seconds, p50, p99 } = tally;
  say(`${name}: ${attempts} attempts of ${CLIENTS} clients in ${seconds.toFixed(1)} s (${(attempts / seconds).toFixed(0)}/s, p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms)`); // prettier-ignore
  say(`${accepted} reservations of ${acceptedUnits} units of a supply of ${SUPPLY}, ${refused} refusals with the next day, ${found.deadlocks} deadlocks, ${found.breaches.length} breaches`); // prettier-ignore
  const wrong = verdict(SUPPLY, tally, found);
  if (wrong.length > 0) throw new BenchFailed(wrong.join('\n          '));
  return { name, ours: acceptedUnits, reference: SUPPLY, unit: 'units', wanted: 'lower', note: `${attempts} attempts` };
}

async function deadlocks(database: string): Promise<number> {
  const { rows } = await inDatabase(database, (client) =>
    client.query<{ deadlocks: string }>('select deadlocks from pg_stat_database where datname = current_database()'),
  );
  return Number(rows[0]?.deadlocks);
}

/** A PostgreSQL where a database can be made: DATABASE_URL, or the one of this machine. */
async function realServer(): Promise<string | undefined> {
  const url = process.env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  return onServer(url, 'select 1').then(
    () => url,
    () => undefined,
  );
}

function onServer(server: string, statement: string): Promise<unknown> {
  return inDatabase(server, (client) => client.query(statement));
}

async function inDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
