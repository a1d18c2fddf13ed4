import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import type { OrderPolicyDto } from '#contracts/orders/validation.dto';
import type { Queryable, Statement } from '#persistence/database';

/** All that was said about one partner's orders, or about everybody's. Null: nobody has said anything of that kind. */
export interface StoredPolicy {
  readonly partner: string;
  /** How they are checked. */
  readonly checks: OrderPolicyDto | null;
  /** How they may be filled. */
  readonly filling: FulfilmentPolicy | null;
  /** Who set `filling`, and when. */
  readonly filledBy: string | null;
  readonly filledAt: Date | null;
}

const COLUMNS = `partner, checks, filling, filled_by as "filledBy", filled_at as "filledAt"`;

const readAll: Statement = {
  name: 'orders-policies',
  text: `select ${COLUMNS} from orders.partner_policy order by partner`,
};

const readOne: Statement = {
  name: 'orders-policy',
  text: `select ${COLUMNS} from orders.partner_policy where partner = $1`,
};

const upsertChecks: Statement = {
  name: 'orders-policies-checks',
  text: `
    insert into orders.partner_policy as p (partner, checks)
    select partner, checks::jsonb from unnest($1::text[], $2::text[]) as n (partner, checks) order by partner
    on conflict (partner) do update set checks = excluded.checks, checked_at = now()
     where p.checks is distinct from excluded.checks`,
};

const upsertFilling: Statement = {
  name: 'orders-policy-filling',
  text: `
    insert into orders.partner_policy (partner, filling, filled_by, filled_at) values ($1, $2::text::jsonb, $3, now())
    on conflict (partner) do update set filling = excluded.filling, filled_by = excluded.filled_by, filled_at = now()
    returning ${COLUMNS}`,
};

export async function allPolicies(db: Queryable): Promise<StoredPolicy[]> {
  return (await db.query<StoredPolicy>(readAll)).rows;
}

export async function policyOf(db: Queryable, partner: string): Promise<StoredPolicy | undefined> {
  return (await db.query<StoredPolicy>(readOne, [partner])).rows[0];
}

export async function putChecks(db: Queryable, policies: readonly OrderPolicyDto[]): Promise<void> {
  await db.query(upsertChecks, [
    policies.map(({ partner }) => partner),
    policies.map((policy) => JSON.stringify(policy)),
  ]);
}

export async function putFilling(
  db: Queryable,
  partner: string,
  filling: FulfilmentPolicy,
  who: string,
): Promise<StoredPolicy> {
  const { rows: [stored] } = await db.query<StoredPolicy>(upsertFilling, [partner, JSON.stringify(filling), who]); // prettier-ignore
  if (!stored) throw new Error(`the policy of ${partner} was not kept`);
  return stored;
}
