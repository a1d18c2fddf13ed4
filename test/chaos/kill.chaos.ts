import { setTimeout as sleep } from 'node:timers/promises';
import { Books } from '../support/books';
import { Client } from '../support/client';
import { PatientPartner } from '../support/partner';
import { Chance, sizeOf } from '../support/random';
import { freePort, Running } from '../support/running';
import { expectNothingLost, makeForgetful, orderCount, placeAll, reproducibly, seed, settled } from './kill-run';

const FILE = 'test/chaos/kill.chaos.ts';
const kills = sizeOf('CROSSDOCK_CHAOS_KILLS', 30);

describe('the process killed -9 at random points of a run', () => {
  const chance = new Chance(seed);
  let crossdock: Running;
  let partner: PatientPartner;
  let books: Books;

  beforeAll(async () => {
    crossdock = await Running.start({ environment: { PORT: String(await freePort()) } });
    await makeForgetful(crossdock);
    books = await Books.open(() => crossdock.demo);
    partner = new PatientPartner(() => new Client(crossdock.demo.url, crossdock.demo.keys.portal));
  });
  afterAll(() => crossdock.stop());

  it(`${orderCount} orders, ${kills} kills: none lost, none posted twice, stock and books agree`, async () => {
    await reproducibly(FILE, `CROSSDOCK_CHAOS_KILLS=${kills}`, async () => {
      const progress = { kill: 0, kills };
      const placed = placeAll(partner, chance, progress);
      placed.catch(() => undefined);
      for (progress.kill = 1; progress.kill <= kills; progress.kill += 1) await killOnce(crossdock, chance);
      await crossdock.ready();
      await placed;
      await expectNothingLost(partner, books);
    });
  }, 900_000);

  it('the same orders sent once more make nothing new', async () => {
    await reproducibly(FILE, `CROSSDOCK_CHAOS_KILLS=${kills}`, async () => {
      const backends = ['erp/main', 'wms/north', 'wms/south', 'carrier/main'];
      const count = () => Promise.all(backends.map((backend) => books.counts(backend)));
      const before = await count();
      await Promise.all(partner.orders.map((order) => partner.send(order)));
      expect(partner.orders.filter(({ ids }) => ids.size !== 1)).toEqual([]);
      await sleep(1_000);
      await settled(books);
      expect(await count()).toEqual(before);
    });
  });
});

/** Mostly while orders flow, now and then while it is still starting. */
async function killOnce(crossdock: Running, chance: Chance): Promise<void> {
  const whileStarting = chance.percent(15);
  const delay = chance.between(20, whileStarting ? 1_500 : 1_200);
  if (!whileStarting) await crossdock.ready();
  await sleep(delay);
  await crossdock.kill();
  crossdock.launch();
}
