import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crossdock } from './client';
import { ConflictError, NoAnswerError, QuotaExceededError, UnavailableError } from './problem';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
type Step = (response: ServerResponse) => void;

const problem =
  (status: number, code: string, headers: Record<string, string> = {}): Step =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/problem+json', ...headers });
    response.end(JSON.stringify({ status, code, detail: 'no' }));
  };
const reset: Step = (response) => response.destroy();
const ok: Step = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', etag: '"7"', 'request-id': 'req_theirs' });
  response.end('{"id":"ord_1"}');
};

describe('the client', () => {
  let server: Server;
  let url: string;
  let script: Step[];
  let seen: Seen[];
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
        (script.shift() ?? ok)(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    script = [];
    seen = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const client = (more: object = {}) => crossdock({ url, key: 'cdk_test_1', ...more });
  const order = { purchaseOrder: 'P-1', shipTo: 'S', lines: [] };
  const failure = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'it succeeded',
      (error: unknown) => error,
    );

  it('fills the path and the query, and gives back version and request id', async () => {
    const api = client({ url: `${url}/`, key: () => Promise.resolve('cdk_test_2'), version: '2026-01-01' });
    const reply = await api.portalOrders.get({ path: { id: 'a/b c' }, requestId: 'mine' });
    expect(reply).toMatchObject({
      status: 200,
      etag: '"7"',
      requestId: 'req_theirs',
      replayed: false,
      data: { id: 'ord_1' },
    });
    await api.portalOrders.list({ query: { limit: 2, status: 'SHIPPED' } });
    expect(seen.map((each) => each.url)).toEqual([
      '/portal/v1/orders/a%2Fb%20c',
      '/portal/v1/orders?limit=2&status=SHIPPED',
    ]);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer cdk_test_2',
      'request-id': 'mine',
      'crossdock-version': '2026-01-01',
    });
    expect(await failure(api.portalOrders.get({ path: { id: '' } }))).toBeInstanceOf(TypeError);
  });

  it('sends a change again under one key and one request id until it is answered', async () => {
    script = [
      reset,
      problem(502, 'X'),
      problem(409, 'IDEMPOTENCY_RUNNING', { 'retry-after': '0' }),
      problem(429, 'QUOTA_EXCEEDED', { 'retry-after': '0' }),
    ];
    await client().portalOrders.place({ body: order });
    const keys = new Set(seen.map(({ headers }) => headers['idempotency-key']));
    const ids = new Set(seen.map(({ headers }) => headers['request-id']));
    expect([seen.length, keys.size, ids.size, seen[4]?.body]).toEqual([5, 1, 1, JSON.stringify(order)]);
    await client().portalOrders.place({ body: order });
    expect(keys).not.toContain(seen[5]?.headers['idempotency-key']);
    await client().portalOrders.place({ body: order, idempotencyKey: 'mine' });
    expect(seen[6]?.headers['idempotency-key']).toBe('mine');
  });

  it('never repeats a change without a key whose outcome is unknown, only one that was refused before anything was done', async () => {
    const issue = () => client().account.issue({ body: { name: 'k', mode: 'test', scopes: ['portal:orders:read'] } });
    for (const step of [reset, problem(500, 'X'), problem(502, 'X'), problem(408, 'X')]) {
      script = [step];
      expect(await failure(issue())).toBeInstanceOf(Error);
    }
    expect(seen).toHaveLength(4);
    script = [problem(503, 'TEMPORARY_REDUCED_CAPACITY', { 'retry-after': '0' })];
    await issue();
    expect(seen).toHaveLength(6);
    expect(seen[0]?.headers['idempotency-key']).toBeUndefined();
  });

  it('waits as long as Retry-After says, or gives the refusal at once when that is too long', async () => {
    script = [problem(429, 'QUOTA_EXCEEDED', { 'retry-after': '1' })];
    const begun = performance.now();
    await client().portalItems.list();
    expect(performance.now() - begun).toBeGreaterThanOrEqual(999);
    script = [problem(429, 'QUOTA_EXCEEDED', { 'retry-after': '3600' })];
    const refused = await failure(client().portalItems.list());
    expect(refused).toBeInstanceOf(QuotaExceededError);
    expect(refused).toMatchObject({ retryAfter: 3600, status: 429, code: 'QUOTA_EXCEEDED' });
    expect(seen).toHaveLength(3);
  });

  it('gives up after its tries: what kind of error says what is known', async () => {
    script = [problem(503, 'X'), problem(503, 'NOT_READY')];
    expect(await failure(client({ retries: 1 }).portalItems.list())).toBeInstanceOf(UnavailableError);
    script = [reset, reset];
    expect(await failure(client({ retries: 1 }).portalItems.list())).toBeInstanceOf(NoAnswerError);
    script = [problem(409, 'PURCHASE_ORDER_CONFLICT')];
    expect(await failure(client().portalOrders.place({ body: order }))).toBeInstanceOf(ConflictError);
    script = [(response) => response.writeHead(400).end('<html>')];
    expect(await failure(client().portalItems.list())).toMatchObject({ code: 'HTTP_400', faults: [] });
    expect(seen).toHaveLength(6);
  });

  it('follows no redirect: the key goes nowhere else', async () => {
    script = [(response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end()];
    expect(await failure(client({ retries: 0 }).portalItems.list())).toBeInstanceOf(NoAnswerError);
  });

  it('stops when it is called off, also while it waits', async () => {
    const controller = new AbortController();
    script = [
      (response) => {
        problem(503, 'X', { 'retry-after': '30' })(response);
        setTimeout(() => controller.abort(new Error('enough')), 20);
      },
    ];
    expect(await failure(client().portalItems.list({ signal: controller.signal }))).toMatchObject({
      message: 'enough',
    });
    expect(await failure(client().portalItems.list({ signal: controller.signal }))).toMatchObject({
      message: 'enough',
    });
    expect(seen).toHaveLength(1);
  });

  it('gives up a try that takes too long', async () => {
    script = [() => undefined];
    expect(await failure(client({ timeoutMs: 50, retries: 0 }).portalItems.list())).toBeInstanceOf(NoAnswerError);
  });
});
