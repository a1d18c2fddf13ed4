import type { Queryable, Statement } from '#persistence/database';

/**
 * Opens, refreshes and resolves what is wrong with positions. A warehouse is the authority on its stock, so its facts apply
 * even where they contradict us; they never do so silently.
 */
const settlePositions: Statement = {
  name: 'availability-exceptions',
  text: `
    with troubled as (
      select item, node, 'NegativeStock' as kind, 'on hand is ' || trim_scale(on_hand) as detail
        from availability.position where item = any($1) and on_hand < 0
      union all
      select item, node, 'OverAllocated',
             'commitments exceed usable stock by ' || trim_scale(least(overcommitted, allocated + reserved))
        from availability.position where item = any($1) and overcommitted > 0 and allocated + reserved > 0
    ), opened as (
      insert into availability.exception as e (kind, item, node, detail)
      select kind, item, node, detail from troubled
      on conflict (kind, item, node) where resolved_at is null
      do update set detail = excluded.detail where e.detail <> excluded.detail
    ), resolved as (
      update availability.exception e set resolved_at = now()
       where e.item = any($1) and e.resolved_at is null and e.kind in ('NegativeStock', 'OverAllocated')
         and not exists (select 1 from troubled t where t.kind = e.kind and t.item = e.item and t.node = e.node)
    )
    update availability.position p set flagged = not p.flagged
     where p.item = any($1)
       and p.flagged <> exists (select 1 from troubled t where t.item = p.item and t.node = p.node)`,
};

export async function settle(tx: Queryable, items: readonly string[]): Promise<void> {
  await tx.query(settlePositions, [items]);
}

const openException: Statement = {
  name: 'availability-exception-open',
  text: `
    insert into availability.exception (kind, item, node, detail) values ($1, $2, $3, $4)
    on conflict (kind, item, node) where resolved_at is null do update set detail = excluded.detail`,
};

const resolveException: Statement = {
  name: 'availability-exception-resolve',
  text: `
    update availability.exception set resolved_at = now()
     where kind = $1 and item = $2 and node = $3 and resolved_at is null`,
};

/** Whether one was open. */
export async function resolve(tx: Queryable, kind: string, item: string, node: string): Promise<boolean> {
  return (await tx.query(resolveException, [kind, item, node])).rowCount > 0;
}

/** Opens one exception of a kind for a position, or gives the open one its newest detail. */
export async function open(tx: Queryable, kind: string, item: string, node: string, detail: string): Promise<void> {
  await tx.query(openException, [kind, item, node, detail]);
}
