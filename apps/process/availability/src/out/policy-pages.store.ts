import type {
  ChannelQuotaState,
  ItemPolicyDto,
  NodePolicyDto,
  PartnerCapDto,
} from '#contracts/availability/policies.dto';
import type { Queryable, Statement } from '#persistence/database';

/** Keys of the last row seen, in the order of the list; from the beginning when empty. */
type After = readonly string[];

const itemPage: Statement = {
  name: 'availability-item-policy-page',
  text: `
    select item, rule, accumulation_days as "accumulationDays", purchasable, lead_time_days as "leadTimeDays",
           receiving_days as "receivingDays", minimum_remaining_life_days as "minimumRemainingLifeDays", substitutes,
           components, backorder_rule as "backorderRule"
      from availability.item_policy
     where ($1::text is null or item = $1) and item > coalesce($2::text, '') order by item limit $3`,
};

export async function itemPolicies(
  db: Queryable,
  item: string | undefined,
  after: After,
  limit: number,
): Promise<ItemPolicyDto[]> {
  const { rows } = await db.query<ItemPolicyDto>(itemPage, [item ?? null, after[0] ?? null, limit]);
  return rows.map((row) => said(row));
}

const nodeList: Statement = {
  name: 'availability-node-policy-list',
  text: `
    select node, working_days as "workingDays", holidays::text[] as holidays, cut_off as "cutOff",
           handling_days as "handlingDays", transit_days as "transitDays",
           trim_scale(shipment_cost)::text as "shipmentCost"
      from availability.node_policy where $1::text is null or node = $1 order by node`,
};

export async function nodePolicies(db: Queryable, node: string | undefined): Promise<NodePolicyDto[]> {
  const { rows } = await db.query<NodePolicyDto>(nodeList, [node ?? null]);
  return rows.map((row) => said(row));
}

const quotaPage: Statement = {
  name: 'availability-channel-quota-page',
  text: `
    select q.item, nullif(q.node, '') as node, q.channel, trim_scale(q.protected)::text as protected,
           trim_scale(q.cap)::text as cap,
           (select trim_scale(coalesce(sum(c.consumed), 0))::text from availability.channel_consumption c
             where c.item = q.item and c.channel = q.channel and (q.node = '' or c.node = q.node)) as consumed
      from availability.channel_quota q
     where ($1::text is null or q.item = $1) and ($2::text is null or q.channel = $2)
       and (q.protected > 0 or q.cap is not null)
       and (q.item, q.channel, q.node) > (coalesce($3::text, ''), coalesce($4::text, ''), coalesce($5::text, ''))
     order by q.item, q.channel, q.node limit $6`,
};

export async function channelQuotas(
  db: Queryable,
  only: { item?: string; channel?: string },
  after: After,
  limit: number,
): Promise<ChannelQuotaState[]> {
  const values = [only.item ?? null, only.channel ?? null, after[0] ?? null, after[1] ?? null, after[2] ?? null, limit];
  return (await db.query<ChannelQuotaState>(quotaPage, values)).rows.map((row) => said(row));
}

const capPage: Statement = {
  name: 'availability-partner-cap-page',
  text: `
    select partner, nullif(item, '') as item, trim_scale(maximum)::text as maximum
      from availability.partner_cap
     where ($1::text is null or partner = $1) and maximum is not null
       and (partner, item) > (coalesce($2::text, ''), coalesce($3::text, ''))
     order by partner, item limit $4`,
};

export async function partnerCaps(
  db: Queryable,
  partner: string | undefined,
  after: After,
  limit: number,
): Promise<PartnerCapDto[]> {
  const values = [partner ?? null, after[0] ?? null, after[1] ?? null, limit];
  return (await db.query<PartnerCapDto>(capPage, values)).rows.map((row) => said(row));
}

/** A row without what it does not say. */
function said<Row extends object>(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Row;
}
