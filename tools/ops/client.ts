import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the person at the keyboard can put right: shown without a stack, exit status 2. */
export class UsageError extends Error {}

/** A problem document of the API: shown with its code, exit status 1. */
export class Refusal extends Error {}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly code: string; readonly detail: string }[];
}

/** The operations API of one installation. */
export class OpsClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T> {
    const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const search = new URLSearchParams(pairs).toString();
    return this.send<T>('GET', search === '' ? path : `${path}?${search}`);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}/operations/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new UsageError(`nobody answers at ${this.url} (${cause}): start it, or name another place with --url`);
    });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new Refusal(refusalOf(response.status, text));
  }
}

function refusalOf(status: number, text: string): string {
  if (!text.startsWith('{')) return `${status}: ${text.slice(0, 200)}`;
  const { code, detail, errors = [] } = JSON.parse(text) as Problem;
  const faults = errors.map((each) => `\n  ${each.pointer ?? ''} ${each.code}: ${each.detail}`);
  return `${status} ${code}: ${detail ?? ''}${faults.join('')}`;
}

/** By --url and --key, CROSSDOCK_URL and CROSSDOCK_OPERATIONS_KEY, or the demo.json of CROSSDOCK_DATA. Errors: UsageError. */
export function clientOf(
  { url, key }: { readonly url: string | undefined; readonly key: string | undefined },
  environment: NodeJS.ProcessEnv,
): OpsClient {
  const demo = demoOf(environment['CROSSDOCK_DATA'] ?? '.crossdock');
  const place = url ?? environment['CROSSDOCK_URL'] ?? demo?.url ?? 'http://127.0.0.1:3000';
  const secret = key ?? environment['CROSSDOCK_OPERATIONS_KEY'] ?? demo?.keys.operations;
  if (secret === undefined)
    throw new UsageError('no key: set CROSSDOCK_OPERATIONS_KEY, or give --key, with the scopes operations:*');
  return new OpsClient(place.replace(/\/$/, ''), secret);
}

function demoOf(directory: string): { url: string; keys: { operations: string } } | undefined {
  const path = join(directory, 'demo.json');
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as { url: string; keys: { operations: string } };
}
