import type { ExceptionFilter, ExceptionGroup } from '#contracts/exceptions/exceptions.dto';
import type { Queryable, Transaction } from '#persistence/database';
import type { Exception } from '../keep-exception/exception';
import { EXCEPTION_COLUMNS, exceptionOf, type ExceptionRow } from './exception.store';

export interface ListFilter extends ExceptionFilter {
  readonly breached?: boolean;
}

const CONDITIONS: Readonly<Record<keyof ExceptionFilter, string>> = {
  domain: 'domain',
  code: 'code',
  tier: 'tier',
  state: 'state',
  queue: 'queue',
  assignee: 'assignee',
  partner: 'partner',
  order: 'order_id',
};

/** Only conditions that are asked for are written, so that the planner sees which index serves. Values come after `first` others. */
function whereOf(filter: ListFilter, first: number): { where: string; values: unknown[] } {
  const asked = Object.entries(CONDITIONS).flatMap(([name, column]) => {
    const value = filter[name as keyof ExceptionFilter];
    return value === undefined ? [] : [{ column, value }];
  });
  const conditions = asked.map(({ column }, index) => `${column} = $${index + first}`);
  if (filter.state === undefined) conditions.push(`state <> 'RESOLVED'`);
  if (filter.breached === true) conditions.push(`state <> 'RESOLVED' and due_at < now()`);
  if (filter.breached === false) conditions.push(`(state = 'RESOLVED' or due_at >= now())`);
  return { where: conditions.join(' and '), values: asked.map(({ value }) => value) };
}

/** Newest first; `after` is the last id of the page before, '' for the first. */
export async function page(db: Queryable, filter: ListFilter, after: string, limit: number): Promise<Exception[]> {
  const { where, values } = whereOf(filter, 3);
  const text = `
    select ${EXCEPTION_COLUMNS} from exceptions.exception
     where ${where} and ($1::text = '' or id < $1) order by id desc limit $2`;
  return (await db.query<ExceptionRow>(text, [after, limit, ...values])).rows.map(exceptionOf);
}

/** The most urgent first; `after` is the last of the page before, with an empty id for the first. Index: exception_due. */
export async function urgent(
  db: Queryable,
  filter: ListFilter,
  after: { readonly id: string; readonly dueAt: string },
  limit: number,
): Promise<Exception[]> {
  const { where, values } = whereOf(filter, 4);
  const text = `
    select ${EXCEPTION_COLUMNS} from exceptions.exception
     where ${where} and ($1::text = '' or (due_at, id) > ($2::timestamptz, $1))
     order by due_at, id limit $3`;
  const dueAt = after.id === '' ? null : after.dueAt;
  return (await db.query<ExceptionRow>(text, [after.id, dueAt, limit, ...values])).rows.map(exceptionOf);
}

/** The oldest that match, locked in id order. */
export async function lockMatching(tx: Transaction, filter: ListFilter, limit: number): Promise<Exception[]> {
  const { where, values } = whereOf(filter, 2);
  const text = `select ${EXCEPTION_COLUMNS} from exceptions.exception where ${where} order by id limit $1 for update`;
  return (await tx.query<ExceptionRow>(text, [limit, ...values])).rows.map(exceptionOf);
}

export async function count(db: Queryable, filter: ListFilter): Promise<number> {
  const { where, values } = whereOf(filter, 1);
  const text = `select count(*)::int as count from exceptions.exception where ${where}`;
  return (await db.query<{ count: number }>(text, values)).rows[0]?.count ?? 0;
}

export async function find(db: Queryable, id: string): Promise<Exception | undefined> {
  const text = `select ${EXCEPTION_COLUMNS} from exceptions.exception where id = $1`;
  return (await db.query<ExceptionRow>({ name: 'exceptions-find', text }, [id])).rows.map(exceptionOf)[0];
}

export async function groups(
  db: Queryable,
  { queue, partner }: Pick<ExceptionFilter, 'queue' | 'partner'>,
): Promise<ExceptionGroup[]> {
  const text = `
    select domain, code, tier, queue, count(*)::int as count, count(*) filter (where due_at < now())::int as breached,
           min(opened_at) as "oldestAt", min(due_at) as "nextDueAt"
      from exceptions.exception
     where state <> 'RESOLVED' and ($1::text is null or queue = $1) and ($2::text is null or partner = $2)
     group by domain, code, tier, queue order by min(due_at)`;
  type Row = Omit<ExceptionGroup, 'oldestAt' | 'nextDueAt'> & { oldestAt: Date; nextDueAt: Date };
  const { rows } = await db.query<Row>({ name: 'exceptions-groups', text }, [queue ?? null, partner ?? null]);
  return rows.map((row) => ({
    ...row,
    oldestAt: row.oldestAt.toISOString(),
    nextDueAt: row.nextDueAt.toISOString(),
  }));
}
