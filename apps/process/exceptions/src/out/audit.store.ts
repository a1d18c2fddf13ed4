import type { AuditEntry, AuditQuery } from '#contracts/exceptions/exceptions.dto';
import type { Queryable, Statement, Transaction } from '#persistence/database';

/** What is written of one change. */
export interface Audited {
  readonly exception: string | null;
  readonly action: AuditEntry['action'];
  readonly actor: string;
  readonly reason: string;
  readonly before: object | null;
  readonly after: object;
}

const insertAudit: Statement = {
  name: 'exceptions-audit-insert',
  text: `
    insert into exceptions.audit (exception, action, actor, reason, before, after)
    select exception, action, actor, reason, before, after
      from rows from (jsonb_to_recordset($1)
                   as (exception text, action text, actor text, reason text, before jsonb, after jsonb))
           with ordinality as n (exception, action, actor, reason, before, after, position)
     order by position`,
};

const listAudit: Statement = {
  name: 'exceptions-audit-list',
  text: `
    select id, at, exception, action, actor, reason, before, after from exceptions.audit
     where ($1::bigint is null or id < $1) and ($2::text is null or exception = $2) and ($3::text is null or actor = $3)
     order by id desc limit $4`,
};

export async function write(tx: Transaction, entries: readonly Audited[]): Promise<void> {
  if (entries.length > 0) await tx.query(insertAudit, [JSON.stringify(entries)]);
}

/** Newest first, before the id given. */
export async function list(
  db: Queryable,
  { exception, actor }: AuditQuery,
  before: string | undefined,
  limit: number,
): Promise<AuditEntry[]> {
  type Row = Omit<AuditEntry, 'at' | 'exception' | 'before'> & {
    at: Date;
    exception: string | null;
    before: Record<string, unknown> | null;
  };
  const { rows } = await db.query<Row>(listAudit, [before ?? null, exception ?? null, actor ?? null, limit]);
  return rows.map(({ at, exception: of, before: earlier, ...rest }) => ({
    ...rest,
    at: at.toISOString(),
    ...(of === null ? {} : { exception: of }),
    ...(earlier === null ? {} : { before: earlier }),
  }));
}
