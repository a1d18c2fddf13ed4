import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Breaker } from './breaker';
import { OutboundHttp } from './outbound';
import type { OutboundOptions } from './outbound';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('outbound calls', () => {
  let server: Server;
  let baseUrl: string;
  let answer: Answer;
  let requests: number;
  const log = { debug: () => undefined, warn: () => undefined };
  const http = (options: Partial<OutboundOptions> = {}) =>
    new OutboundHttp({ connection: 'erp-main', baseUrl, log, ...options });
  const json =
    (status: number, body: unknown, headers = {}): Answer =>
    (_request, response) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  const reset: Answer = (request) => request.socket.destroy();

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests += 1;
      request.resume();
      request.on('end', () => answer(request, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    baseUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    requests = 0;
  });

  it('answers status, headers in lower case and the parsed body', async () => {
    answer = json(201, { a: '1' }, { 'X-Request-Id': 'r1' });
    const got = await http().call({ method: 'POST', url: '/x', body: {} });
    expect(got).toMatchObject({ status: 201, data: { a: '1' }, headers: { 'x-request-id': 'r1' } });
  });

  it('never sends a create twice, whatever happens to it', async () => {
    for (const each of [reset, json(503, {}), json(500, {}), json(504, {})]) {
      requests = 0;
      answer = each;
      await expect(http().call({ method: 'POST', url: '/x', body: {} })).rejects.toMatchObject({
        kind: 'unknown-outcome',
      });
      expect(requests).toBe(1);
    }
  });

  it('with a slow backend sends reads away by 503 with Retry-After, while every order goes through', async () => {
    const held: (() => void)[] = [];
    const ok = json(200, { ok: true });
    answer = (request, response) => {
      if (request.method === 'POST') ok(request, response);
      else held.push(() => ok(request, response));
    };
    const slow = http({ limits: { concurrency: 4, deadlineMs: 60_000 } });
    const reads = Array.from({ length: 100 }, () => slow.call({ method: 'GET', url: '/stock' }));
    const outcomes = Promise.allSettled(reads);
    for (let order = 0; order < 20; order += 1) {
      const made = await slow.call({ method: 'POST', url: '/orders', body: { order } });
      expect(made.data).toEqual({ ok: true });
    }
    // Three are at the backend, 32 wait in line; the rest was told at once.
    answer = ok;
    while (held.length < 3) await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toBe(23);
    held.forEach((release) => release());
    const refused = (await outcomes).flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    expect(refused).toHaveLength(65);
    for (const each of refused)
      expect(each).toMatchObject({
        code: 'TEMPORARY_REDUCED_CAPACITY',
        kind: 'unavailable',
        retryable: true,
        retryAfter: expect.any(Number) as number,
      });
    expect(requests).toBe(20 + 35);
    expect(slow.diagnostics()).toMatchObject({ inFlight: 0, breaker: 'closed' });
  });

  it('sends a read once more after a lost connection, and no third time', async () => {
    answer = (request, response) =>
      requests === 1 ? reset(request, response) : json(200, { ok: true })(request, response);
    expect((await http().call({ method: 'GET', url: '/x' })).data).toEqual({ ok: true });
    requests = 0;
    answer = reset;
    await expect(http().call({ method: 'GET', url: '/x' })).rejects.toMatchObject({ kind: 'unavailable' });
    expect(requests).toBe(2);
  });

  it('a POST that is said to be idempotent may be sent again', async () => {
    answer = reset;
    await expect(http().call({ method: 'POST', url: '/rpc', body: {}, idempotent: true })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(requests).toBe(2);
  });

  it('the deadline covers an answer that trickles', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    await expect(
      http({ limits: { deadlineMs: 150 } }).call({ method: 'POST', url: '/x', body: {} }),
    ).rejects.toMatchObject({
      kind: 'unknown-outcome',
    });
  });

  it('who finds no free place before the deadline has sent nothing', async () => {
    let finish = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      answer = (request, response) => {
        finish = () => json(200, {})(request, response);
        resolve();
      };
    });
    const busy = http({ limits: { deadlineMs: 60_000, concurrency: 1 } });
    const first = busy.call({ method: 'POST', url: '/x', body: {} });
    await arrived;
    const second = busy.call({ method: 'POST', url: '/x', body: {}, deadlineMs: 50 });
    await expect(second).rejects.toMatchObject({ kind: 'unavailable' });
    finish();
    expect(await first).toMatchObject({ status: 200 });
    expect(requests).toBe(1);
  });

  it('after 429 nobody calls before the time it names', async () => {
    answer = json(429, {}, { 'retry-after': '30' });
    const client = http();
    await expect(client.call({ method: 'GET', url: '/x' })).rejects.toMatchObject({ kind: 'limited', retryAfter: 30 });
    await expect(client.call({ method: 'GET', url: '/y' })).rejects.toMatchObject({ kind: 'limited' });
    expect(requests).toBe(1);
  });

  it('an open breaker refuses at once and says when to come back; a refusal by the backend does not open it', async () => {
    const client = http({ breaker: new Breaker({ threshold: 2, openMs: 60_000, maximumOpenMs: 60_000 }) });
    answer = json(422, { code: 'NO' });
    for (let times = 0; times < 5; times += 1)
      await client.call({ method: 'POST', url: '/x', body: {} }).catch(() => undefined);
    expect(client.diagnostics().breaker).toBe('closed');
    answer = json(500, {});
    for (let times = 0; times < 2; times += 1)
      await client.call({ method: 'POST', url: '/x', body: {} }).catch(() => undefined);
    requests = 0;
    await expect(client.call({ method: 'POST', url: '/x', body: {} })).rejects.toMatchObject({
      kind: 'unavailable',
      retryAfter: 60,
    });
    expect(requests).toBe(0);
    expect(client.diagnostics()).toMatchObject({ breaker: 'open', calls: 7, failures: 7, inFlight: 0 });
  });

  it('follows no redirect: credentials stay with the host that was configured', async () => {
    answer = json(307, {}, { location: `${baseUrl}/elsewhere` });
    await expect(http().call({ method: 'GET', url: '/x' })).rejects.toMatchObject({ kind: 'refused' });
    expect(requests).toBe(1);
  });

  it('a secret that the backend repeats is masked in what we report', async () => {
    answer = json(400, { message: 'token hunter2-secret is not valid here' });
    const error = await http({ secrets: ['hunter2-secret'] })
      .call({ method: 'GET', url: '/x' })
      .catch((reason: unknown) => reason);
    expect(JSON.stringify([error, String(error)])).not.toContain('hunter2');
    expect(String(error)).toContain('***');
  });

  it('an answer that is no JSON is malformed; an expected status is an answer', async () => {
    answer = (_request, response) => void response.writeHead(200, {}).end('<html>');
    await expect(http().call({ method: 'GET', url: '/x' })).rejects.toMatchObject({
      code: 'BACKEND_MALFORMED',
      kind: 'unavailable',
    });
    await expect(http().call({ method: 'POST', url: '/x' })).rejects.toMatchObject({
      code: 'BACKEND_MALFORMED',
      kind: 'unknown-outcome',
    });
    answer = json(404, { code: 'NONE' });
    expect(await http().call({ method: 'GET', url: '/x', expect: [404] })).toMatchObject({
      status: 404,
      data: { code: 'NONE' },
    });
  });

  it('work that is no HTTP counts in the same diagnostics', async () => {
    const client = http();
    expect(await client.track('write file', false, async () => Promise.resolve(7))).toBe(7);
    await expect(
      client.track('write file', true, async () => Promise.reject(new Error('disk full'))),
    ).rejects.toMatchObject({ kind: 'unavailable' });
    expect(client.diagnostics()).toMatchObject({ calls: 2, failures: 1 });
  });
});
