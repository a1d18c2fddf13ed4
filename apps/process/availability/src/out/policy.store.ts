import type {
  ChannelQuotaDto,
  ItemPolicyDto,
  NodePolicyDto,
  PartnerCapDto,
} from '#contracts/availability/policies.dto';
import type { Queryable, Statement } from '#persistence/database';

const nextRevisionText: Statement = {
  name: 'availability-policy-revision-next',
  text: `update availability.policy_revision set revision = revision + 1 returning revision`,
};

/** The number of this change. Holds every other change of a policy back until this one has committed. */
export async function nextRevision(tx: Queryable): Promise<string> {
  const { rows } = await tx.query<{ revision: string }>(nextRevisionText);
  return rows[0]?.revision ?? '0';
}

const revisionText: Statement = {
  name: 'availability-policy-revision',
  text: `select revision from availability.policy_revision`,
};

/** The number of the last change of a policy. */
export async function policyRevision(db: Queryable): Promise<string> {
  return (await db.query<{ revision: string }>(revisionText)).rows[0]?.revision ?? '0';
}

const storeItems: Statement = {
  name: 'availability-item-policy-store',
  text: `
    insert into availability.item_policy
           (item, revision, rule, accumulation_days, purchasable, lead_time_days, receiving_days,
            minimum_remaining_life_days, substitutes, components, backorder_rule)
    select item, $1, rule, accumulation_days, purchasable, lead_time_days, receiving_days, life, substitutes, components,
           backorder_rule
      from unnest($2::text[], $3::text[], $4::int[], $5::boolean[], $6::int[], $7::int[], $8::int[], $9::jsonb[],
                  $10::jsonb[], $11::text[])
           as n (item, rule, accumulation_days, purchasable, lead_time_days, receiving_days, life, substitutes, components,
                 backorder_rule)
    on conflict (item) do update
       set revision = excluded.revision, rule = excluded.rule, accumulation_days = excluded.accumulation_days,
           purchasable = excluded.purchasable, lead_time_days = excluded.lead_time_days,
           receiving_days = excluded.receiving_days,
           minimum_remaining_life_days = excluded.minimum_remaining_life_days, substitutes = excluded.substitutes,
           components = excluded.components, backorder_rule = excluded.backorder_rule`,
};

/** Each item once. */
export async function storeItemPolicies(
  tx: Queryable,
  revision: string,
  policies: readonly ItemPolicyDto[],
): Promise<void> {
  await tx.query(storeItems, [
    revision,
    policies.map((policy) => policy.item),
    policies.map((policy) => policy.rule ?? 'LOOK_AHEAD'),
    policies.map((policy) => policy.accumulationDays ?? null),
    policies.map((policy) => policy.purchasable ?? false),
    policies.map((policy) => policy.leadTimeDays ?? null),
    policies.map((policy) => policy.receivingDays ?? 0),
    policies.map((policy) => policy.minimumRemainingLifeDays ?? 0),
    policies.map((policy) => JSON.stringify(policy.substitutes ?? [])),
    policies.map((policy) => JSON.stringify(policy.components ?? [])),
    policies.map((policy) => policy.backorderRule ?? 'FCFS'),
  ]);
}

const storeNodes: Statement = {
  name: 'availability-node-policy-store',
  text: `
    insert into availability.node_policy (node, revision, working_days, holidays, cut_off, handling_days, transit_days,
                                          shipment_cost)
    select n.node, $1, array(select value::smallint from jsonb_array_elements_text(n.working_days)),
           array(select value::date from jsonb_array_elements_text(n.holidays)), n.cut_off, n.handling_days, n.transit_days,
           n.shipment_cost
      from unnest($2::text[], $3::jsonb[], $4::jsonb[], $5::text[], $6::int[], $7::int[], $8::numeric[])
           as n (node, working_days, holidays, cut_off, handling_days, transit_days, shipment_cost)
    on conflict (node) do update
       set revision = excluded.revision, working_days = excluded.working_days, holidays = excluded.holidays,
           cut_off = excluded.cut_off, handling_days = excluded.handling_days, transit_days = excluded.transit_days,
           shipment_cost = excluded.shipment_cost`,
};

/** Each node once. */
export async function storeNodePolicies(
  tx: Queryable,
  revision: string,
  policies: readonly NodePolicyDto[],
): Promise<void> {
  await tx.query(storeNodes, [
    revision,
    policies.map((policy) => policy.node),
    policies.map((policy) => JSON.stringify(policy.workingDays ?? EVERY_DAY)),
    policies.map((policy) => JSON.stringify(policy.holidays ?? [])),
    policies.map((policy) => policy.cutOff ?? null),
    policies.map((policy) => policy.handlingDays ?? 0),
    policies.map((policy) => policy.transitDays ?? 0),
    policies.map((policy) => policy.shipmentCost ?? null),
  ]);
}

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const storeQuotas: Statement = {
  name: 'availability-channel-quota-store',
  text: `
    insert into availability.channel_quota (item, channel, node, revision, protected, cap)
    select item, channel, node, $1, protected, cap
      from unnest($2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[]) as n (item, channel, node, protected, cap)
    on conflict (item, channel, node) do update
       set revision = excluded.revision, protected = excluded.protected, cap = excluded.cap`,
};

/** Each item, channel and node once. */
export async function storeChannelQuotas(
  tx: Queryable,
  revision: string,
  quotas: readonly ChannelQuotaDto[],
): Promise<void> {
  await tx.query(storeQuotas, [
    revision,
    quotas.map((quota) => quota.item),
    quotas.map((quota) => quota.channel),
    quotas.map((quota) => quota.node ?? ''),
    quotas.map((quota) => quota.protected),
    quotas.map((quota) => quota.cap ?? null),
  ]);
}

const storeCaps: Statement = {
  name: 'availability-partner-cap-store',
  text: `
    insert into availability.partner_cap (partner, item, revision, maximum)
    select partner, item, $1, maximum from unnest($2::text[], $3::text[], $4::numeric[]) as n (partner, item, maximum)
    on conflict (partner, item) do update set revision = excluded.revision, maximum = excluded.maximum`,
};

/** Each partner and item once. */
export async function storePartnerCaps(tx: Queryable, revision: string, caps: readonly PartnerCapDto[]): Promise<void> {
  await tx.query(storeCaps, [
    revision,
    caps.map((cap) => cap.partner),
    caps.map((cap) => cap.item ?? ''),
    caps.map((cap) => cap.maximum ?? null),
  ]);
}

const readKits: Statement = {
  name: 'availability-kits',
  text: `
    select item, array(select c->>'item' from jsonb_array_elements(components) c) as components
      from availability.item_policy where components <> '[]'`,
};

/** What every kit is made of: item → its components' items. */
export async function kits(db: Queryable): Promise<Map<string, readonly string[]>> {
  const { rows } = await db.query<{ item: string; components: string[] }>(readKits);
  return new Map(rows.map(({ item, components }) => [item, components]));
}
