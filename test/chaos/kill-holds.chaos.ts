import { setTimeout as sleep } from 'node:timers/promises';
import { Client, eventually, type Answer } from '../support/client';
import { Chance, sizeOf } from '../support/random';
import { freePort, Running } from '../support/running';
import { reproducibly, seed } from './kill-run';

const FILE = 'test/chaos/kill-holds.chaos.ts';
const kills = sizeOf('CROSSDOCK_CHAOS_KILLS', 10);
const holds = sizeOf('CROSSDOCK_CHAOS_HOLDS', 120);
const ATP = 300;

/** 200: held by an attempt that was killed before it could answer. */
const held = ({ status }: Answer): boolean => status === 201 || status === 200;

/** Whatever was not answered, or not for good, is sent again with the same key and content. */
async function patiently(send: () => Promise<Answer>, done: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await send().catch(() => undefined);
    if (answer && done(answer)) return answer;
    const again = answer === undefined || answer.status >= 500 || answer.status === 409 || answer.status === 429;
    if (!again) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    await sleep(100);
  }
}

describe('the process killed -9 while stock is held, let go and counted', () => {
  const chance = new Chance(seed);
  let crossdock: Running;
  const portal = () => new Client(crossdock.demo.url, crossdock.demo.keys.portal);
  const operations = () => new Client(crossdock.demo.url, crossdock.demo.keys.operations);

  beforeAll(async () => {
    crossdock = await Running.start({ environment: { PORT: String(await freePort()) } });
  });
  afterAll(() => crossdock.stop());

  const hold = (number: number) =>
    portal().post(
      '/portal/v1/reservations',
      { lines: [{ line: 1, item: crossdock.demo.sample.scarceItem, quantity: { value: '1', unit: 'EA' } }], ttlSeconds: 7200 }, // prettier-ignore
      { 'idempotency-key': `hold-${seed}-${number}` },
    );
  const letGo = (id: string) => portal().post(`/portal/v1/reservations/${id}/release`, {});
  const find = (number: number) =>
    operations().post('/operations/v1/inventory-events', {
      source: 'count-sheet',
      records: [
        { id: `found-${seed}-${number}`, item: crossdock.demo.sample.scarceItem, node: 'DC-NORTH', fact: 'ADJUSTED', quantity: '1', occurredAt: '2026-03-02T10:00:00Z' }, // prettier-ignore
      ],
    });
  const available = async () => {
    const line = { item: crossdock.demo.sample.scarceItem, quantity: { value: '1', unit: 'EA' } };
    const { body } = await portal().post('/portal/v1/availability/query', { lines: [line] });
    return Number(body.lines[0].availableToPromise.value);
  };

  it(`${holds} holds, ${kills} kills: each key holds once, each fact counts once`, async () => {
    await reproducibly(FILE, `CROSSDOCK_CHAOS_KILLS=${kills}`, async () => {
      await eventually(available, (quantity) => quantity === ATP);
      const ids = new Map<number, string>();
      const waiting = Array.from({ length: holds }, (_, number) => number);
      const worker = async (): Promise<void> => {
        for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
          const mine = number;
          const { body } = await patiently(() => hold(mine), held);
          ids.set(mine, body.id);
          if (mine % 3 === 0) await patiently(() => letGo(body.id), ({ status }) => status === 200); // prettier-ignore
          if (mine % 2 === 0) await patiently(() => find(mine), ({ status }) => status === 207); // prettier-ignore
          await sleep(100);
        }
      };
      const all = Promise.all(Array.from({ length: 4 }, worker));
      all.catch(() => undefined);
      for (let kill = 0; kill < kills; kill += 1) {
        await crossdock.ready();
        await sleep(chance.between(20, 900));
        await crossdock.kill();
        crossdock.launch();
      }
      await crossdock.ready();
      await all;
      const again = await Promise.all([...ids.keys()].map(async (number) => [number, (await patiently(() => hold(number), held)).body.id] as const)); // prettier-ignore
      expect(new Map(again)).toEqual(ids);
      const released = Math.ceil(holds / 3);
      const found = Math.ceil(holds / 2);
      expect(await available()).toBe(ATP + found - (holds - released));
      const { body } = await operations().get('/operations/v1/invariants');
      expect(body.breaches).toEqual([]);
    });
  }, 600_000);
});
