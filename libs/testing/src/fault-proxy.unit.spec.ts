import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { FaultProxy } from './fault-proxy';

describe('the fault proxy', () => {
  let backend: Server;
  let proxy: FaultProxy;
  let created = 0;

  beforeAll(async () => {
    backend = createServer((_request, response) => {
      created += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"number":"SO-1"}');
    });
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', () => resolve()));
    const address = backend.address();
    proxy = await FaultProxy.start(
      `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    );
  });

  beforeEach(() => {
    created = 0;
    proxy.clear();
  });

  afterAll(async () => {
    await proxy.stop();
    await new Promise((resolve) => backend.close(resolve));
  });

  const post = (path = '/orders'): Promise<Response> => fetch(proxy.url + path, { method: 'POST', body: '{"a":1}' });

  it('passes calls and answers on unchanged', async () => {
    expect(await (await post()).json()).toEqual({ number: 'SO-1' });
    expect(proxy.seen.at(-1)).toEqual({ method: 'POST', path: '/orders', body: '{"a":1}' });
  });

  it.each(['reset-after-commit', 'reset-before'] as const)('%s breaks the connection', async (fault) => {
    proxy.inject({ fault, times: 1 });
    await expect(post()).rejects.toThrow();
    expect(created).toBe(fault === 'reset-before' ? 0 : 1);
    expect((await post()).status).toBe(200);
  });

  it('504 after commit: the backend has done the work, the caller is not told', async () => {
    proxy.inject({ fault: '504-after-commit', times: 1 });
    expect((await post()).status).toBe(504);
    expect(created).toBe(1);
  });

  it('429 names when to come back and keeps the backend out of it', async () => {
    proxy.inject({ fault: '429', retryAfter: 7 });
    const answer = await post();
    expect([answer.status, answer.headers.get('retry-after'), created]).toEqual([429, '7', 0]);
  });

  it('faults only the calls that a rule names', async () => {
    proxy.inject({ fault: '503', when: (request) => request.path === '/invoices' });
    expect((await post('/invoices')).status).toBe(503);
    expect((await post('/orders')).status).toBe(200);
  });

  it('cuts an answer in half', async () => {
    proxy.inject({ fault: 'malformed', times: 1 });
    await expect((await post()).json()).rejects.toThrow();
  });

  it('delivers an answer late', async () => {
    proxy.inject({ fault: 'slow', delayMs: 80, times: 1 });
    const before = Date.now();
    expect((await post()).status).toBe(200);
    expect(Date.now() - before).toBeGreaterThanOrEqual(75);
  });

  it('commits late, after the caller has given up', async () => {
    const patience = new AbortController();
    const arrives = (): boolean => {
      patience.abort();
      return true;
    };
    proxy.inject({ fault: 'late-commit', delayMs: 300, times: 1, when: arrives });
    await expect(fetch(proxy.url, { method: 'POST', signal: patience.signal })).rejects.toThrow();
    expect(created).toBe(0);
    while (created === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(created).toBe(1);
  });

  it('answers in the place of the backend', async () => {
    proxy.inject({ fault: 'answer', body: '{"error":["busy"]}', times: 1 });
    expect(await (await post()).json()).toEqual({ error: ['busy'] });
    expect(created).toBe(0);
  });

  it('refuses connections and comes back on the same port', async () => {
    const { url } = proxy;
    await proxy.refuse();
    await expect(post()).rejects.toThrow();
    await proxy.accept();
    expect(proxy.url).toBe(url);
    expect((await post()).status).toBe(200);
  });
});
