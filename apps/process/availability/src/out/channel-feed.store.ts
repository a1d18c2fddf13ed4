import type { FeedView } from '#contracts/availability/feeds.dto';
import type { Queryable, Statement } from '#persistence/database';
import type { FeedCursor } from './feed.store';

/** How a channel is told by push, and where that stands. */
export interface StoredFeed extends FeedView {
  readonly secret: Buffer;
  /** Also signs: the secret was changed less than a day ago. */
  readonly previousSecret: Buffer | null;
  readonly cursor: FeedCursor;
}

export type FeedSettings = Pick<FeedView, 'channel' | 'url' | 'by' | 'intervalSeconds' | 'batchSize'>;

type FeedRow = Omit<StoredFeed, 'by' | 'cursor'> & { byNode: boolean; xid: string; item: string };

const rfc3339 = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** Index for `waiting`: item (changed_xid, item). */
const columns = `
  f.channel, f.url, f.by_node as "byNode", f.interval_seconds as "intervalSeconds", f.batch_size as "batchSize", f.state,
  f.paused_reason as "pausedReason", f.version, ${rfc3339('f.updated_at')} as "updatedAt", ${rfc3339('f.sent_at')} as "sentAt",
  ${rfc3339('f.failing_since')} as "failingSince", ${rfc3339('f.alerted_at')} as "alertedAt", f.last_error as "lastError", f.cursor_xid::text as xid,
  f.cursor_item as item, f.secret,
  case when f.secret_changed_at > now() - interval '1 day' then f.previous_secret end as "previousSecret",
  exists (select 1 from availability.item i where (i.changed_xid, i.item) > (f.cursor_xid, f.cursor_item)) as waiting`;

const readFeeds: Statement = {
  name: 'availability-channel-feeds',
  text: `select ${columns} from availability.channel_feed f where $1::text is null or f.channel = $1 order by f.channel`,
};

/** Another receiver, or one who is to know more, starts from the beginning. */
const putFeedText: Statement = {
  name: 'availability-channel-feed-put',
  text: `
    insert into availability.channel_feed as f (channel, url, secret, by_node, interval_seconds, batch_size)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (channel) do update
       set url = excluded.url, by_node = excluded.by_node, interval_seconds = excluded.interval_seconds,
           batch_size = excluded.batch_size, version = f.version + 1, updated_at = now(),
           secret = excluded.secret,
           previous_secret = case when $7 then f.secret else f.previous_secret end,
           secret_changed_at = case when $7 then now() else f.secret_changed_at end,
           cursor_xid = case when f.url = excluded.url and f.by_node >= excluded.by_node then f.cursor_xid else '0' end,
           cursor_item = case when f.url = excluded.url and f.by_node >= excluded.by_node then f.cursor_item else '' end,
           failing_since = null, last_error = null`,
};

const setStateText: Statement = {
  name: 'availability-channel-feed-state',
  text: `update availability.channel_feed set state = $2, paused_reason = $3, updated_at = now() where channel = $1`,
};

const lockStateText: Statement = {
  name: 'availability-channel-feed-lock',
  text: `select state from availability.channel_feed where channel = $1 for update`,
};

/** Nothing when the settings have changed since the batch was read: another receiver is to be told. */
const advanceText: Statement = {
  name: 'availability-channel-feed-advance',
  text: `
    update availability.channel_feed
       set cursor_xid = $3::text::xid8, cursor_item = $4, sent_at = now(), failing_since = null, alerted_at = null,
           last_error = null
     where channel = $1 and version = $2`,
};

const failedText: Statement = {
  name: 'availability-channel-feed-failed',
  text: `
    update availability.channel_feed f
       set failing_since = coalesce(f.failing_since, now()), last_error = $3,
           alerted_at = case when now() >= coalesce(f.failing_since, now()) + make_interval(secs => $4)
                             then coalesce(f.alerted_at, now()) else f.alerted_at end
     where channel = $1 and version = $2
    returning alerted_at is not null as alerted`,
};

export async function findFeed(db: Queryable, channel: string): Promise<StoredFeed | undefined> {
  return (await db.query<FeedRow>(readFeeds, [channel])).rows.map(feedOf)[0];
}

export async function allFeeds(db: Queryable): Promise<StoredFeed[]> {
  return (await db.query<FeedRow>(readFeeds, [null])).rows.map(feedOf);
}

/** `secret` is the one that signs from now on, `changed` whether it is another one than before. */
export async function putFeed(
  db: Queryable,
  { channel, url, by, intervalSeconds, batchSize }: FeedSettings,
  secret: Buffer,
  changed: boolean,
): Promise<void> {
  await db.query(putFeedText, [channel, url, secret, by === 'node', intervalSeconds, batchSize, changed]);
}

/** False when there is no such feed. */
export async function setFeedState(
  db: Queryable,
  channel: string,
  state: FeedView['state'],
  reason: string | null,
): Promise<boolean> {
  return (await db.query(setStateText, [channel, state, reason])).rowCount > 0;
}

/** Locks the feed. undefined when there is none. */
export async function lockFeedState(db: Queryable, channel: string): Promise<FeedView['state'] | undefined> {
  return (await db.query<Pick<FeedView, 'state'>>(lockStateText, [channel])).rows[0]?.state;
}

/** The receiver has everything up to the cursor. False when the settings have changed meanwhile. */
export async function advanceFeed(
  db: Queryable,
  { channel, version }: StoredFeed,
  { xid, item }: FeedCursor,
): Promise<boolean> {
  return (await db.query(advanceText, [channel, version, xid, item])).rowCount > 0;
}

/** Whether it has failed for `alertSeconds` or longer. */
export async function feedFailed(
  db: Queryable,
  { channel, version }: StoredFeed,
  error: string,
  alertSeconds: number,
): Promise<boolean> {
  const { rows } = await db.query<{ alerted: boolean }>(failedText, [channel, version, error, alertSeconds]);
  return rows[0]?.alerted === true;
}

function feedOf({ byNode, xid, item, ...row }: FeedRow): StoredFeed {
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as typeof row;
  return { ...said, previousSecret: row.previousSecret, ...(byNode ? { by: 'node' } : {}), cursor: { xid, item } };
}
