import autocannon from 'autocannon';
import { BenchFailed } from './bench';

export interface Ask {
  /** Without one it is a GET. */
  readonly body?: string;
  /** Instead of the path of the URL. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Load {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The next request, whatever the connection. */
  readonly next: () => Ask;
  readonly connections: number;
  /** For so long, or exactly so many: then all of them are answered when it ends, and what they wrote can be counted. */
  readonly extent: { readonly seconds: number } | { readonly requests: number };
  /** After which there is no answer; default 10. */
  readonly timeoutSeconds?: number;
  /** Whether an answer says what it must. One in `CHECKED_EVERY` is looked at, so that looking is not what is measured. */
  readonly right: (body: string) => boolean;
}

const CHECKED_EVERY = 20;
/** An exact number of requests is noticed to be done at the next look. */
const LOOK_EVERY_MS = 20;

/** Requests answered 2xx in a second. Any other answer, an error, a time-out or a wrong content fails the bench. */
export async function requestsPerSecond(load: Load): Promise<number> {
  const { url, headers, next, connections, extent, timeoutSeconds = 10, right } = load;
  let seen = 0;
  const result = await autocannon({
    url,
    connections,
    timeout: timeoutSeconds,
    ...('seconds' in extent ? { duration: extent.seconds } : { amount: extent.requests, sampleInt: LOOK_EVERY_MS }),
    requests: [{ setupRequest: (request) => ({ ...request, ...requestOf(next(), headers) }) }],
    verifyBody: (body) => (seen += 1) % CHECKED_EVERY !== 1 || right(String(body)),
  });
  const bad = result.non2xx + result.errors + result.timeouts;
  if (bad > 0)
    throw new BenchFailed(`${url}: ${bad} answers that are not 2xx, e.g. ${JSON.stringify(result.statusCodeStats)}`);
  if (result.mismatches > 0) throw new BenchFailed(`${url}: ${result.mismatches} answers with a wrong content`);
  if ('requests' in extent && result['2xx'] !== extent.requests)
    throw new BenchFailed(`${url}: ${result['2xx']} answers to ${extent.requests} requests`);
  return result['2xx'] / result.duration;
}

function requestOf({ body, path, headers: own }: Ask, headers: Load['headers']): autocannon.Request {
  const where = path === undefined ? {} : { path };
  return body === undefined
    ? { ...where, method: 'GET', headers: { ...headers, ...own } }
    : { ...where, method: 'POST', body, headers: { 'content-type': 'application/json', ...headers, ...own } };
}
