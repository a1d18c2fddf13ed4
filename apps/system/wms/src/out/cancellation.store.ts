import type { Queryable, Statement } from '#persistence/database';

/** Kind of a release in the posting ledger. */
export const RELEASE_KIND = 'fulfilment-order';

const recordCancellation: Statement = {
  name: 'wms-cancellation-record',
  text: `
    insert into wms.cancellation (fulfilment_order, connection, reason) values ($1, $2, $3)
    on conflict (fulfilment_order) do nothing`,
};

const findCancellation: Statement = {
  name: 'wms-cancellation-find',
  text: `select fulfilment_order as id from wms.cancellation where fulfilment_order = any($1)`,
};

const releaseState: Statement = {
  name: 'wms-release-state',
  text: `select state from wms.posting where kind = $1 and business_key = $2`,
};

export async function record(
  db: Queryable,
  cancellation: { fulfilmentOrder: string; connection: string; reason: string | undefined },
): Promise<void> {
  const { fulfilmentOrder, connection, reason } = cancellation;
  await db.query(recordCancellation, [fulfilmentOrder, connection, reason ?? null]);
}

/** Those of these fulfilment orders that are not wanted any more. */
export async function cancelledOf(db: Queryable, fulfilmentOrders: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ id: string }>(findCancellation, [fulfilmentOrders]);
  return new Set(rows.map(({ id }) => id));
}

/** How far its release has come; undefined when none was ever tried. */
export async function stateOfRelease(
  db: Queryable,
  fulfilmentOrder: string,
): Promise<'OPEN' | 'DONE' | 'REFUSED' | undefined> {
  const values = [RELEASE_KIND, fulfilmentOrder];
  return (await db.query<{ state: 'OPEN' | 'DONE' | 'REFUSED' }>(releaseState, values)).rows[0]?.state;
}
