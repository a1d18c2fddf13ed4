import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface ReceivedChange {
  readonly item: string;
  readonly availableToPromise: { readonly value: string; readonly unit?: string };
  readonly version: number;
  readonly nodes?: readonly { readonly node: string; readonly availableToPromise: { readonly value: string } }[];
}

export interface Message {
  readonly id: string;
  /** How many signatures came with it; one that fits is among them. */
  readonly signatures: number;
  readonly changes: readonly ReceivedChange[];
  readonly channel: string;
}

/** The endpoint of a channel: takes what is signed with its secret, and answers as it is told. */
export interface TestReceiver {
  readonly url: string;
  readonly secret: string;
  /** Acknowledged ones, in the order of their arrival. */
  readonly messages: Message[];
  /** Messages that came while `status` was no 2xx. */
  refused: number;
  status: number;
  /** Runs before the answer is given. */
  beforeAnswer: (body: string) => Promise<void>;
  /** What was acknowledged of an item. */
  of(item: string): ReceivedChange[];
  until(arrived: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function testReceiver(secret = 'whsec_c2VjcmV0LW9mLWEtY2hhbm5lbC1mb3ItdGVzdHM='): Promise<TestReceiver> {
  const faults: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => void take(Buffer.concat(chunks)));
    const take = async (raw: Buffer): Promise<void> => {
      const header = (name: string) => String(request.headers[name]);
      const [id, timestamp] = [header('webhook-id'), header('webhook-timestamp')];
      const signatures = header('webhook-signature').split(' ');
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(raw).digest('base64');
      if (!signatures.includes(`v1,${expected}`)) faults.push(`${id} is not signed with the secret`);
      if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) faults.push(`${id} has an old timestamp`);
      await receiver.beforeAnswer(raw.toString());
      if (receiver.status >= 300) receiver.refused += 1;
      else receiver.messages.push({ id, signatures: signatures.length, ...(JSON.parse(raw.toString()) as Pick<Message, 'changes' | 'channel'>) }); // prettier-ignore
      response.writeHead(receiver.status).end();
    };
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const receiver: TestReceiver = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/availability`,
    secret,
    messages: [],
    refused: 0,
    status: 204,
    beforeAnswer: () => Promise.resolve(),
    of: (item) => receiver.messages.flatMap(({ changes }) => changes.filter((change) => change.item === item)),
    until: async (arrived) => {
      const deadline = Date.now() + 90_000;
      while (!arrived()) {
        expect(faults).toEqual([]);
        if (Date.now() > deadline) throw new Error(`got ${JSON.stringify(receiver.messages.slice(-5))}`);
        await sleep(20);
      }
      expect(faults).toEqual([]);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      expect(faults).toEqual([]);
    },
  };
  return receiver;
}
