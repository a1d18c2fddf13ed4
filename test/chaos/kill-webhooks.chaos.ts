import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#persistence/embedded/server';
import { temporaryDirectory } from '#testing/postgres';
import { Chance } from '../support/random';
import { CountingReceiver, orderIds, WebhooksApp } from '../support/webhooks-app';

/** CHAOS_WEBHOOKS, CHAOS_WEBHOOK_KILLS and CHAOS_SEED set the size. */
const size = (name: string, standard: number): number => Number(process.env[name] ?? standard);
const eventCount = size('CHAOS_WEBHOOKS', 3_000);
const kills = size('CHAOS_WEBHOOK_KILLS', 2);
const seed = size('CHAOS_SEED', Date.now() % 1_000_000);

describe(`webhooks under kills, seed ${seed}`, () => {
  let server: EmbeddedPostgres;
  let directory: string;
  let app: WebhooksApp;
  let receiver: CountingReceiver;
  const chance = new Chance(seed);
  beforeAll(async () => {
    directory = await temporaryDirectory('crossdock-chaos');
    server = await startEmbeddedPostgres({ dataDirectory: directory });
    app = await WebhooksApp.start(server.url);
    receiver = await CountingReceiver.start(() => chance.next() < 0.3);
  });
  afterAll(async () => {
    await app.stop();
    await receiver.close();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const delivered = () => app.count(`select count(*) from webhooks.delivery where state = 'DELIVERED'`);

  it('none is lost when the receiver fails three times in ten and the process is killed in between', async () => {
    const { id } = await app.api.createEndpoint({ partner: 'harbour', url: receiver.url });
    const published = app.publish('harbour', orderIds(eventCount));
    for (let killed = 1; killed <= kills; killed += 1) {
      const share = (eventCount * killed) / (kills + 2);
      await until(async () => receiver.taken.size >= share);
      await app.kill();
      await app.launch();
    }
    await published;
    await until(async () => (await app.count(`select count(*) from webhooks.event`)) === eventCount);
    // Hours pass between the tries of those that failed: here as soon as everybody has had its turn.
    await until(async () => {
      const left = await app.count(`select count(*) from webhooks.delivery where state = 'PENDING'`);
      if (left === 0) return true;
      await app.database.query(`update webhooks.delivery set next_at = now() where state = 'PENDING'`);
      await app.database.query(`update messaging.job set run_at = now() where queue = 'webhooks.timer' and state = 'ready'`); // prettier-ignore
      return false;
    });
    expect(await delivered()).toBe(eventCount);
    expect(receiver.taken.size).toBe(eventCount);
    expect(await app.count(`select count(*) from webhooks.event e where not exists (select 1 from webhooks.delivery d where d.event = e.id)`)).toBe(0); // prettier-ignore
    expect(await app.count(`select max(position) as count from webhooks.event`)).toBe(eventCount);
    expect(await app.count(`select count(*) from messaging.job where state = 'dead'`)).toBe(0);
    expect((await app.api.endpoint({ partner: 'harbour', id })).enabled).toBe(true);
    process.stdout.write(`webhooks: ${eventCount} events, ${receiver.asked} calls, ${kills} kills, none lost\n`);
  });

  async function until(holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 240_000;
    while (!(await holds())) {
      if (Date.now() > deadline)
        throw new Error(`${receiver.taken.size} of ${eventCount} taken; again with CHAOS_SEED=${seed}`);
      await sleep(200);
    }
  }
});
