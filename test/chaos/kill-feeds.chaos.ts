import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, eventually, type Answer } from '../support/client';
import { Chance, sizeOf } from '../support/random';
import { freePort, Running } from '../support/running';
import { reproducibly, seed } from './kill-run';

const FILE = 'test/chaos/kill-feeds.chaos.ts';
const kills = sizeOf('CROSSDOCK_CHAOS_KILLS', 8);
const rounds = sizeOf('CROSSDOCK_CHAOS_ROUNDS', 60);
const CHANNEL = 'KILLED-SHOP';

/** The receiver of a channel: keeps the newest number of each item, and takes its time, so that a kill meets a push under way. */
class Shop {
  readonly told = new Map<string, { version: number; value: string }>();
  private constructor(private readonly server: Server) {}

  static async open(): Promise<Shop> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        shop.take(JSON.parse(Buffer.concat(chunks).toString()));
        setTimeout(() => response.writeHead(204).end(), 60);
      });
    });
    const shop = new Shop(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return shop;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/availability`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private take({
    changes,
  }: {
    changes: { item: string; version: number; availableToPromise: { value: string } }[];
  }): void {
    for (const { item, version, availableToPromise } of changes)
      if (version >= (this.told.get(item)?.version ?? 0))
        this.told.set(item, { version, value: availableToPromise.value });
  }
}

async function patiently(send: () => Promise<Answer>, done: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await send().catch(() => undefined);
    if (answer && done(answer)) return answer;
    const again = answer === undefined || answer.status >= 500 || answer.status === 409 || answer.status === 429;
    if (!again) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    await sleep(100);
  }
}

describe('the process killed -9 while it pushes to a channel, answers what-if and stores policies', () => {
  const chance = new Chance(seed);
  let crossdock: Running;
  let shop: Shop;
  const operations = () => new Client(crossdock.demo.url, crossdock.demo.keys.operations);
  const planner = () => new Client(crossdock.demo.url, crossdock.demo.keys.planner);
  const ok = ({ status }: Answer): boolean => status === 200;

  beforeAll(async () => {
    shop = await Shop.open();
    crossdock = await Running.start({ environment: { PORT: String(await freePort()) } });
  });
  afterAll(async () => {
    await crossdock.stop();
    await shop.close();
  });

  const supplies = async (): Promise<unknown> => {
    const { body } = await planner().get(`/planner/v1/items/${crossdock.demo.sample.item}/timeline?node=DC-NORTH`);
    return body.nodes.map((node: { supplies: { id: string; quantity: object }[] }) => node.supplies.map(({ id, quantity }) => [id, quantity])); // prettier-ignore
  };

  it(`${rounds} rounds, ${kills} kills: the channel ends with the newest number, the last policy stored stands, what-if has written nothing`, async () => {
    await reproducibly(FILE, `CROSSDOCK_CHAOS_KILLS=${kills}`, async () => {
      const { item } = crossdock.demo.sample;
      const feed = { url: shop.url, secret: `whsec_${Buffer.alloc(24, 3).toString('base64')}`, intervalSeconds: 1 };
      await patiently(() => operations().put(`/operations/v1/channels/${CHANNEL}/feed`, feed), ok);
      await eventually(() => Promise.resolve(shop.told.has(item)), Boolean);
      const before = await supplies();
      const change = async (round: number): Promise<void> => {
        const record = { id: `fed-${seed}-${round}`, item, node: 'DC-NORTH', fact: 'ADJUSTED', quantity: '1', occurredAt: '2026-03-02T10:00:00Z' }; // prettier-ignore
        await patiently(() => operations().post('/operations/v1/inventory-events', { source: 'count-sheet', records: [record] }), ({ status }) => status === 207); // prettier-ignore
        const quota = { item, channel: 'ANOTHER-SHOP', protected: String(round), cap: String(round + 1) };
        await patiently(() => operations().put('/operations/v1/policies/channels', { quotas: [quota] }), ok);
        const drop = { item, changes: [{ action: 'ADD', of: 'SUPPLY', supply: `WHAT-IF-${round}`, node: 'DC-NORTH', quantity: { value: '5', unit: 'EA' }, date: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) }] }; // prettier-ignore
        await patiently(() => planner().post('/planner/v1/what-if', drop), ok);
      };
      const work = (async () => {
        for (let round = 1; round <= rounds; round += 1) await change(round);
      })();
      work.catch(() => undefined);
      for (let kill = 0; kill < kills; kill += 1) {
        await crossdock.ready();
        await sleep(chance.between(20, 900));
        await crossdock.kill();
        crossdock.launch();
      }
      await crossdock.ready();
      await work;
      const { body: policies } = await operations().get(`/operations/v1/policies/channels?item=${item}`);
      const quotas = policies.quotas.filter(({ channel }: { channel: string }) => channel === 'ANOTHER-SHOP');
      expect(quotas).toMatchObject([{ protected: String(rounds), cap: String(rounds + 1) }]);
      expect(await supplies()).toEqual(before);
      const told = async () => {
        const { body } = await operations().get(`/operations/v1/channels/${CHANNEL}/told?item=${item}`);
        return body.told.map(({ version, quantity }: { version: number; quantity: string }) => ({
          version,
          value: quantity,
        }));
      };
      // What is written down as told is what the channel has, and nothing is to be told any more.
      await eventually(
        async () => [await told(), (await operations().get(`/operations/v1/channels/${CHANNEL}/feed`)).body.waiting],
        ([[last], waiting]) => waiting === false && last?.version === shop.told.get(item)?.version && Number(last?.value) === Number(shop.told.get(item)?.value), // prettier-ignore
        120,
      );
      const { body: differences } = await operations().get(`/operations/v1/channels/${CHANNEL}/told/differences`);
      expect(differences.differences.filter((each: { item: string }) => each.item === item)).toEqual([]);
      const { body } = await operations().get('/operations/v1/invariants');
      expect(body.breaches).toEqual([]);
    });
  }, 600_000);
});
