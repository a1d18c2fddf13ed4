import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import type { Queryable, Statement } from '#persistence/database';

export interface StoredPolicy {
  readonly partner: string;
  readonly policy: FulfilmentPolicy;
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

const findPolicy: Statement = {
  name: 'orders-policy-find',
  text: `
    select partner, policy, updated_by as "updatedBy", updated_at as "updatedAt"
      from orders.partner_policy where partner = $1`,
};

const putPolicy: Statement = {
  name: 'orders-policy-put',
  text: `
    insert into orders.partner_policy (partner, policy, updated_by) values ($1, $2::text::jsonb, $3)
    on conflict (partner) do update set policy = excluded.policy, updated_by = excluded.updated_by, updated_at = now()
    returning partner, policy, updated_by as "updatedBy", updated_at as "updatedAt"`,
};

export async function policyOf(db: Queryable, partner: string): Promise<StoredPolicy | undefined> {
  return (await db.query<StoredPolicy>(findPolicy, [partner])).rows[0];
}

export async function put(
  db: Queryable,
  partner: string,
  policy: FulfilmentPolicy,
  who: string,
): Promise<StoredPolicy> {
  const { rows: [stored] } = await db.query<StoredPolicy>(putPolicy, [partner, JSON.stringify(policy), who]); // prettier-ignore
  if (!stored) throw new Error(`the policy of ${partner} was not kept`);
  return stored;
}
