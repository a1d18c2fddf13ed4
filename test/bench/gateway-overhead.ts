import type { Bench } from './bench';
import { requestsPerSecond } from './load';
import { compared } from './pairs';
import { Twin } from './twin';
import { databaseUrl, liftPlan, putItems, skuOf, startCrossdock } from './world';

const ITEMS = 200;
const CONNECTIONS = 64;
const WARM_UP_SECONDS = 3;

/** What the front door costs: one item read with key, limit, contract check and request log, beside the same handler on bare Fastify. */
export const gatewayOverhead: Bench = {
  name: 'gateway.overhead',
  heavy: true,
  async run({ short, say }) {
    const crossdock = await startCrossdock(50);
    const bare = await Twin.start('bare-item-reader', databaseUrl(crossdock));
    try {
      await Promise.all([liftPlan(crossdock), putItems(crossdock, ITEMS)]);
      const { demo } = crossdock;
      const headers = { authorization: `Bearer ${demo.keys.portal}` };
      const ours = (seconds: number): Promise<number> => read(demo.url, '/portal/v1/items/', seconds, headers);
      const reference = (seconds: number): Promise<number> => read(bare.said, '/items/', seconds);
      await ours(WARM_UP_SECONDS);
      await reference(WARM_UP_SECONDS);
      const seconds = short ? 3 : 8;
      const rivals = { ours: () => ours(seconds), reference: () => reference(seconds), pairs: short ? 1 : 5 };
      return [await compared({ name: 'gateway.overhead', unit: 'requests/s', wanted: 0.6, ...rivals }, { say })];
    } finally {
      await bare.stop();
      await crossdock.stop();
    }
  },
};

function read(
  url: string,
  under: string,
  seconds: number,
  headers?: Readonly<Record<string, string>>,
): Promise<number> {
  let next = 0;
  return requestsPerSecond({
    url,
    ...(headers && { headers }),
    next: () => ({ path: `${under}${skuOf((next += 1) % ITEMS)}` }),
    connections: CONNECTIONS,
    extent: { seconds },
    right: (body) => (JSON.parse(body) as { sku: string }).sku.startsWith('BENCH-'),
  });
}
