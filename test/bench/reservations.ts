import { randomUUID } from 'node:crypto';
import type { Running } from '../support/running';
import type { Done, Work } from './bare-reserver';
import { type Bench, expectEqual } from './bench';
import { requestsPerSecond } from './load';
import { compared } from './pairs';
import { Twin } from './twin';
import { databaseUrl, inDatabase, liftPlan, skuOf, startCrossdock, stockUp, UNIT } from './world';

/** A row of the bench table: reserving over HTTP beside a bare transaction on the same database. */
interface ReserveRow {
  readonly name: string;
  readonly items: number;
  readonly wanted: number;
}

const CLIENTS = 32;
const EACH = 100_000_000;
/** Long enough for the optimising compiler: short of it the first pair is a third slower than the others. */
const WARM_UP = 6_000;
const SECONDS = 6;
const SHORT_SECONDS = 2;

/** Reservations of different items from 32 clients, each with an Idempotency-Key of its own. */
export const reservationSpread = reserveBench({ name: 'reservation.spread.vs-raw', items: 500, wanted: 1.2 });

/** All of one item: there is stock for everybody, so what is measured is how fast takers of one row follow each other. */
export const reservationHot = reserveBench({ name: 'reservation.hot.vs-raw', items: 1, wanted: 3 });

function reserveBench({ name, items, wanted }: ReserveRow): Bench {
  return {
    name,
    async run({ short, say }) {
      const crossdock = await startCrossdock(50);
      const bare = await Twin.start('bare-reserver', databaseUrl(crossdock));
      try {
        await Promise.all([liftPlan(crossdock), stockUp(crossdock, { items, each: EACH })]);
        const ours = (reservations: number): Promise<number> => reserveOurs(crossdock, items, reservations);
        const raw = (reservations: number): Promise<number> => reserveBare(bare, items, reservations);
        const seconds = short ? SHORT_SECONDS : SECONDS;
        const each = Math.round(seconds * (await ours(WARM_UP)));
        const bareEach = Math.round(seconds * (await raw(WARM_UP / 4)));
        const rivals = { ours: () => ours(each), reference: () => raw(bareEach), pairs: short ? 1 : 5 };
        return [await compared({ name, unit: 'reservations/s', wanted, ...rivals }, { say })];
      } finally {
        await bare.stop();
        await crossdock.stop();
      }
    },
  };
}

/** A fixed number, so that all are answered when it ends and what they hold can be counted. */
async function reserveOurs(crossdock: Running, items: number, reservations: number): Promise<number> {
  const { demo } = crossdock;
  const bodies = Array.from({ length: items }, (_, index) =>
    JSON.stringify({ lines: [{ line: 1, item: skuOf(index), quantity: { value: '1', unit: UNIT } }] }),
  );
  const before = await heldUnits(crossdock);
  let next = 0;
  const rate = await requestsPerSecond({
    url: `${demo.url}/portal/v1/reservations`,
    headers: { authorization: `Bearer ${demo.keys.portal}` },
    next: () => ({ body: bodies[(next += 1) % items]!, headers: { 'idempotency-key': randomUUID() } }),
    connections: CLIENTS,
    extent: { requests: reservations },
    right: (body) => (JSON.parse(body) as { lines: unknown[] }).lines.length === 1,
  });
  const after = await heldUnits(crossdock);
  expectEqual('units reserved', after.reserved - before.reserved, reservations);
  expectEqual('slices', after.slices - before.slices, reservations);
  return rate;
}

async function reserveBare(bare: Twin, items: number, reservations: number): Promise<number> {
  const work: Work = { items, clients: CLIENTS, reservations };
  const { seconds, reserved } = await bare.ask<Done>(work);
  expectEqual('units reserved by the reference', reserved, reservations);
  return reservations / seconds;
}

async function heldUnits(crossdock: Running): Promise<{ reserved: number; slices: number }> {
  const { rows } = await inDatabase(crossdock, (client) =>
    client.query<{ reserved: string; slices: string }>(
      `select (select coalesce(sum(reserved), 0) from availability.position where item like 'BENCH-%') as reserved,
              (select coalesce(sum(quantity), 0) from availability.slice where item like 'BENCH-%') as slices`,
    ),
  );
  return { reserved: Number(rows[0]?.reserved), slices: Number(rows[0]?.slices) };
}
