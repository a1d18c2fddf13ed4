import type { Queryable, Statement } from '#persistence/database';
import type { BackorderRule } from '../promise/allocation';

const readRules: Statement = {
  name: 'availability-backorder-rules',
  text: `
    select item, backorder_rule as rule from availability.item_policy where item = any($1) and backorder_rule <> 'FCFS'`,
};

/** How scarce supply of these items is shared out, where it is not first come, first served. */
export async function backorderRules(db: Queryable, items: readonly string[]): Promise<Map<string, BackorderRule>> {
  const { rows } = await db.query<{ item: string; rule: BackorderRule }>(readRules, [items]);
  return new Map(rows.map(({ item, rule }) => [item, rule]));
}
