import type { ExceptionPolicyDto } from '#contracts/exceptions/exceptions.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';

const putPolicies: Statement = {
  name: 'exceptions-policy-put',
  text: `
    insert into exceptions.policy (domain, partner, queue, due_minutes)
    select domain, partner, queue, "dueMinutes"
      from jsonb_to_recordset($1) as n (domain text, partner text, queue text, "dueMinutes" int)
    on conflict (domain, partner) do update set queue = excluded.queue, due_minutes = excluded.due_minutes`,
};

const listPolicies: Statement = {
  name: 'exceptions-policy-list',
  text: `select domain, partner, queue, due_minutes as "dueMinutes" from exceptions.policy order by domain, partner`,
};

export async function put(tx: Transaction, policies: readonly ExceptionPolicyDto[]): Promise<void> {
  await tx.query(putPolicies, [JSON.stringify(policies)]);
}

export async function list(db: Queryable): Promise<ExceptionPolicyDto[]> {
  type Row = Omit<ExceptionPolicyDto, 'dueMinutes'> & { dueMinutes: number | null };
  const { rows } = await db.query<Row>(listPolicies);
  return rows.map(({ dueMinutes, ...policy }) => (dueMinutes === null ? policy : { ...policy, dueMinutes }));
}
