import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { residentMegabytes } from '../bench/memory';
import { Client, eventually } from '../support/client';
import { Running } from '../support/running';

const split = process.env['CROSSDOCK_E2E_SPLIT'] === '1';

const QUERY = '/portal/v1/availability/query';
const FACTS = '/operations/v1/inventory-events';
const LINE = '{"item":"MUG-BLUE","quantity":{"value":"1","unit":"EA"}}';
/** Half a million lines would weigh more than this, were they kept. */
const KEPT_MEGABYTES = 300;

interface Received {
  readonly status: number;
  readonly type: string;
  readonly body: any;
}

describe(`far too much in one request (${split ? 'every app its own process' : 'all in one'})`, () => {
  let crossdock: Running;
  let portal: Client;

  beforeAll(async () => {
    crossdock = await Running.start({ split });
    portal = new Client(crossdock.demo.url, crossdock.demo.keys.portal);
  });
  afterAll(() => crossdock.stop());
  /** Whatever was sent: the next honest caller is answered. */
  afterEach(async () => {
    expect((await portal.post(QUERY, `{"lines":[${LINE}]}`)).status).toBe(200);
  });

  it('a million lines are 413 long before they are read', async () => {
    const before = residentMegabytes(crossdock.pid);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => insist(() => sendLines(1_000_000, index % 2 === 0 ? 'told' : 'untold'))),
    );
    for (const { status, type, body } of answers) {
      expect({ status, type }).toEqual({ status: 413, type: 'application/problem+json; charset=utf-8' });
      expect(body).toMatchObject({ code: 'BODY_TOO_LARGE', detail: expect.stringContaining('1,048,576 bytes') });
    }
    expect(residentMegabytes(crossdock.pid) - before).toBeLessThan(KEPT_MEGABYTES);
  });

  it.each([
    ['as many empty lines as fit', QUERY, `{"lines":[${'{},'.repeat(340_000)}{}]}`, '/lines'],
    ['as many zeros as fit', QUERY, `{"lines":[${'0,'.repeat(520_000)}0]}`, '/lines'],
    ['1,001 lines', QUERY, `{"lines":[${`${LINE},`.repeat(1_000)}${LINE}]}`, '/lines'],
    ['501 lines of an order', '/portal/v1/orders', orderOf(501), '/lines'],
    ['5,001 facts', FACTS, `{"source":"e2e","records":[${'{},'.repeat(5_000)}{}]}`, '/records'],
    ['a million facts', FACTS, `{"source":"e2e","records":[${'{},'.repeat(1_000_000)}{}]}`, '/records'],
    ['as many facts as fit', FACTS, `{"source":"e2e","records":[${'0,'.repeat(2_600_000)}0]}`, '/records'],
  ])('%s: 422, told in one fault that names the limit', async (_, path, body, pointer) => {
    const before = residentMegabytes(crossdock.pid);
    const answer = await clientOf(path).post(path, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { pointer, code: 'LIST_TOO_LONG', detail: expect.stringMatching(/more than (500|1000|5000) items/) },
    ]);
    expect(residentMegabytes(crossdock.pid) - before).toBeLessThan(KEPT_MEGABYTES);
  });

  it('500 lines are within the limit', async () => {
    const answer = await portal.post('/portal/v1/orders', orderOf(500));
    expect(answer.status).toBe(201);
  });

  it.each([
    ['as many levels as fit', `${'['.repeat(500_000)}${']'.repeat(500_000)}`],
    ['33 levels', `{"lines":${'['.repeat(33)}${']'.repeat(33)}}`],
  ])('%s: 422', async (_, body) => {
    const answer = await portal.post(QUERY, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'BODY_TOO_DEEP' } });
  });

  it.each([
    ['an item number', `{"lines":[{"item":"${'x'.repeat(900_000)}","quantity":{"value":"1","unit":"EA"}}]}`],
    ['a quantity', `{"lines":[{"item":"MUG-BLUE","quantity":{"value":"${'9'.repeat(900_000)}","unit":"EA"}}]}`],
  ])('%s as long as fits: 422, in an answer that is not as long', async (_, body) => {
    const answer = await portal.post(QUERY, body);
    expect([answer.status, answer.body.code]).toEqual([422, 'REQUEST_INVALID']);
    expect(JSON.stringify(answer.body).length).toBeLessThan(10_000);
  });

  it('a body that would be 256 MB is refused as it is: nothing is unpacked', async () => {
    const before = residentMegabytes(crossdock.pid);
    const bomb = gzipSync(Buffer.alloc(2 ** 28, ' '));
    for (const coding of ['gzip', 'GZIP', 'deflate', 'br', 'gzip, gzip', 'x-unknown']) {
      const answer = await fetch(`${crossdock.demo.url}${QUERY}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${crossdock.demo.keys.portal}`, 'content-type': 'application/json', 'content-encoding': coding }, // prettier-ignore
        body: bomb,
      });
      expect([coding, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([coding, 415, 'CODING_UNSUPPORTED']); // prettier-ignore
    }
    expect(residentMegabytes(crossdock.pid) - before).toBeLessThan(KEPT_MEGABYTES);
  });

  it('others are answered while five hundred requests never end', async () => {
    const before = residentMegabytes(crossdock.pid);
    const { hostname, port } = new URL(crossdock.demo.url);
    const head = `POST ${QUERY} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${crossdock.demo.keys.portal}\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n`; // prettier-ignore
    const slow = await Promise.all(
      Array.from(
        { length: 500 },
        (_, index) =>
          new Promise<Socket>((resolve, reject) => {
            const socket = connect(Number(port), hostname, () => {
              socket.write(index % 2 === 0 ? `${head}{` : head.slice(0, -2));
              resolve(socket);
            });
            socket.once('error', reject);
          }),
      ),
    );
    for (const socket of slow) socket.on('error', () => socket.destroy());
    for (let asked = 0; asked < 20; asked += 1) expect((await portal.post(QUERY, `{"lines":[${LINE}]}`)).status).toBe(200); // prettier-ignore
    expect(residentMegabytes(crossdock.pid) - before).toBeLessThan(KEPT_MEGABYTES);
    for (const socket of slow) socket.destroy();
  });

  it('others are answered while somebody sends too much, again and again', async () => {
    const enough = new AbortController();
    const hostile = (async () => {
      while (!enough.signal.aborted) await portal.post(QUERY, `{"lines":[${'{},'.repeat(340_000)}{}]}`);
    })();
    for (let asked = 0; asked < 20; asked += 1) {
      const honest = await eventually(
        () => portal.post(QUERY, `{"lines":[${LINE}]}`),
        ({ status }) => status !== 429,
      );
      expect(honest.status).toBe(200);
    }
    enough.abort();
    await hostile;
  });

  function clientOf(path: string): Client {
    const { url, keys } = crossdock.demo;
    return new Client(url, path.startsWith('/operations') ? keys.operations : keys.portal);
  }

  /** Sends until it is answered, as a client would that never asks first: with its length told, or in chunks without. */
  function sendLines(count: number, length: 'told' | 'untold'): Promise<Received> {
    const bytes = '{"lines":['.length + count * (LINE.length + 1) + LINE.length + 2;
    return new Promise((resolve, reject) => {
      const sent = request(`${crossdock.demo.url}${QUERY}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${crossdock.demo.keys.portal}`,
          'content-type': 'application/json',
          ...(length === 'told' ? { 'content-length': bytes } : {}),
        },
      });
      let answered = false;
      sent.on('response', (response) => {
        answered = true;
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            body: JSON.parse(text),
          });
          sent.destroy();
        });
      });
      // Once it has answered, the server may hang up on what is still coming.
      sent.on('error', (error) => {
        if (!answered) reject(error);
      });
      const chunk = `${LINE},`.repeat(1_000);
      sent.write('{"lines":[');
      let left = count / 1_000;
      const more = (): void => {
        while (left > 0 && !answered) {
          left -= 1;
          if (!sent.write(chunk)) {
            sent.once('drain', more);
            return;
          }
        }
        if (!answered) sent.end(`${LINE}]}`);
      };
      more();
    });
  }
});

/** A server that hangs up on what is still coming may, in TCP, overtake its own answer: a client then asks again. */
async function insist(send: () => Promise<Received>, attempts = 20): Promise<Received> {
  try {
    return await send();
  } catch (error) {
    if (attempts === 1) throw error;
    return insist(send, attempts - 1);
  }
}

function orderOf(lines: number): string {
  const each = Array.from({ length: lines }, (_, index) => ({ line: index + 1, ...(JSON.parse(LINE) as object) }));
  return JSON.stringify({ purchaseOrder: `TOO-MUCH-${lines}`, shipTo: 'BRISTOL', lines: each });
}
