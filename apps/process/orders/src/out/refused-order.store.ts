import type { Finding } from '#canonical/errors';
import type { RefusedOrder } from '#contracts/orders/validation.dto';
import type { Queryable, Statement } from '#persistence/database';

export interface NewRefusal {
  readonly id: string;
  readonly partner: string;
  readonly purchaseOrder: string;
  readonly release: string;
  readonly purpose: string;
  readonly channel: string;
  readonly code: string;
  readonly detail: string;
  readonly findings: readonly Finding[];
  readonly correlationId: string;
  readonly content: object;
  /** Of content and reason: the same again is counted. */
  readonly digest: string;
}

const keepRefusal: Statement = {
  name: 'orders-refused-keep',
  text: `
    insert into orders.refused_order as r (id, partner, purchase_order, release, purpose, channel, code, detail, findings,
                                           correlation_id, content, digest)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, $10, $11::text::jsonb, $12)
    on conflict (partner, digest) do update
       set times = r.times + 1, last_at = now(), correlation_id = excluded.correlation_id, detail = excluded.detail,
           findings = excluded.findings`,
};

/** Index: the key, or (partner, id). */
function pageStatement(byPartner: boolean): Statement {
  return {
    name: `orders-refused-page-${Number(byPartner)}`,
    text: `
      select id, partner, purchase_order as "purchaseOrder", release, purpose, channel, code, detail, findings, times,
             first_at as "firstAt", last_at as "lastAt", correlation_id as "correlationId", content
        from orders.refused_order
       where ($1::text = '' or id < $1) and ${byPartner ? 'partner = $3' : '$3::text is null'}
         and ($4::text is null or purchase_order = $4)
       order by id desc limit $2`,
  };
}

type Row = Omit<RefusedOrder, 'release' | 'firstAt' | 'lastAt'> & { release: string; firstAt: Date; lastAt: Date };

export async function keep(db: Queryable, refused: NewRefusal): Promise<void> {
  const { id, partner, purchaseOrder, release, purpose, channel, code, detail, correlationId, digest } = refused;
  await db.query(keepRefusal, [
    ...[id, partner, purchaseOrder, release, purpose, channel, code, detail, JSON.stringify(refused.findings)],
    ...[correlationId, JSON.stringify(refused.content), digest],
  ]);
}

export async function page(
  db: Queryable,
  { partner, purchaseOrder }: { readonly partner: string | undefined; readonly purchaseOrder: string | undefined },
  after: string,
  limit: number,
): Promise<RefusedOrder[]> {
  const statement = pageStatement(partner !== undefined);
  const { rows } = await db.query<Row>(statement, [after, limit, partner ?? null, purchaseOrder ?? null]);
  return rows.map(({ release, firstAt, lastAt, ...row }) => ({
    ...row,
    ...(release !== '' && { release }),
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }));
}
