import type { PostingView } from '#contracts/connections/connections.dto';
import type { Queryable, Statement } from '#persistence/database';

export interface PostingFilter {
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  readonly connection?: string | undefined;
  readonly businessKey?: string | undefined;
}

export interface PostingPlace {
  readonly kind: string;
  readonly businessKey: string;
}

interface Row extends Omit<
  PostingView,
  'documentNumber' | 'total' | 'postingDate' | 'lastError' | 'createdAt' | 'updatedAt'
> {
  readonly documentNumber: string | null;
  readonly lastError: string | null;
  readonly result: { readonly total?: PostingView['total']; readonly postingDate?: string } | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The ledger as it is read. Its pages follow the primary key, so that a page is one index scan whatever the filter. */
export class PostingPages {
  private readonly pageStatement: Statement;
  private readonly doneStatement: Statement;

  constructor(schema: string) {
    this.pageStatement = {
      name: `${schema}-posting-page`,
      text: `
        select kind, business_key as "businessKey", connection, state, document_number as "documentNumber", result, attempts,
               last_error as "lastError", created_at as "createdAt", updated_at as "updatedAt"
          from ${schema}.posting
         where (kind, business_key) > ($1, $2)
           and ($3::text is null or kind = $3) and ($4::text is null or state = $4)
           and ($5::text is null or connection = $5) and ($6::text is null or business_key = $6)
         order by kind, business_key limit $7`,
    };
    // Code point order, like the backend's list: the two are merged.
    this.doneStatement = {
      name: `${schema}-posting-done-keys`,
      text: `
        select business_key as "businessKey", document_number as "documentNumber" from ${schema}.posting
         where connection = $1 and kind = $2 and state = 'DONE' and business_key collate "C" > $3
         order by business_key collate "C" limit $4`,
    };
  }

  async page(db: Queryable, after: PostingPlace, filter: PostingFilter, limit: number): Promise<PostingView[]> {
    const { kind, state, connection, businessKey } = filter;
    const asked = [kind ?? null, state ?? null, connection ?? null, businessKey ?? null];
    const { rows } = await db.query<Row>(this.pageStatement, [after.kind, after.businessKey, ...asked, limit]);
    return rows.map(viewOf);
  }

  /** Documents that were made through a connection, by business key, after this one. */
  async made(
    db: Queryable,
    { connection, kind }: { readonly connection: string; readonly kind: string },
    after: string,
    limit: number,
  ): Promise<{ businessKey: string; documentNumber: string }[]> {
    const values = [connection, kind, after, limit];
    return (await db.query<{ businessKey: string; documentNumber: string }>(this.doneStatement, values)).rows;
  }
}

function viewOf({ documentNumber, lastError, result, createdAt, updatedAt, ...row }: Row): PostingView {
  return {
    ...row,
    ...(documentNumber === null ? {} : { documentNumber }),
    ...(result?.total === undefined ? {} : { total: result.total }),
    ...(result?.postingDate === undefined ? {} : { postingDate: result.postingDate }),
    ...(lastError === null ? {} : { lastError }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
