import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the person at the keyboard can put right: shown without a stack, exit status 2. */
export class UsageError extends Error {}

/** A problem document of the API: shown with its code, exit status 1. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

interface Problem {
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly code: string; readonly detail: string }[];
}

/** One API of one installation, below `base`. */
export class ApiClient {
  constructor(
    private readonly url: string,
    private readonly base: string,
    private readonly key: string,
  ) {}

  get<T>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<T> {
    const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const search = new URLSearchParams(pairs).toString();
    return this.send<T>('GET', search === '' ? path : `${path}?${search}`);
  }

  post<T>(path: string, body?: object): Promise<T> {
    return this.send<T>('POST', path, body);
  }

  put<T>(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.send<T>('PUT', path, body, headers);
  }

  async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  private async send<T>(
    method: string,
    path: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<T> {
    const response = await fetch(`${this.url}${this.base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new UsageError(`nobody answers at ${this.url} (${cause}): start it, or name another place with --url`);
    });
    const text = await response.text();
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    throw new Refusal(refusalOf(response.status, text), response.status);
  }
}

function refusalOf(status: number, text: string): string {
  if (!text.startsWith('{')) return `${status}: ${text.slice(0, 200)}`;
  const { code, detail, errors = [] } = JSON.parse(text) as Problem;
  const faults = errors.map((each) => `\n  ${each.pointer ?? ''} ${each.code}: ${each.detail}`);
  return `${status} ${code}: ${detail ?? ''}${faults.join('')}`;
}

/** For whom a command speaks: where its API is, and where its key comes from. */
export interface Audience {
  /** @example "/operations/v1" */
  readonly base: string;
  /** Environment variable of the key. */
  readonly variable: string;
  /** Name of the key in `demo.json`. */
  readonly demoKey: string;
  /** Scopes that the key needs, for whoever has none. */
  readonly scopes: string;
}

/** By --url and --key, CROSSDOCK_URL and the audience's variable, or the demo.json of CROSSDOCK_DATA. Errors: UsageError. */
export function clientOf(
  { url, key }: { readonly url: string | undefined; readonly key: string | undefined },
  environment: NodeJS.ProcessEnv,
  { base, variable, demoKey, scopes }: Audience,
): ApiClient {
  const demo = demoOf(environment['CROSSDOCK_DATA'] ?? '.crossdock');
  const place = url ?? environment['CROSSDOCK_URL'] ?? demo?.url ?? 'http://127.0.0.1:3000';
  const secret = key ?? environment[variable] ?? demo?.keys[demoKey];
  if (secret === undefined) throw new UsageError(`no key: set ${variable}, or give --key, with the scopes ${scopes}`);
  return new ApiClient(place.replace(/\/$/, ''), base, secret);
}

function demoOf(directory: string): { url: string; keys: Readonly<Record<string, string>> } | undefined {
  const path = join(directory, 'demo.json');
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as { url: string; keys: Record<string, string> };
}
