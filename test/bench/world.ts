import * as pg from 'pg';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { socketUrl } from '#persistence/embedded/server';
import { Client, eventually, type Answer } from '../support/client';
import { Running } from '../support/running';
import { BenchFailed } from './bench';

export const PARTNER = 'benchco';
export const SHIP_TO = 'BENCH-DOCK';
export const UNIT = 'EA';
const ADDRESS = { name: 'Bench', street: '1 Load Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
const KEYS_BELIEVED_MS = 6_000;

/** Items and one ship-to that belong to the bench alone, beside the demo's own. */
export interface Stock {
  readonly items: number;
  /** Base units of each item in the warehouse that answers by webhook. */
  readonly each: number;
}

/** Runs as a user runs it: no test-only round trips, the log as it is by default, nothing but the sandbox's speed set. */
export function startCrossdock(
  sandboxSpeed: number,
  environment: Readonly<Record<string, string>> = {},
  server?: string,
): Promise<Running> {
  return Running.start({
    ...(server === undefined ? {} : { server }),
    environment: {
      CROSSDOCK_ROUND_TRIP: '0',
      LOG_LEVEL: 'info',
      CROSSDOCK_SANDBOX_SPEED: String(sandboxSpeed),
      ...environment,
    },
  });
}

export function databaseUrl(crossdock: Running): string {
  return crossdock.databaseUrl ?? socketUrl(join(crossdock.dataDirectory, 'postgres', 'socket'));
}

/** Looks into the database of a running Crossdock, to count and to measure beside it. */
export async function inDatabase<T>(crossdock: Running, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl(crossdock) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function skuOf(index: number): string {
  return `BENCH-${String(index).padStart(5, '0')}`;
}

export function portalOf({ demo }: Running): Client {
  return new Client(demo.url, demo.keys.portal);
}

export function operationsOf({ demo }: Running): Client {
  return new Client(demo.url, demo.keys.operations);
}

/** Master data and shelves through the doors a customer uses; returns when all of it can be promised. */
export async function stockUp(crossdock: Running, { items, each }: Stock): Promise<void> {
  const { demo } = crossdock;
  const records = recordsOf(items);
  const customers = [customerOf(demo.partner)];
  const sandbox = new Client(demo.sandboxUrl, undefined);
  await good(sandbox.put('/sandbox/erp/main/_seed', { items: records, customers }));
  await putItems(crossdock, items);
  await good(operationsOf(crossdock).put('/operations/v1/customers', { customers }));
  const stock = records.map(({ sku }) => ({ item: sku, quantity: String(each) }));
  await good(sandbox.put('/sandbox/wms/north/_seed', { stock }));
  const portal = portalOf(crossdock);
  for (let start = 0; start < items; start += 500)
    await promisable(
      portal,
      records.slice(start, start + 500).map(({ sku }) => sku),
    );
}

export async function putItems(crossdock: Running, items: number): Promise<void> {
  const records = recordsOf(items);
  for (let start = 0; start < items; start += 500)
    await good(operationsOf(crossdock).put('/operations/v1/items', { items: records.slice(start, start + 500) }));
}

/** Warehouses beside the demo's own, `BENCH-DC-1` and on, run by the demo's connections. */
export async function putNodes(crossdock: Running, count: number): Promise<void> {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `BENCH-DC-${index + 1}`,
    name: `Bench warehouse ${index + 1}`,
    timeZone: 'Europe/London',
    wmsConnection: 'wms-north',
    tmsConnection: 'carrier-main',
    priority: 100 + index,
    active: true,
    address: ADDRESS,
  }));
  await good(operationsOf(crossdock).put('/operations/v1/nodes', { nodes }));
}

async function promisable(portal: Client, skus: readonly string[]): Promise<void> {
  const lines = skus.map((item) => ({ item, quantity: { value: '1', unit: UNIT } }));
  await eventually(
    async () => (await good(portal.post('/portal/v1/availability/query', { lines }))).body,
    (answer: { lines: { availableToPromise: { value: string } }[] }) =>
      answer.lines.every(({ availableToPromise }) => availableToPromise.value !== '0'),
    60,
  );
}

/**
 * The limiter stays on, but the plan allows what the machine can do. Keys are believed for some seconds; until they are asked for
 * again, the plan is the old one.
 */
export async function liftPlan(crossdock: Running): Promise<void> {
  const policies = [{ name: 'burst', quota: 100_000_000, windowSeconds: 60 }];
  await inDatabase(crossdock, (client) =>
    client.query('update gateway.plan set policies = $1::jsonb', [JSON.stringify(policies)]),
  );
  await sleep(KEYS_BELIEVED_MS);
}

export async function good<T>(answer: Promise<Answer<T>>): Promise<Answer<T>> {
  const { status, headers, body } = await answer;
  if (status < 200 || status > 299) throw new BenchFailed(`${status}: ${JSON.stringify(body).slice(0, 800)}`);
  return { status, headers, body };
}

function recordsOf(items: number): ReturnType<typeof itemOf>[] {
  return Array.from({ length: items }, (_, index) => itemOf(index));
}

function itemOf(index: number): { sku: string } & Record<string, unknown> {
  return {
    sku: skuOf(index),
    description: `Bench item ${index}`,
    status: 'ACTIVE',
    baseUnit: UNIT,
    packs: [{ unit: 'XCS', baseQuantity: '12' }],
    listPrice: { amount: (1 + (index % 40) * 0.25).toFixed(2), currency: 'GBP' },
    weightKg: '0.2',
  };
}

function customerOf(partner: string): object {
  return {
    id: PARTNER.toUpperCase(),
    name: 'Bench customer',
    status: 'ACTIVE',
    partner,
    currency: 'GBP',
    shipTos: [{ id: SHIP_TO, address: ADDRESS }],
  };
}
