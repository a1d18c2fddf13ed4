import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Books } from '../support/books';
import { Client, eventually } from '../support/client';
import { PatientPartner } from '../support/partner';
import { Chance, sizeOf } from '../support/random';
import { Running } from '../support/running';
import { expectNothingLost, makeForgetful, orderCount, placeAll, reproducibly, seed } from './kill-run';

const kills = sizeOf('CROSSDOCK_CHAOS_POSTGRES_KILLS', 3);

describe('PostgreSQL killed -9 under a process that goes on', () => {
  const chance = new Chance(seed);
  let crossdock: Running;
  let partner: PatientPartner;
  let books: Books;

  beforeAll(async () => {
    crossdock = await Running.start();
    await makeForgetful(crossdock);
    books = await Books.open(() => crossdock.demo);
    partner = new PatientPartner(() => new Client(crossdock.demo.url, crossdock.demo.keys.portal));
  });
  afterAll(() => crossdock.stop());

  it(`${orderCount} orders, ${kills} kills: it comes back by itself, nothing is lost, nothing is posted twice`, async () => {
    await reproducibly('test/chaos/kill-postgres.chaos.ts', `CROSSDOCK_CHAOS_POSTGRES_KILLS=${kills}`, async () => {
      const { pid } = crossdock;
      const progress = { kill: 0, kills };
      const placed = placeAll(partner, chance, progress);
      placed.catch(() => undefined);
      for (progress.kill = 1; progress.kill <= kills; progress.kill += 1) {
        await sleep(chance.between(500, 3_000));
        await killPostgres(crossdock);
      }
      await placed;
      await expectNothingLost(partner, books);
      expect(crossdock.pid).toBe(pid);
      expect(partner.oddities).toEqual([]);
    });
  }, 600_000);
});

/** Kills the postmaster and waits until another one answers. */
async function killPostgres(crossdock: Running): Promise<void> {
  const killed = postmasterOf(crossdock);
  process.kill(killed, 'SIGKILL');
  const client = new Client(crossdock.demo.url, undefined);
  await eventually(
    async () => ![0, killed].includes(postmasterOf(crossdock)) && (await client.get('/readyz')).status === 200,
    (ready) => ready,
  );
}

function postmasterOf(crossdock: Running): number {
  try {
    const [pid] = readFileSync(join(crossdock.dataDirectory, 'postgres/data/postmaster.pid'), 'utf8').split('\n');
    return Number(pid);
  } catch {
    return 0;
  }
}
