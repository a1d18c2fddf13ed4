import { Decimal } from '#canonical/decimal';
import type { Catalogue } from './catalogue';
import type { Client } from './client';
import type { Options, Server } from './options';
import { errorsOf, reasonOf } from './problem';

/** Installations of the demo's sandbox that the replay fills. */
const ERP = '/sandbox/erp/main';
const WAREHOUSE = '/sandbox/wms/north';
const CHUNK = 500;
const EVENTS_CHUNK = 5_000;
const QUERY_CHUNK = 1_000;
const LOOK_EVERY_MS = 300;

export interface Seeding {
  readonly client: Client;
  /** The same as `client` unless the sandbox lives elsewhere. */
  readonly sandbox: Client;
  readonly server: Server;
  readonly options: Options;
  readonly say: (text: string) => void;
}
export interface StockLine {
  readonly item: string;
  readonly quantity: string;
}

/** A step of the preparation that the server refused: nothing was replayed. */
export class SeedRefused extends Error {}

/** Is there a sandbox whose books and shelves can be filled? */
export async function targetOf({ sandbox, options }: Seeding): Promise<'sandbox' | 'api'> {
  if (options.target !== 'auto') return options.target;
  const { status } = await sandbox.call({ method: 'GET', path: `${ERP}/_counts` });
  return status === 200 ? 'sandbox' : 'api';
}

/**
 * The stated policy: every item starts with cover × what the replayed orders with a customer ask for, rounded up to whole
 * pieces, at one node, before the first order. Nothing is bought in later. Every part may be repeated.
 */
export function openingStock({ demand }: Catalogue, cover: string): StockLine[] {
  return [...demand].map(([item, wanted]) => ({ item, quantity: new Decimal(wanted).times(cover).ceil().toFixed() }));
}

/** Master data and opening stock, then waits until the stock can be promised. Errors: SeedRefused. */
export async function seed(
  seeding: Seeding,
  catalogue: Catalogue,
  target: 'sandbox' | 'api',
  source: string,
): Promise<void> {
  const { items, customers } = catalogue;
  const stock = openingStock(catalogue, seeding.options.stockCover);
  if (target === 'sandbox') {
    for (const part of chunks(items, CHUNK)) await inSandbox(seeding, ERP, { items: part });
    for (const part of chunks(customers, CHUNK)) await inSandbox(seeding, ERP, { customers: part });
  }
  for (const part of chunks(items, CHUNK)) await reference(seeding, 'items', part);
  for (const part of chunks(customers, CHUNK)) await reference(seeding, 'customers', part);
  if (target === 'sandbox')
    for (const part of chunks(stock, CHUNK)) await inSandbox(seeding, WAREHOUSE, { stock: part });
  else await asReceipts(seeding, stock, source);
  await stockArrived(
    seeding,
    stock.filter(({ quantity }) => quantity !== '0'),
  );
}

async function inSandbox({ sandbox }: Seeding, installation: string, body: object): Promise<void> {
  const answer = await sandbox.call({ method: 'PUT', path: `${installation}/_seed`, body });
  if (answer.status >= 300)
    throw new SeedRefused(`${installation}/_seed: ${answer.status} ${errorsOf(answer)[0].code}`);
}

async function reference(
  { client, server, say }: Seeding,
  kind: 'items' | 'customers',
  records: readonly object[],
): Promise<void> {
  const path = `/operations/v1/${kind}`;
  const answer = await client.call({ method: 'PUT', path, key: server.operationsKey, body: { [kind]: records } });
  if (answer.status >= 300) {
    const [first] = errorsOf(answer);
    throw new SeedRefused(`PUT ${path}: ${answer.status} ${reasonOf(first)} ${first.detail ?? ''}`);
  }
  const rejected = resultsOf(answer.body).filter(({ outcome }) => outcome === 'rejected');
  for (const { id, detail } of rejected) say(`${kind} ${id ?? ''} was not taken: ${detail ?? 'no reason given'}`);
}

async function asReceipts(
  { client, server, options, say }: Seeding,
  stock: readonly StockLine[],
  source: string,
): Promise<void> {
  const held = stock.filter(({ quantity }) => quantity !== '0');
  const occurredAt = new Date().toISOString();
  for (const part of chunks(held, EVENTS_CHUNK)) {
    const records = part.map(({ item, quantity }) => ({
      id: `opening-${item}`,
      item,
      node: options.node,
      fact: 'RECEIVED',
      quantity,
      occurredAt,
    }));
    const path = '/operations/v1/inventory-events';
    const body = { source, records };
    const answer = await client.call({ method: 'POST', path, key: server.operationsKey, body });
    if (answer.status >= 300) throw new SeedRefused(`POST ${path}: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
    // `conflict`: an earlier start has posted it at another time. It is there.
    const rejected = resultsOf(answer.body).filter(({ outcome }) => outcome === 'rejected');
    for (const { id, detail } of rejected) say(`stock ${id ?? ''} was not taken: ${detail ?? 'no reason given'}`);
  }
}

/** The warehouse announces its stock in its own time; orders before that would be backordered. */
async function stockArrived(seeding: Seeding, stock: readonly StockLine[]): Promise<void> {
  const { client, server, options, say } = seeding;
  const deadline = Date.now() + options.patience * 1000;
  for (const part of chunks(stock, QUERY_CHUNK)) {
    const lines = part.map(({ item }) => ({ item, quantity: { value: '1', unit: 'EA' } }));
    const query = {
      method: 'POST' as const,
      path: '/portal/v1/availability/query',
      key: server.portalKey,
      body: { lines },
    };
    for (;;) {
      const answer = await client.call(query);
      if (answer.status !== 200)
        throw new SeedRefused(`availability: ${answer.status} ${reasonOf(errorsOf(answer)[0])}`);
      const empty = promisedOf(answer.body).filter((value) => value === '0').length;
      if (empty === 0) break;
      if (Date.now() > deadline) {
        say(`${empty} items have no stock after ${options.patience} s: their orders will be backordered`);
        return;
      }
      await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS));
    }
  }
}

function promisedOf(body: unknown): string[] {
  const { lines } = body as { lines: readonly { availableToPromise: { value: string } }[] };
  return lines.map(({ availableToPromise }) => availableToPromise.value);
}

interface RecordResult {
  readonly id?: string;
  readonly outcome?: string;
  readonly detail?: string;
}

function resultsOf(body: unknown): readonly RecordResult[] {
  return (body as { results?: readonly RecordResult[] } | undefined)?.results ?? [];
}

function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
