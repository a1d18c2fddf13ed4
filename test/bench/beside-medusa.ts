import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { onServer, type Running } from '../support/running';
import { askPortal } from './ask-availability';
import { type Bench, type BenchOptions, BenchFailed, expectEqual, type Measurement } from './bench';
import { requestsPerSecond } from './load';
import { INSTALL_COMMAND, isMedusaInstalled } from './medusa/install';
import { Medusa } from './medusa/medusa';
import { openShop, type Shop } from './medusa/shop';
import { compared } from './pairs';
import { databaseUrl, liftPlan, skuOf, startCrossdock, stockUp, UNIT } from './world';

const SERVER = process.env['CROSSDOCK_BENCH_SERVER'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
const ITEMS = 200;
const EACH = 1_000_000;
const CLIENTS = 32;
const WARM_UP = 100;
/** On a crowded machine Medusa's answers take longer than the ten seconds that are usual. */
const PATIENCE_SECONDS = 120;

/** Both on one PostgreSQL server, a database each, the same items, the same stock. */
interface Sides {
  readonly crossdock: Running;
  readonly medusa: Medusa;
  readonly medusaDatabase: string;
  readonly shop: Shop;
}
interface Duel {
  readonly name: string;
  readonly unit: string;
  readonly wanted: number;
  readonly ours: (sides: Sides, options: BenchOptions) => Promise<number>;
  /** Exactly so many requests: Medusa answers some tens in a second. */
  readonly medusa: (sides: Sides, requests: number) => Promise<number>;
  /** After all: what was answered is what is written. */
  readonly settled?: (sides: Sides) => Promise<void>;
}

/** A reservation of one unit, over HTTP, items in turn: ours with an idempotency key, kept and replayable; Medusa has none. */
export const reservationBesideMedusa = besideMedusa(() => {
  const asked = { ours: 0, medusa: 0 };
  return {
    name: 'reservation.vs-medusa',
    unit: 'reservations/s',
    wanted: 30,
    ours: ({ crossdock: { demo } }, { short }) =>
      requestsPerSecond({
        url: `${demo.url}/portal/v1/reservations`,
        headers: { authorization: `Bearer ${demo.keys.portal}` },
        next: () => {
          asked.ours += 1;
          const line = { line: 1, item: skuOf(asked.ours % ITEMS), quantity: { value: '1', unit: UNIT } };
          return { headers: { 'idempotency-key': randomUUID() }, body: JSON.stringify({ lines: [line], ttlSeconds: 86_400 }) }; // prettier-ignore
        },
        connections: CLIENTS,
        extent: { requests: short ? 4_000 : 16_000 },
        right: (body) => (JSON.parse(body) as { lines: object[] }).lines.length === 1,
      }),
    medusa: ({ medusa, shop }, requests) =>
      requestsPerSecond({
        url: `${medusa.url}/admin/reservations`,
        headers: medusa.adminHeaders,
        next: () => {
          asked.medusa += 1;
          const item = shop.inventoryItems[asked.medusa % ITEMS];
          return { body: JSON.stringify({ inventory_item_id: item, location_id: shop.location, quantity: 1 }) };
        },
        connections: CLIENTS,
        extent: { requests },
        timeoutSeconds: PATIENCE_SECONDS,
        right: (body) => (JSON.parse(body) as { reservation: { quantity: number } }).reservation.quantity === 1,
      }),
    settled: async ({ crossdock, medusaDatabase }) => {
      const mine = `select sum(reserved)::int as sum from availability.position where item like 'BENCH-%'`;
      expectEqual('units reserved', await sumOf(databaseUrl(crossdock), mine), asked.ours);
      const theirs = 'select sum(reserved_quantity)::int as sum from inventory_level';
      expectEqual('units reserved in Medusa', await sumOf(medusaDatabase, theirs), asked.medusa);
    },
  };
});

/**
 * What can be sold of one item. Of the ways Medusa has, the cheapest: one variant by its id, no more fields than its id and quantity,
 * no prices, options or pictures.
 */
export const availabilityBesideMedusa = besideMedusa(() => {
  let asked = 0;
  return {
    name: 'availability.vs-medusa',
    unit: 'requests/s',
    wanted: 100,
    ours: ({ crossdock }, { short }) =>
      askPortal(crossdock, { items: ITEMS, lines: 1, connections: CLIENTS, seconds: short ? 3 : 8 }),
    medusa: ({ medusa, shop }, requests) =>
      requestsPerSecond({
        url: medusa.url,
        headers: { 'x-publishable-api-key': shop.publishableKey },
        next: () => {
          const variant = shop.variants[(asked += 1) % ITEMS] ?? '';
          return { path: `/store/product-variants/${variant}?fields=id,inventory_quantity` };
        },
        connections: CLIENTS,
        extent: { requests },
        timeoutSeconds: PATIENCE_SECONDS,
        right: (body) => (JSON.parse(body) as { variant: { inventory_quantity: number } }).variant.inventory_quantity === EACH, // prettier-ignore
      }),
  };
});

function besideMedusa(duelOf: () => Duel): Bench {
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
  const { name, unit, wanted } = duel;
  return withSides(options, async (sides) => {
    const ours = (): Promise<number> => duel.ours(sides, options);
    const theirs = (requests: number): Promise<number> => duel.medusa(sides, requests);
    await ours();
    await theirs(WARM_UP);
    const requests = options.short ? 200 : 800;
    const rivals = { ours, reference: () => theirs(requests), pairs: options.short ? 1 : 3 };
    const measurement = await compared({ name, unit, wanted, ...rivals }, options);
    await duel.settled?.(sides);
    return measurement;
  });
}

async function withSides<T>({ say }: BenchOptions, work: (sides: Sides) => Promise<T>): Promise<T> {
  const database = `crossdock_bench_medusa_${randomUUID().slice(0, 8)}`;
  await onServer(SERVER, `create database ${database}`);
  const medusaDatabase = Object.assign(new URL(SERVER), { pathname: `/${database}` }).href;
  const stops: (() => Promise<void>)[] = [() => onServer(SERVER, `drop database ${database} with (force)`)];
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

async function sumOf(connectionString: string, query: string): Promise<number | undefined> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<{ sum: number }>(query)).rows[0]?.sum;
  } finally {
    await client.end();
  }
}
