import type { Queryable, Statement } from '#persistence/database';

const insert: Statement = {
  name: 'tms-voided-insert',
  text: `insert into tms.voided_label (business_key, label) values ($1, $2) on conflict do nothing`,
};

const find: Statement = { name: 'tms-voided-find', text: `select label from tms.voided_label where business_key = $1` };

export async function recordVoided(db: Queryable, businessKey: string, label: string): Promise<void> {
  await db.query(insert, [businessKey, label]);
}

/** The label of this business key that was given back, if any. */
export async function voidedLabel(db: Queryable, businessKey: string): Promise<string | undefined> {
  return (await db.query<{ label: string }>(find, [businessKey])).rows[0]?.label;
}
