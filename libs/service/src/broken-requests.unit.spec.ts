import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { LOOK_EVERY_MS, refuseBroken, REQUEST_SECONDS } from './broken-requests';
import { createServer as createOurs } from './server';

describe('what never becomes a request', () => {
  let server: Server;
  let reached = 0;
  beforeAll(async () => {
    // As our servers are, only less patient.
    server = createServer({ requestTimeout: 200, connectionsCheckingInterval: 20 }, (request, response) => {
      request.resume().on('end', () => {
        reached += 1;
        response.end('reached');
      });
    });
    server.on('clientError', refuseBroken);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  });
  afterAll(() => new Promise((done) => server.close(done)));

  /** What comes back until the server hangs up. */
  const told = (sent: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(sent));
      socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      socket.on('error', reject).on('close', () => resolve(text));
    });

  it.each([
    ['a head that does not end', 'GET / HTTP/1.1\r\nHost: x\r\n', 408, 'REQUEST_TOO_SLOW'],
    ['a body that does not end', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{', 408, 'REQUEST_TOO_SLOW'],
    ['a chunk that does not end', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{', 408, 'REQUEST_TOO_SLOW'],
    ['a head of 20 KB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['what is not HTTP', '\u0016\u0003\u0001 hello\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}', 400, 'REQUEST_MALFORMED'],
    ['a length beside chunks', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['a header folded over a line', 'GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\nbad header\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['a lone carriage return in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\rSet-Cookie: b\r\n\r\n', 400, 'REQUEST_MALFORMED'],
    ['a null byte in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', 400, 'REQUEST_MALFORMED'],
  ])('%s: a problem, and the connection ends', async (_, sent, status, code) => {
    const answer = await told(sent);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('Content-Type: application/problem+json');
    expect(head).toContain('Connection: close');
    expect(JSON.parse(body)).toMatchObject({ status, code, request_id: expect.stringMatching(/^req_/) });
    expect(head).toContain((JSON.parse(body) as { request_id: string }).request_id);
    expect(reached).toBe(0);
  }); // prettier-ignore

  it('is what our servers do, within 30 seconds', async () => {
    const ours = await createOurs({ modules: [], controllers: [], internal: false });
    await ours.init();
    const http = ours.getHttpServer() as Server & { connectionsCheckingInterval?: number };
    expect(http.requestTimeout).toBe(REQUEST_SECONDS * 1000);
    expect(LOOK_EVERY_MS).toBeLessThan(REQUEST_SECONDS * 1000);
    expect(http.listeners('clientError')).toHaveLength(1);
    await ours.close();
  });
});
