import type { Queryable, Statement } from '#persistence/database';

const insert: Statement = {
  name: 'tms-voided-insert',
  text: `insert into tms.voided_label (business_key, label) values ($1, $2) on conflict do nothing`,
};

const find: Statement = {
  name: 'tms-voided-find',
  text: `select business_key as key, label from tms.voided_label where business_key = any($1)`,
};

export async function recordVoided(db: Queryable, businessKey: string, label: string): Promise<void> {
  await db.query(insert, [businessKey, label]);
}

/** Labels that were given back, by their business key. */
export async function voidedLabels(db: Queryable, businessKeys: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ key: string; label: string }>(find, [businessKeys]);
  return new Map(rows.map(({ key, label }) => [key, label]));
}
