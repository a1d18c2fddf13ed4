import { createSocket, type Socket } from 'node:dgram';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OutboundHttp } from '#resilience/outbound';
import { Egress } from './egress';
import { EgressHttp } from './egress-http';

/** A name server on this machine: each question for an IPv4 address of a name gets the next of its answers, the last one for ever. */
class NameServer {
  readonly asked: string[] = [];
  private readonly answers = new Map<string, string[][]>();

  private constructor(private readonly socket: Socket) {
    socket.on('message', (question, { port, address }) => socket.send(this.answer(question), port, address));
  }

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4');
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    return new NameServer(socket);
  }

  get address(): string {
    return `127.0.0.1:${String(this.socket.address().port)}`;
  }

  says(name: string, ...answers: string[][]): void {
    this.answers.set(name, answers);
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => this.socket.close(() => done()));
  }

  private answer(question: Buffer): Buffer {
    const labels: string[] = [];
    let at = 12;
    for (let length = question[at]!; length > 0; length = question[at]!) {
      labels.push(question.toString('latin1', at + 1, at + 1 + length));
      at += length + 1;
    }
    const asked = question.subarray(12, at + 5);
    const isV4 = question.readUInt16BE(at + 1) === 1;
    const addresses = isV4 ? this.next(labels.join('.').toLowerCase()) : [];
    const header = Buffer.from(question.subarray(0, 12));
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(addresses.length, 6);
    header.fill(0, 8);
    const records = addresses.map((address) =>
      Buffer.concat([
        Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]),
        Buffer.from(address.split('.').map(Number)),
      ]),
    );
    return Buffer.concat([header, asked, ...records]);
  }

  private next(name: string): string[] {
    this.asked.push(name);
    const answers = this.answers.get(name) ?? [];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
  }
}

describe('calls to addresses that somebody outside has named', () => {
  let names: NameServer;
  const servers: Server[] = [];
  const called: string[] = [];
  beforeAll(async () => (names = await NameServer.start()));
  afterEach(() => called.splice(0));
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
    await names.close();
  });

  async function serve(listener: RequestListener): Promise<number> {
    const server = createServer((request, response) => {
      called.push(`${request.method ?? ''} ${request.url ?? ''}`);
      request.resume();
      listener(request, response);
    });
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return (server.address() as AddressInfo).port;
  }
  const egressOf = (allow = ''): Egress => new Egress({ allow, nameServers: [names.address] });
  const post = async (egress: Egress, url: string, deadlineMs = 5_000) => {
    const http = new EgressHttp(egress, 4);
    try {
      const { status, body } = await http.post({ url, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}'), deadlineMs, answerBytes: 16 }); // prettier-ignore
      return { status, body: body.toString() };
    } finally {
      await http.close();
    }
  };

  test('a name that means an inner address is refused, at registration and when it is called', async () => {
    const port = await serve((_, response) => response.end('inner'));
    names.says('inner.example', ['127.0.0.1']);
    await expect(egressOf().resolved(`http://inner.example:${port}/`)).rejects.toMatchObject({
      code: 'TARGET_REFUSED',
    });
    await expect(post(egressOf(), `http://inner.example:${port}/`)).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
    expect(called).toEqual([]);
  });

  test('one inner address among public ones is enough to refuse', async () => {
    names.says('mixed.example', ['93.184.216.34', '10.0.0.7']);
    await expect(egressOf().resolved('https://mixed.example/')).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
  });

  test('a name that is public when it is registered and inner when it is called is refused then', async () => {
    const port = await serve((_, response) => response.end('inner'));
    names.says('rebind.example', ['93.184.216.34'], ['127.0.0.1']);
    const egress = egressOf();
    const { addresses } = await egress.resolved(`http://rebind.example:${port}/`);
    expect(addresses).toEqual(['93.184.216.34']);
    await expect(post(egress, `http://rebind.example:${port}/`)).rejects.toMatchObject({ code: 'TARGET_REFUSED' });
    expect(called).toEqual([]);
  });

  test('what was checked is what is connected to: the name is asked for once per connection', async () => {
    const port = await serve((_, response) => response.end('ok'));
    // Whoever asks twice gets an address that nothing listens at.
    names.says('flips.example', ['127.0.0.1'], ['127.0.0.99']);
    expect(await post(egressOf('127.0.0.1/32'), `http://flips.example:${port}/hook`)).toEqual({
      status: 200,
      body: 'ok',
    });
    expect(names.asked.filter((name) => name === 'flips.example')).toHaveLength(1);
  });

  test('the channel push goes the same way', async () => {
    const port = await serve((_, response) => response.end('inner'));
    names.says('push.example', ['127.0.0.1']);
    const log = { debug: () => undefined, warn: () => undefined };
    const push = (egress: Egress) =>
      new OutboundHttp({ connection: 'push', baseUrl: `http://push.example:${port}/`, log, lookup: egress.lookup }).call({ method: 'POST', url: '', body: {}, response: 'text' }); // prettier-ignore
    await expect(push(egressOf())).rejects.toMatchObject({ message: expect.stringContaining('TARGET_REFUSED') }); // prettier-ignore
    expect(called).toEqual([]);
    await expect(push(egressOf('loopback'))).resolves.toMatchObject({ status: 200 });
  });

  test('a redirect is an answer: nobody goes where it leads', async () => {
    const port = await serve((request, response) => {
      if (request.url === '/hook') response.writeHead(307, { location: '/inner' }).end();
      else response.end('inner');
    });
    expect(await post(egressOf('loopback'), `http://127.0.0.1:${port}/hook`)).toMatchObject({ status: 307 });
    expect(called).toEqual(['POST /hook']);
  });

  test('a name without an address, and one that is in no allow-list', async () => {
    await expect(egressOf().resolved('https://nowhere.example/')).rejects.toMatchObject({ code: 'TARGET_UNRESOLVED' });
    names.says('lan.example', ['10.1.2.3']);
    const { addresses } = await egressOf('10.1.0.0/16').resolved('http://lan.example/');
    expect(egressOf('10.1.0.0/16').isExempt(addresses)).toBe(true);
    expect(egressOf().isExempt(addresses)).toBe(false);
  });

  test('of a long answer the first bytes are kept; one that never ends is cut off', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(16 * 1024, 'x');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    });
    expect(await post(egressOf('loopback'), `http://127.0.0.1:${port}/`)).toEqual({
      status: 200,
      body: 'x'.repeat(16),
    });
  });

  test('one deadline for all of it: no answer, or one that drips', async () => {
    const silent = await serve(() => undefined);
    const dripping = await serve((_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });
    for (const port of [silent, dripping])
      await expect(post(egressOf('loopback'), `http://127.0.0.1:${port}/`, 300)).rejects.toMatchObject({ name: 'TimeoutError' }); // prettier-ignore
  });

  test('nothing of ours goes with it', async () => {
    let headers: object = {};
    const port = await serve((request, response) => {
      headers = request.headers;
      response.end();
    });
    await post(egressOf('loopback'), `http://127.0.0.1:${port}/`);
    expect(Object.keys(headers).sort()).toEqual(['connection', 'content-length', 'content-type', 'host']);
  });
});
