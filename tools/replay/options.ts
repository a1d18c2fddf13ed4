import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What the person at the keyboard can put right: shown without a stack, exit status 2. */
export class UsageError extends Error {}

export interface Options {
  readonly file: string;
  /** First so many invoices of the file; all when absent. */
  readonly limit?: number;
  /** Where the report goes as JSON. */
  readonly json?: string;
  /** Opening stock of an item = this × what the replayed orders ask of it; decimal text. */
  readonly stockCover: string;
  /** Invoices under way at one time. */
  readonly concurrency: number;
  /** State file; beside the server's data, named by the file's content, when absent. */
  readonly state?: string;
  /** Forget what the state file says. */
  readonly fresh: boolean;
  /** Where stock and master data go; `auto` asks whether there is a sandbox. */
  readonly target: 'auto' | 'sandbox' | 'api';
  /** Node that holds the opening stock. In a sandbox it is the node of its first warehouse. */
  readonly node: string;
  /** `median`: items carry their median price as list price, and orders are checked against it. */
  readonly listPrice: 'none' | 'median';
  /** Seconds that the server may be away, or the pipeline without progress. */
  readonly patience: number;
  /** The simulated backends fail, repeat themselves and tell things late. Needs a sandbox. */
  readonly faults: boolean;
  /** Of the faults; a new one for each run when absent. */
  readonly seed?: number;
  /** Share of the backend calls that fail, 0 to 1. */
  readonly rate: number;
}

export interface Server {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly portalKey: string;
  readonly operationsKey: string;
  /** Partner of the portal key: the customers of the file are its customers. */
  readonly partner: string;
  readonly dataDirectory: string;
}

export const USAGE = `npm run replay -- <file.csv[.gz]> [options]
  --limit N            only the first N invoices
  --json FILE          also write the report as JSON
  --stock-cover 1.0    opening stock as a multiple of what the orders ask for
  --concurrency 16     invoices under way at one time (date order per customer is kept)
  --target auto        sandbox | api: where opening stock and master data go
  --node DC-NORTH      where the opening stock lies when the target is api
  --list-price none    none | median: whether items get a list price that orders are checked against
  --patience 60        seconds without progress before the end is called
  --faults             simulated backends fail, repeat themselves and tell things late
  --seed N             of the faults: the same seed strikes the same calls in their order
  --rate 0.05          share of the backend calls that fail, with --faults
  --state FILE         where the position is kept    --fresh  start over
The server is found by CROSSDOCK_URL, CROSSDOCK_PORTAL_KEY, CROSSDOCK_OPERATIONS_KEY, or by demo.json in CROSSDOCK_DATA.`;

/** Errors: UsageError naming the option. */
export function optionsOf(argv: readonly string[]): Options {
  const { values, positionals } = parsed(argv);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError(USAGE);
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  const cover = values['stock-cover'];
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(cover)) throw new UsageError('--stock-cover is a number from 0 to 9999');
  return {
    file,
    ...(values.limit === undefined ? {} : { limit: whole('--limit', values.limit, 1, 100_000_000) }),
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.state === undefined ? {} : { state: values.state }),
    stockCover: cover,
    concurrency: whole('--concurrency', values.concurrency, 1, 256),
    fresh: values.fresh,
    node: values.node,
    target: oneOf('--target', values.target, ['auto', 'sandbox', 'api'] as const),
    listPrice: oneOf('--list-price', values['list-price'], ['none', 'median'] as const),
    patience: whole('--patience', values.patience, 1, 86_400),
    faults: values.faults,
    ...(values.seed === undefined ? {} : { seed: whole('--seed', values.seed, 0, 4_294_967_295) }),
    rate: share('--rate', values.rate),
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        limit: { type: 'string' },
        json: { type: 'string' },
        'stock-cover': { type: 'string', default: '1.0' },
        concurrency: { type: 'string', default: '16' },
        state: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        target: { type: 'string', default: 'auto' },
        node: { type: 'string', default: 'DC-NORTH' },
        'list-price': { type: 'string', default: 'none' },
        patience: { type: 'string', default: '60' },
        faults: { type: 'boolean', default: false },
        seed: { type: 'string' },
        rate: { type: 'string', default: '0.05' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
}

/** Environment first, then the file that a started demo leaves. Errors: UsageError saying what is missing. */
export function serverOf(env: Readonly<Record<string, string | undefined>>): Server {
  const dataDirectory = env['CROSSDOCK_DATA'] ?? '.crossdock';
  const demo = demoOf(join(dataDirectory, 'demo.json'));
  const need = (value: string | undefined, name: string): string => {
    if (value !== undefined && value !== '') return value;
    throw new UsageError(
      `${name} is not set, and ${join(dataDirectory, 'demo.json')} does not say it: is Crossdock running?`,
    );
  };
  const url = need(env['CROSSDOCK_URL'] ?? demo.url, 'CROSSDOCK_URL').replace(/\/+$/, '');
  return {
    url,
    sandboxUrl: (env['CROSSDOCK_SANDBOX_URL'] ?? demo.sandboxUrl ?? url).replace(/\/+$/, ''),
    portalKey: need(env['CROSSDOCK_PORTAL_KEY'] ?? demo.keys?.portal, 'CROSSDOCK_PORTAL_KEY'),
    operationsKey: need(env['CROSSDOCK_OPERATIONS_KEY'] ?? demo.keys?.operations, 'CROSSDOCK_OPERATIONS_KEY'),
    partner: need(env['CROSSDOCK_PARTNER'] ?? demo.partner, 'CROSSDOCK_PARTNER'),
    dataDirectory,
  };
}

interface DemoFile {
  readonly url?: string;
  readonly sandboxUrl?: string;
  readonly partner?: string;
  readonly keys?: { readonly portal?: string; readonly operations?: string };
}

function demoOf(path: string): DemoFile {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DemoFile;
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`${name} is a whole number from ${min} to ${max}, not ${text}`);
}

function share(name: string, text: string): number {
  const value = Number(text);
  if (/^\d(\.\d{1,6})?$/.test(text) && value <= 0.5) return value;
  throw new UsageError(`${name} is a share from 0 to 0.5, not ${text}`);
}

function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const value = allowed.find((candidate) => candidate === text);
  if (value !== undefined) return value;
  throw new UsageError(`${name} is one of ${allowed.join(', ')}, not ${text}`);
}
