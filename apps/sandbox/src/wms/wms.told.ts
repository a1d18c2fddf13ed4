import type { Jobs } from '#messaging/jobs';
import type { Queryable, Statement, Transaction } from '#persistence/database';
import { tell } from './wms.outbound';
import type { Installation, WarehouseEvent } from './wms.types';

const keepEvent: Statement = {
  name: 'sandbox-wms-stock-event-keep',
  text: `insert into sandbox.wms_stock_event (installation, first, last, event) values ($1, $2, $3, $4)`,
};

const readEvents: Statement = {
  name: 'sandbox-wms-stock-events',
  text: `
    select distinct on (e.first) e.event from sandbox.wms_stock_event e
      join unnest($2::bigint[], $3::bigint[]) as asked (low, high) on e.last >= asked.low and e.first <= asked.high
     where e.installation = $1 order by e.first`,
};

const readEvent: Statement = {
  name: 'sandbox-wms-stock-event',
  text: `select event from sandbox.wms_stock_event where installation = $1 and event ->> 'id' = $2`,
};

/** Remembers a stock fact with the numbers that it has used. */
export async function remember(tx: Queryable, { installation }: Installation, event: WarehouseEvent): Promise<void> {
  const { sequence = 0, lines = [] } = event;
  await tx.query(keepEvent, [installation, sequence, sequence + lines.length - 1, JSON.stringify(event)]);
}

/** An event told before; undefined when there was none. */
export async function toldBefore(
  tx: Queryable,
  { installation }: Installation,
  id: string,
): Promise<WarehouseEvent | undefined> {
  return (await tx.query<{ event: WarehouseEvent }>(readEvent, [installation, id])).rows[0]?.event;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Tells again, as they were, the stock facts that have one of these numbers. Returns how many events. */
export async function tellAgain(
  jobs: Jobs,
  tx: Transaction,
  installation: Installation,
  missing: readonly Range[],
): Promise<number> {
  const { rows } = await tx.query<{ event: WarehouseEvent }>(readEvents, [
    installation.installation,
    missing.map(({ from }) => from),
    missing.map(({ to }) => to),
  ]);
  await tell(jobs, tx, installation, rows.map(({ event }) => event)); // prettier-ignore
  return rows.length;
}
