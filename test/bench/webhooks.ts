import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '#persistence/embedded/server';
import { temporaryDirectory } from '#testing/postgres';
import { CountingReceiver, orderIds, WebhooksApp } from '../support/webhooks-app';
import { type Bench, BenchFailed, expectEqual } from './bench';

const WANTED_PER_SECOND = 1_000;
const EVENTS = 30_000;
const SHORT_EVENTS = 5_000;
const WARM_UP = 3_000;

/** From the first event in the outbox to the last one taken by a receiver on this machine: relay, feed, signature, HTTP and record. */
export const webhookDeliveries: Bench = {
  name: 'webhooks',
  async run({ short, say }) {
    const directory = await temporaryDirectory('crossdock-bench');
    const server = await startEmbeddedPostgres({ dataDirectory: directory });
    const app = await WebhooksApp.start(server.url);
    const receiver = await CountingReceiver.start();
    try {
      await app.api.createEndpoint({ partner: 'benchco', url: receiver.url });
      await deliver(app, receiver, WARM_UP);
      const events = short ? SHORT_EVENTS : EVENTS;
      const seconds = await deliver(app, receiver, events);
      say(`${events} deliveries in ${seconds.toFixed(1)} s, ${receiver.asked - receiver.taken.size} repeated`);
      expectEqual('deliveries in the books', await app.count(`select count(*) from webhooks.delivery where state = 'DELIVERED'`), events + WARM_UP); // prettier-ignore
      const ours = events / seconds;
      return [{ name: 'webhooks', ours, reference: WANTED_PER_SECOND, unit: 'deliveries/s', wanted: 'higher' }];
    } finally {
      await app.stop();
      await receiver.close();
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

/** Seconds it took. */
async function deliver(app: WebhooksApp, receiver: CountingReceiver, events: number): Promise<number> {
  const wanted = receiver.taken.size + events;
  const started = performance.now();
  await app.publish('benchco', orderIds(events));
  while (receiver.taken.size < wanted) {
    if (performance.now() - started > 120_000)
      throw new BenchFailed(`${receiver.taken.size} of ${wanted} events arrived in two minutes`);
    await sleep(10);
  }
  const seconds = (performance.now() - started) / 1000;
  const open = (): Promise<number> => app.count(`select count(*) from webhooks.delivery where state = 'PENDING'`);
  while ((await open()) > 0) await sleep(50);
  return seconds;
}
