import type { Queryable, Statement } from '#persistence/database';

/** Where a reader of the feed stands: behind this item of this transaction. */
export interface FeedCursor {
  readonly xid: string;
  readonly item: string;
}

export interface ItemVersion {
  readonly item: string;
  /** Grows by one with each change of the item. */
  readonly version: number;
  readonly changedAt: string;
}

export interface FeedRow extends FeedCursor, ItemVersion {}

const columns = `item, version::float8 as version,
           to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"`;

/**
 * Items by the transaction that changed them last. A sequence would lose changes: a smaller number can become visible after
 * a larger one was read, when its transaction commits later. So only transactions below the oldest one that is
 * still running are read: all of them have ended, none can appear behind the cursor. An item that changes again moves to
 * the end and is read again with its newest value. A transaction that stays open anywhere on the server delays the
 * feed and never breaks it. Index: item (changed_xid, item).
 */
const readFeed: Statement = {
  name: 'availability-feed',
  text: `
    select changed_xid::text as xid, ${columns}
      from availability.item
     where (changed_xid, item) > ($1::text::xid8, $2) and changed_xid < pg_snapshot_xmin(pg_current_snapshot())
     order by changed_xid, item limit $3`,
};

export async function changesSince(db: Queryable, cursor: FeedCursor, limit: number): Promise<FeedRow[]> {
  return (await db.query<FeedRow>(readFeed, [cursor.xid, cursor.item, limit])).rows;
}

const readVersions: Statement = {
  name: 'availability-item-versions',
  text: `select ${columns} from availability.item where item = any($1) order by item`,
};

/** Where items stand; those never seen are absent. */
export async function versionsOf(db: Queryable, items: readonly string[]): Promise<ItemVersion[]> {
  return (await db.query<ItemVersion>(readVersions, [items])).rows;
}
