import type { Api, CallOptions, Output, OperationId, Reply } from './calls';
import { OPERATIONS } from './generated/operations';
import { send, type TransportOptions } from './transport';

export interface CrossdockOptions extends TransportOptions {
  /** Where Crossdock is, e.g. `https://api.example.com`. */
  readonly url: string;
  /** Your API key, or a function that gives the present one: keys can be replaced without a restart. Or `clientCredentials(…)`: access tokens of your OAuth client. */
  readonly key: string | (() => string | Promise<string>);
  /** `Crossdock-Version` to be served, `YYYY-MM-DD`; the one your key is pinned to when absent. */
  readonly version?: string;
}

type Scalar = string | number | boolean;
interface AnyInput extends CallOptions {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, Scalar | readonly Scalar[] | undefined>>;
  readonly body?: unknown;
}

/**
 * A client of the partner contracts: `crossdock({ url, key }).portalOrders.place({ body })`. What it resolves to has succeeded;
 * everything else is thrown, as a ProblemError with a stable `code` or a NoAnswerError.
 */
export function crossdock(options: CrossdockOptions): Api {
  const api: Record<string, Record<string, unknown>> = {};
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const [group = '', name = ''] = id.split('.');
    (api[group] ??= {})[name] = (input: AnyInput = {}) => call(id, input, options);
  }
  return api as Api;
}

async function call<Id extends OperationId>(
  id: Id,
  input: AnyInput,
  options: CrossdockOptions,
): Promise<Reply<Output<Id>>> {
  const { method, path, repeatable } = OPERATIONS[id];
  const key = typeof options.key === 'string' ? options.key : await options.key();
  const { response, requestId } = await send(
    {
      ...input,
      method,
      repeatable,
      url: urlOf(options.url, path, input),
      headers: {
        authorization: `Bearer ${key}`,
        accept: 'application/json',
        ...(options.version === undefined ? {} : { 'crossdock-version': options.version }),
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: input.body === undefined ? undefined : JSON.stringify(input.body),
    },
    options,
  );
  const text = await response.text();
  return {
    data: (text === '' ? undefined : JSON.parse(text)) as Output<Id>,
    status: response.status,
    etag: response.headers.get('etag') ?? undefined,
    requestId: response.headers.get('request-id') ?? requestId,
    replayed: response.headers.get('idempotent-replayed') === 'true',
    headers: response.headers,
  };
}

function urlOf(base: string, path: string, { path: values = {}, query = {} }: AnyInput): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === '') throw new TypeError(`${path} needs ${name}`);
    return encodeURIComponent(value);
  });
  const url = new URL(`${base.replace(/\/+$/, '')}${filled}`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) for (const each of [value].flat()) url.searchParams.append(name, String(each));
  return url;
}
