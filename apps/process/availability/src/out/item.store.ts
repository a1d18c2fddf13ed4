import type { Queryable, Statement } from '#persistence/database';

/**
 * The lock of an item, taken in key order so that two transactions never wait for each other. Whatever is read in a later
 * statement is then the newest, because everyone who writes positions, slices or supplies of an item holds this lock.
 */
const lockItems: Statement = {
  name: 'availability-lock',
  text: `select item from availability.item where item = any($1) order by item for update`,
};

/**
 * Creates rows that are missing, locks all, and puts the items at the end of the change feed. `version` grows under the lock, so
 * it is in the order of the changes; the id of the transaction is not, because that is drawn before the lock is had.
 */
const touchItems: Statement = {
  name: 'availability-touch',
  text: `
    insert into availability.item as i (item)
    select item from unnest($1::text[]) as n (item) order by item
    on conflict (item) do update set changed_xid = pg_current_xact_id(), changed_at = now(), version = i.version + 1`,
};

/** Locks the items that exist, without marking them as changed. Returns those. */
export async function lock(tx: Queryable, items: readonly string[]): Promise<Set<string>> {
  const { rows } = await tx.query<{ item: string }>(lockItems, [items]);
  return new Set(rows.map((row) => row.item));
}

/** Locks the items, creating what is missing, and marks them as changed. */
export async function touch(tx: Queryable, items: readonly string[]): Promise<void> {
  await tx.query(touchItems, [items]);
}
