import type { EventType } from '#contracts/webhooks/event-types';
import type { Statement, Transaction } from '#persistence/database';

/** An exception that a partner was told of. */
export interface Trouble {
  readonly key: string;
  readonly partner: string;
  readonly typeCleared: EventType;
  readonly subject: { readonly type: string; readonly id: string };
  readonly data: object;
}

const openStatement: Statement = {
  name: 'webhooks-trouble-open',
  text: `
    insert into webhooks.trouble (key, partner, type_cleared, subject_type, subject_id, data)
    select distinct on (key) key, partner, "typeCleared", subject->>'type', subject->>'id', data
      from jsonb_to_recordset($1) as n (key text, partner text, "typeCleared" text, subject jsonb, data jsonb)
    on conflict (key) do nothing returning key`,
};

const closeStatement: Statement = {
  name: 'webhooks-trouble-close',
  text: `
    delete from webhooks.trouble where key = any($1)
    returning key, partner, type_cleared as "typeCleared", jsonb_build_object('type', subject_type, 'id', subject_id) as subject, data`,
};

/** Keys of those that were not open before. */
export async function openTroubles(tx: Transaction, troubles: readonly Trouble[]): Promise<Set<string>> {
  if (troubles.length === 0) return new Set();
  const rows = troubles.map(({ key, partner, typeCleared, subject, data }) => ({ key, partner, typeCleared, subject, data })); // prettier-ignore
  return new Set((await tx.query<{ key: string }>(openStatement, [JSON.stringify(rows)])).rows.map(({ key }) => key));
}

/** Those of them that were open, by key. */
export async function closeTroubles(tx: Transaction, keys: readonly string[]): Promise<Map<string, Trouble>> {
  const { rows } = await tx.query<Trouble>(closeStatement, [keys]);
  return new Map(rows.map((trouble) => [trouble.key, trouble]));
}
