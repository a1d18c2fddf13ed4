import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { FulfilmentPolicy, PartnerPolicy, PutPartnerPolicyRequest } from '#contracts/orders/fulfilment-policy.dto';
import type { OrderPolicyDto } from '#contracts/orders/validation.dto';
import { Database } from '#persistence/database';
import type { AcceptPolicy } from '../accept-order/incoming';
import { EVERYBODY, policyFaults, policyOf } from '../accept-order/policy';
import { housePolicy, ordersConfig, type OrdersConfig } from '../config';
import { HOUSE_POLICY } from '../fulfil-order/policy';
import * as store from './policy.store';

/** For so long what was read is believed: a policy set by another process counts this much later. */
const BELIEVED_MS = 1_000;

/** What counts for the next order of a partner. */
export interface PartnerTerms {
  /** How it is checked, the house's defaults included. */
  readonly policy: AcceptPolicy;
  /** How it may be filled. */
  readonly filling: FulfilmentPolicy;
}

/** How orders of each partner are checked and filled. They are few and change seldom, so all are kept in the process. */
@Injectable()
export class Policies {
  private known: ReadonlyMap<string, store.StoredPolicy> = new Map();
  private until = 0;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(ordersConfig.token) private readonly config: OrdersConfig,
  ) {}

  async of(partner: string): Promise<PartnerTerms> {
    await this.fresh();
    const [everybody, own] = [this.known.get(EVERYBODY), this.known.get(partner)];
    return {
      policy: policyOf(housePolicy(this.config), everybody?.checks ?? undefined, own?.checks ?? undefined),
      filling: own?.filling ?? HOUSE_POLICY,
    };
  }

  /** How orders are checked, as it was set, by partner. */
  async checks(): Promise<OrderPolicyDto[]> {
    await this.fresh();
    return [...this.known.values()].flatMap(({ checks }) => checks ?? []);
  }

  /** Errors: POLICY_INVALID with a finding per fault; then nothing is stored. */
  async putChecks(policies: readonly OrderPolicyDto[]): Promise<number> {
    const findings = policyFaults(policies);
    if (findings.length > 0) {
      const message = 'some policies cannot be stored';
      throw new CrossdockError({ code: 'POLICY_INVALID', kind: 'invalid', message, findings });
    }
    await store.putChecks(this.database, policies);
    await this.forget();
    return policies.length;
  }

  async filling(partner: string): Promise<PartnerPolicy> {
    const stored = await store.policyOf(this.database, partner);
    return stored ? view(stored) : { partner, policy: HOUSE_POLICY };
  }

  async putFilling({ partner, policy, who }: PutPartnerPolicyRequest): Promise<PartnerPolicy> {
    const stored = await store.putFilling(this.database, partner, policy, who);
    await this.forget();
    return view(stored);
  }

  private async fresh(): Promise<void> {
    if (Date.now() < this.until) return;
    this.reading ??= this.read().finally(() => (this.reading = undefined));
    await this.reading;
  }

  private async read(): Promise<void> {
    const until = Date.now() + BELIEVED_MS;
    this.known = new Map((await store.allPolicies(this.database)).map((each) => [each.partner, each]));
    this.until = until;
  }

  /** A reading that is under way may have begun before the change. */
  private async forget(): Promise<void> {
    await this.reading;
    this.until = 0;
  }
}

function view({ partner, filling, filledBy, filledAt }: store.StoredPolicy): PartnerPolicy {
  return {
    partner,
    policy: filling ?? HOUSE_POLICY,
    ...(filledBy !== null && { updatedBy: filledBy }),
    ...(filledAt !== null && { updatedAt: filledAt.toISOString() }),
  };
}
