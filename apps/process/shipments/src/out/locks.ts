import type { Statement, Transaction } from '#persistence/database';

/**
 * Two facts that need each other can arrive at the same moment in two transactions: neither would see the other, and both would
 * wait forever. Each takes the lock of what they share first, so that the second one sees the first.
 *
 * Whoever locks more than one thing does it in this order, sorted within each step, so that no two transactions wait for each other:
 * subjects in the order of this table, rows of shipments, rows of effects. Nobody who holds any of them waits for the key of a job
 * (`Jobs.enqueueMissing`).
 */
const CLASSES = { fulfilmentOrder: 7301, order: 7302, trackingNumber: 7303 } as const;

const lock: Statement = {
  name: 'shipments-lock',
  text: `
    select pg_advisory_xact_lock($1, key)
      from (select distinct hashtext(id) as key from unnest($2::text[]) as id order by 1) as keys`,
};

// Confirming a shipment takes the lock of its order, which only its fulfilment order knows.
const lockOrders: Statement = {
  name: 'shipments-lock-orders',
  text: `
    select pg_advisory_xact_lock($1, key)
      from (select distinct hashtext(id) as key
              from (select unnest($2::text[]) as id
                     union select order_id from shipments.fulfilment_order where id = any($3::text[])) as orders
             order by 1) as keys`,
};

// One set of ids rather than two conditions: with `or` no index would be used.
const lockShipments: Statement = {
  name: 'shipment-lock',
  text: `
    select id from shipments.shipment
     where id in (select unnest($1::text[]) union select shipment_id from shipments.parcel where tracking_number = any($2::text[]))
     order by id for no key update`,
};

/** Waits for others that work on the same subjects, until the end of the transaction. */
export async function lockSubjects(tx: Transaction, kind: keyof typeof CLASSES, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(lock, [CLASSES[kind], ids]);
}

/** Nobody else changes these shipments or settles effects of them until the end of the transaction. */
export async function lockShipmentRows(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(lockShipments, [ids, []]);
}

/** What a set of facts is about. */
export interface Subjects {
  readonly fulfilmentOrders: readonly string[];
  /** Beside those of the fulfilment orders that are known. */
  readonly orders: readonly string[];
  /** The shipments that have these are locked, too. */
  readonly trackingNumbers: readonly string[];
  readonly shipments: readonly string[];
}

/** Everything that a set of facts of all kinds needs, in one packet. */
export async function lockAll(tx: Transaction, subjects: Subjects): Promise<void> {
  const { fulfilmentOrders, orders, trackingNumbers, shipments } = subjects;
  const asked = [lockSubjects(tx, 'fulfilmentOrder', fulfilmentOrders)];
  if (fulfilmentOrders.length + orders.length > 0)
    asked.push(tx.query(lockOrders, [CLASSES.order, orders, fulfilmentOrders]).then(() => undefined));
  asked.push(lockSubjects(tx, 'trackingNumber', trackingNumbers));
  if (shipments.length + trackingNumbers.length > 0)
    asked.push(tx.query(lockShipments, [shipments, trackingNumbers]).then(() => undefined));
  await Promise.all(asked);
}
