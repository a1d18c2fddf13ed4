import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { OrderPolicyDto } from '#contracts/orders/validation.dto';
import { Database, type Statement } from '#persistence/database';
import type { AcceptPolicy } from '../accept-order/incoming';
import { EVERYBODY, policyFaults, policyOf } from '../accept-order/policy';
import { housePolicy, ordersConfig, type OrdersConfig } from '../config';

/** For so long what was read is believed: a policy set by another process counts this much later. */
const BELIEVED_MS = 1_000;

const readPolicies: Statement = {
  name: 'orders-check-policies',
  text: `select document from orders.check_policy order by partner`,
};

const upsertPolicies: Statement = {
  name: 'orders-check-policies-upsert',
  text: `
    insert into orders.check_policy as p (partner, document)
    select partner, document::jsonb from unnest($1::text[], $2::text[]) as n (partner, document)
    on conflict (partner) do update
       set document = excluded.document, version = p.version + 1, updated_at = now()
     where p.document <> excluded.document`,
};

/** How the orders of each partner are checked. They are few and change seldom, so all are kept in the process. */
@Injectable()
export class Policies {
  private known: ReadonlyMap<string, OrderPolicyDto> = new Map();
  private until = 0;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(ordersConfig.token) private readonly config: OrdersConfig,
  ) {}

  /** What counts for a partner, the house's defaults included. */
  async of(partner: string): Promise<AcceptPolicy> {
    const all = await this.all();
    return policyOf(housePolicy(this.config), all.get(EVERYBODY), all.get(partner));
  }

  /** As they were set, by partner. */
  async all(): Promise<ReadonlyMap<string, OrderPolicyDto>> {
    if (Date.now() >= this.until) {
      this.reading ??= this.read().finally(() => (this.reading = undefined));
      await this.reading;
    }
    return this.known;
  }

  /** Errors: POLICY_INVALID with a finding per fault; then nothing is stored. */
  async put(policies: readonly OrderPolicyDto[]): Promise<number> {
    const findings = policyFaults(policies);
    if (findings.length > 0) {
      const message = 'some policies cannot be stored';
      throw new CrossdockError({ code: 'POLICY_INVALID', kind: 'invalid', message, findings });
    }
    await this.database.query(upsertPolicies, [
      policies.map(({ partner }) => partner),
      policies.map((policy) => JSON.stringify(policy)),
    ]);
    await this.reading;
    this.until = 0;
    return policies.length;
  }

  private async read(): Promise<void> {
    const until = Date.now() + BELIEVED_MS;
    const { rows } = await this.database.query<{ document: OrderPolicyDto }>(readPolicies);
    this.known = new Map(rows.map(({ document }) => [document.partner, document]));
    this.until = until;
  }
}
