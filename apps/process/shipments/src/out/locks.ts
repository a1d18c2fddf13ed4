import type { Statement, Transaction } from '#persistence/database';

/**
 * Two facts that need each other can arrive at the same moment in two transactions: neither would see the other, and both would
 * wait forever. Each takes the lock of what they share first, so that the second one sees the first. Always in the order of this
 * table, and sorted within: no deadlock.
 */
const CLASSES = { fulfilmentOrder: 7301, order: 7302, trackingNumber: 7303 } as const;

const lock: Statement = {
  name: 'shipments-lock',
  text: `
    select pg_advisory_xact_lock($1, key)
      from (select distinct hashtext(id) as key from unnest($2::text[]) as id order by 1) as keys`,
};

/** Waits for others that work on the same subjects, until the end of the transaction. */
export async function lockSubjects(tx: Transaction, kind: keyof typeof CLASSES, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(lock, [CLASSES[kind], ids]);
}
