import { Injectable } from '@nestjs/common';
import type { FulfilmentPolicy, PartnerPolicy, PutPartnerPolicyRequest } from '#contracts/orders/fulfilment-policy.dto';
import { Database } from '#persistence/database';
import { HOUSE_POLICY } from '../fulfil-order/policy';
import * as store from './policy.store';

const FRESH_MS = 5_000;
const MOST = 10_000;

/** How partners' orders may be filled, at most five seconds old: accepting an order costs no question more. */
@Injectable()
export class PartnerPolicies {
  private readonly known = new Map<string, { readonly at: number; readonly policy: Promise<FulfilmentPolicy> }>();

  constructor(private readonly database: Database) {}

  current(partner: string): Promise<FulfilmentPolicy> {
    const known = this.known.get(partner);
    if (known && Date.now() - known.at < FRESH_MS) return known.policy;
    const policy = store.policyOf(this.database, partner).then((stored) => stored?.policy ?? HOUSE_POLICY);
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(partner, { at: Date.now(), policy });
    policy.catch(() => this.known.delete(partner));
    return policy;
  }

  async get(partner: string): Promise<PartnerPolicy> {
    const stored = await store.policyOf(this.database, partner);
    return stored ? view(stored) : { partner, policy: HOUSE_POLICY };
  }

  async put({ partner, policy, who }: PutPartnerPolicyRequest): Promise<PartnerPolicy> {
    const stored = await store.put(this.database, partner, policy, who);
    this.known.delete(partner);
    return view(stored);
  }
}

function view({ partner, policy, updatedBy, updatedAt }: store.StoredPolicy): PartnerPolicy {
  return { partner, policy, updatedBy, updatedAt: updatedAt.toISOString() };
}
