import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { onServer, type Running } from '../../support/running';
import { type Bench, type BenchOptions, BenchFailed, type Measurement } from '../bench';
import { compared } from '../pairs';
import { liftPlan, startCrossdock, stockUp } from '../world';
import { INSTALL_COMMAND, isMedusaInstalled } from './install';
import { Medusa } from './medusa';
import { openShop, type Shop } from './shop';

const SERVER = process.env['CROSSDOCK_BENCH_SERVER'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
export const ITEMS = 200;
export const EACH = 1_000_000;
export const CLIENTS = 32;
/** On a crowded machine Medusa's answers take longer than the ten seconds that are usual. */
export const PATIENCE_SECONDS = 120;

/** Both on one PostgreSQL server, a database each, the same items, the same stock. */
export interface Sides {
  readonly crossdock: Running;
  readonly medusa: Medusa;
  readonly medusaDatabase: string;
  readonly shop: Shop;
}
export interface Duel {
  readonly name: string;
  readonly unit: string;
  readonly wanted: number;
  /** Asked of Medusa before anything counts, then in each pair, shorter with `--short`. */
  readonly requests: { readonly warmUp: number; readonly short: number; readonly full: number };
  readonly ours: (sides: Sides, options: BenchOptions) => Promise<number>;
  /** Exactly so many requests: Medusa answers some tens in a second. */
  readonly medusa: (sides: Sides, requests: number) => Promise<number>;
  /** Before all. */
  readonly opened?: (sides: Sides) => Promise<void>;
  /** After all: what was answered is what is written. Answers what else was seen. */
  readonly settled?: (sides: Sides) => Promise<string | undefined>;
}

export function besideMedusa(duelOf: () => Duel): Bench {
  const { name } = duelOf();
  return {
    name,
    async run(options) {
      if (isMedusaInstalled()) return [await fought(duelOf(), options)];
      const note = `not run: Medusa is not installed, run ${INSTALL_COMMAND}`;
      if (options.named) throw new BenchFailed(note);
      return [{ name, ours: Number.NaN, reference: Number.NaN, unit: '', wanted: 'report', note }];
    },
  };
}

async function fought(duel: Duel, options: BenchOptions): Promise<Measurement> {
  const { name, unit, wanted, requests } = duel;
  return withSides(options, async (sides) => {
    await duel.opened?.(sides);
    const ours = (): Promise<number> => duel.ours(sides, options);
    const theirs = (count: number): Promise<number> => duel.medusa(sides, count);
    await ours();
    await theirs(requests.warmUp);
    const each = options.short ? requests.short : requests.full;
    const rivals = { ours, reference: () => theirs(each), pairs: options.short ? 1 : 3 };
    const measurement = await compared({ name, unit, wanted, ...rivals }, options);
    const note = await duel.settled?.(sides);
    return { ...measurement, ...(note !== undefined && { note }) };
  });
}

async function withSides<T>({ say }: BenchOptions, work: (sides: Sides) => Promise<T>): Promise<T> {
  const database = `crossdock_bench_medusa_${randomUUID().slice(0, 8)}`;
  await onServer(SERVER, `create database ${database}`);
  const medusaDatabase = Object.assign(new URL(SERVER), { pathname: `/${database}` }).href;
  const stops: (() => Promise<unknown>)[] = [() => onServer(SERVER, `drop database ${database} with (force)`)];
  try {
    const crossdock = await startCrossdock(50, { CROSSDOCK_SECRET_KEY: randomBytes(32).toString('base64') }, SERVER);
    stops.unshift(() => crossdock.stop());
    await Promise.all([liftPlan(crossdock), stockUp(crossdock, { items: ITEMS, each: EACH })]);
    const medusa = await Medusa.start(medusaDatabase);
    stops.unshift(() => medusa.stop());
    const shop = await openShop(medusa, ITEMS, EACH);
    say(`${ITEMS} items of ${EACH.toLocaleString('en')} on both sides, ${CLIENTS} clients`);
    return await work({ crossdock, medusa, medusaDatabase, shop });
  } finally {
    for (const stop of stops) await stop();
  }
}

/** The one row that a question about Medusa's or our database has. */
export async function rowOf<Row extends object>(connectionString: string, query: string): Promise<Row | undefined> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows[0];
  } finally {
    await client.end();
  }
}
