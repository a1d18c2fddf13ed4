import type { Queryable, Statement } from '#persistence/database';
import type { PromiseRule } from '../promise/rules';

/** A policy as it is stored; quantities are text, days are counted from 1970-01-01. */
export interface StoredItemPolicy {
  readonly item: string;
  readonly rule: PromiseRule;
  readonly accumulationDays: number | null;
  readonly purchasable: boolean;
  readonly leadTimeDays: number | null;
  readonly receivingDays: number;
  readonly substitutes: readonly { readonly item: string; readonly ratio: string }[];
  readonly components: readonly { readonly item: string; readonly quantity: string }[];
}

export interface StoredNodePolicy {
  readonly node: string;
  readonly workingDays: readonly number[];
  readonly holidays: readonly number[];
  readonly cutOff: string | null;
  readonly handlingDays: number;
  readonly transitDays: number;
  readonly shipmentCost: number | null;
}

export interface StoredQuota {
  readonly item: string;
  readonly channel: string;
  /** '' for all nodes together. */
  readonly node: string;
  readonly protected: string;
  readonly cap: string | null;
}

export interface PolicyChanges {
  readonly revision: string;
  readonly items: readonly StoredItemPolicy[];
  readonly nodes: readonly StoredNodePolicy[];
  readonly quotas: readonly StoredQuota[];
}

/** One statement, so one snapshot: the revision and all that is above the one known. Indexes: …_revision of each table. */
const readChanges: Statement = {
  name: 'availability-policy-changes',
  text: `
    select 'R' as kind, revision::text as revision, null::json as policy from availability.policy_revision
    union all
    select 'I', null, json_build_object('item', item, 'rule', rule, 'accumulationDays', accumulation_days,
           'purchasable', purchasable, 'leadTimeDays', lead_time_days, 'receivingDays', receiving_days,
           'substitutes', substitutes, 'components', components)
      from availability.item_policy where revision > $1
    union all
    select 'N', null, json_build_object('node', node, 'workingDays', working_days,
           'holidays', array(select day - date '1970-01-01' from unnest(holidays) day), 'cutOff', cut_off,
           'handlingDays', handling_days, 'transitDays', transit_days,
           'shipmentCost', shipment_cost)
      from availability.node_policy where revision > $1
    union all
    select 'Q', null, json_build_object('item', item, 'channel', channel, 'node', node, 'protected', protected::text,
           'cap', cap::text)
      from availability.channel_quota where revision > $1`,
};

type Row =
  | { kind: 'R'; revision: string }
  | { kind: 'I'; policy: StoredItemPolicy }
  | { kind: 'N'; policy: StoredNodePolicy }
  | { kind: 'Q'; policy: StoredQuota };

/** What changed above a revision. */
export async function policyChanges(db: Queryable, known: string): Promise<PolicyChanges> {
  const { rows } = await db.query<Row>(readChanges, [known]);
  return {
    revision: rows.find((row) => row.kind === 'R')?.revision ?? known,
    items: rows.flatMap((row) => (row.kind === 'I' ? [row.policy] : [])),
    nodes: rows.flatMap((row) => (row.kind === 'N' ? [row.policy] : [])),
    quotas: rows.flatMap((row) => (row.kind === 'Q' ? [row.policy] : [])),
  };
}
