import { askBare, askPortal } from './ask-availability';
import type { Bench } from './bench';
import { compared } from './pairs';
import { Twin } from './twin';
import { databaseUrl, inDatabase, liftPlan, startCrossdock, stockUp } from './world';

/** A row of the bench table: a query of the portal beside the bare twin on the same database. */
export interface ReadRow {
  readonly name: string;
  readonly lines: number;
  readonly connections: number;
  readonly wanted: number;
}

const ITEMS = 500;
const NODE = 'DC-NORTH';
/** Positions beside those that are asked for, so that the index is as deep as that of a large distributor. */
const OTHERS = 1_000_000;
const WARM_UP_SECONDS = 3;

export function readBench({ name, lines, connections, wanted }: ReadRow): Bench {
  return {
    name,
    async run({ short, say }) {
      const crossdock = await startCrossdock(50);
      const bare = await Twin.start('bare-server', databaseUrl(crossdock));
      try {
        await Promise.all([liftPlan(crossdock), stockUp(crossdock, { items: ITEMS, each: 1_000 })]);
        if (!short) await inDatabase(crossdock, (client) => client.query(OTHER_POSITIONS, [OTHERS]));
        await inDatabase(crossdock, (client) => client.query('vacuum analyze availability.position'));
        const asked = { items: ITEMS, lines, connections };
        const ours = (seconds: number): Promise<number> => askPortal(crossdock, { ...asked, seconds });
        const raw = (seconds: number): Promise<number> => askBare(bare.said, NODE, { ...asked, seconds });
        await ours(WARM_UP_SECONDS);
        await raw(WARM_UP_SECONDS);
        const seconds = short ? 3 : 8;
        const rivals = { ours: () => ours(seconds), reference: () => raw(seconds), pairs: short ? 1 : 5 };
        return [await compared({ name, unit: 'requests/s', wanted, ...rivals }, { say })];
      } finally {
        await bare.stop();
        await crossdock.stop();
      }
    },
  };
}

const OTHER_POSITIONS = `
  insert into availability.position (item, node, on_hand)
  select 'OTHER-' || number, '${NODE}', 1000 from generate_series(1, $1::int) as number`;
