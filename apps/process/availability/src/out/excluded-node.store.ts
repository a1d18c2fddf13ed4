import type { Queryable, Statement } from '#persistence/database';

/** Index: slice (item) where not held. The items are locked. */
const admitNodes: Statement = {
  name: 'availability-admit-nodes',
  text: `
    with counted as (select * from unnest($1::text[], $2::text[]) as n (item, node))
    update availability.slice s
       set excluded = array(select e from unnest(s.excluded) e
                             where not exists (select from counted c where c.item = s.item and c.node = e))
     where s.item = any($1) and not s.held
       and exists (select from counted c where c.item = s.item and c.node = any(s.excluded))`,
};

/** These nodes have counted these items, so who waits may be served there again. */
export async function admit(
  tx: Queryable,
  counted: readonly { readonly item: string; readonly node: string }[],
): Promise<void> {
  await tx.query(admitNodes, [counted.map(({ item }) => item), counted.map(({ node }) => node)]);
}
