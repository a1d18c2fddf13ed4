import type { Running } from '../support/running';
import { askPortal } from './ask-availability';
import { type Bench, type BenchOptions, expectEqual, type Measurement } from './bench';
import { MemoryWatch, residentMegabytes } from './memory';
import { compared } from './pairs';
import { inDatabase, liftPlan, putItems, putNodes, startCrossdock } from './world';

const NODES = 20;
const LARGE = 50_000;
const SMALL = 50;
const WARM_UP_SECONDS = 5;
const MEMORY_LIMIT_MB = 500;

/** The same questions of two installations, one with 1,000,000 positions and one with 1,000: does size cost throughput or memory? */
export const availabilityFlat: Bench = {
  name: 'availability.flat',
  heavy: true,
  async run({ short, say }) {
    const large = await startCrossdock(50);
    const small = await startCrossdock(50);
    try {
      await stockEverywhere(large, LARGE);
      await stockEverywhere(small, SMALL);
      say(`stocked; the process holds ${residentMegabytes(large.pid).toFixed(0)} MB`);
      const watch = new MemoryWatch(large.pid);
      const options = { short, say };
      const one = await sizes({ large, small, lines: 1, connections: 64, wanted: 0.9 }, options);
      const fifty = await sizes({ large, small, lines: 50, connections: 32, wanted: 0.75 }, options);
      const resident = watch.stop();
      return [
        one,
        fifty,
        { name: 'availability.flat.rss', ours: resident, reference: MEMORY_LIMIT_MB, unit: 'MB', wanted: 'lower' },
      ];
    } finally {
      await small.stop();
      await large.stop();
    }
  },
};

interface Sizes {
  readonly large: Running;
  readonly small: Running;
  readonly lines: number;
  readonly connections: number;
  readonly wanted: number;
}

async function sizes(
  { large, small, lines, connections, wanted }: Sizes,
  { short, say }: Pick<BenchOptions, 'short' | 'say'>,
): Promise<Measurement> {
  const ask = (crossdock: Running, items: number, seconds: number): Promise<number> =>
    askPortal(crossdock, { items, lines, connections, seconds });
  await ask(large, LARGE, WARM_UP_SECONDS);
  await ask(small, SMALL, WARM_UP_SECONDS);
  const seconds = short ? 3 : 8;
  return compared(
    {
      name: `availability.flat.${lines}-${lines === 1 ? 'line' : 'lines'}`,
      unit: 'requests/s',
      wanted,
      pairs: short ? 1 : 5,
      ours: () => ask(large, LARGE, seconds),
      reference: () => ask(small, SMALL, seconds),
    },
    { say },
  );
}

/** Items through the door a customer uses; their stock in one statement, as posting a million facts is not what is measured. */
async function stockEverywhere(crossdock: Running, items: number): Promise<void> {
  await liftPlan(crossdock);
  await putNodes(crossdock, NODES);
  await putItems(crossdock, items);
  const positions = await inDatabase(crossdock, async (client) => {
    await client.query(EVERYWHERE, [items, NODES]);
    await client.query('vacuum analyze availability.position');
    await client.query('vacuum analyze availability.item');
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from availability.position where item like 'BENCH-%'`,
    );
    return Number(rows[0]?.count);
  });
  expectEqual('positions', positions, items * NODES);
}

/** Items and nodes as `putItems` and `putNodes` name them. */
const EVERYWHERE = `
  with items as (select 'BENCH-' || lpad(number::text, 5, '0') as item from generate_series(0, $1::int - 1) as number),
       known as (insert into availability.item (item) select item from items on conflict do nothing)
  insert into availability.position (item, node, on_hand)
  select item, 'BENCH-DC-' || number, 1000 from items, generate_series(1, $2::int) as number`;
