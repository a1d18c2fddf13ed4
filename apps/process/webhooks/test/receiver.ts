import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PartnerEvent } from '#contracts/webhooks/webhooks.dto';

export interface Received {
  readonly event: PartnerEvent;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: Buffer;
}

/** The endpoint of a partner, on this machine: notes whatever comes, and answers as it is told. */
export class TestReceiver {
  readonly received: Received[] = [];
  status = 204;
  answer = '';
  headers: Record<string, string> = {};
  /** Runs before the answer is given; a status of its own is the answer. */
  beforeAnswer: (received: Received) => Promise<number | void> = () => Promise.resolve();

  private constructor(
    readonly url: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<TestReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const raw = Buffer.concat(chunks);
        const event = JSON.parse(raw.toString()) as PartnerEvent;
        const got = { event, id: String(request.headers['webhook-id']), headers: request.headers, raw };
        receiver.received.push(got);
        void receiver.beforeAnswer(got).then((status) => {
          response.writeHead(status ?? receiver.status, receiver.headers).end(receiver.answer);
        });
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const close = async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const receiver = new TestReceiver(url, close);
    return receiver;
  }

  types(): string[] {
    return this.received.map(({ event }) => event.type);
  }

  async until(arrived: () => boolean): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!arrived()) {
      if (Date.now() > deadline) throw new Error(`got ${JSON.stringify(this.types().slice(-20))}`);
      await sleep(10);
    }
  }
}

/** As a receiver checks it: written from the specification, not with the code that signs. */
export function isSigned({ headers, raw }: Pick<Received, 'headers' | 'raw'>, secret: string): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${raw.toString()}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(expected);
}
