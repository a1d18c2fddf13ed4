import type { Queryable, Statement } from '#persistence/database';
import { micro } from '../promise/quantity';
import type { ChannelQuota } from '../promise/quotas';

/** A quota that protects nothing and has no cap is none. Indexes: channel_quota (item, …), channel_consumption (item, channel, …). */
const readQuotas: Statement = {
  name: 'availability-quotas-of',
  text: `
    select q.item, q.channel, nullif(q.node, '') as node, q.protected::text as protected, q.cap::text as cap,
           (select coalesce(sum(c.consumed), 0)::text from availability.channel_consumption c
             where c.item = q.item and c.channel = q.channel and (q.node = '' or c.node = q.node)) as consumed
      from availability.channel_quota q where q.item = any($1) and (q.protected > 0 or q.cap is not null)
     order by q.item, q.channel, q.node`,
};

/** The channel quotas of items that have any. */
export async function quotasOf(db: Queryable, items: readonly string[]): Promise<Map<string, ChannelQuota[]>> {
  if (items.length === 0) return new Map();
  const { rows } = await db.query<Record<'item' | 'channel' | 'protected' | 'consumed', string> & Record<'node' | 'cap', string | null>>(readQuotas, [items]); // prettier-ignore
  const quotas = new Map<string, ChannelQuota[]>();
  for (const { item, channel, node, cap, consumed, ...row } of rows) {
    const quota = {
      channel,
      node: node ?? undefined,
      protected: micro(row.protected),
      cap: cap === null ? undefined : micro(cap),
      consumed: micro(consumed),
    };
    quotas.set(item, [...(quotas.get(item) ?? []), quota]);
  }
  return quotas;
}

const beginConsumption: Statement = {
  name: 'availability-consumption-begin',
  text: `
    insert into availability.channel_consumption (item, channel, node, consumed)
    select item, channel, node, sum(quantity) from availability.slice s
     where item = any($1) and channel is not null and state <> 'BACKORDERED'
       and not exists (select 1 from availability.channel_quota q where q.item = s.item)
     group by item, channel, node
    on conflict (item, channel, node) do update set consumed = excluded.consumed`,
};

/** Items get their first quotas: what channels hold now is consumed; from here on every write counts. The items are locked. */
export async function beginToCount(tx: Queryable, items: readonly string[]): Promise<void> {
  await tx.query(beginConsumption, [items]);
}
