import type { Database, Statement } from '#persistence/database';
import { Gatherer } from '#persistence/gather';
import type { Outcome } from '#persistence/gather';

/** What is recorded of one external effect. */
export interface PostingRow<Document extends object> {
  readonly connection: string;
  readonly requestHash: string;
  readonly state: 'OPEN' | 'DONE' | 'REFUSED';
  readonly result: Document | null;
  readonly attempts: number;
  readonly fence: string;
  /** Seconds in which the backend may still finish an earlier call; 0 when none. */
  readonly unsettledSeconds: number;
}

export interface PostingKey {
  readonly kind: string;
  readonly businessKey: string;
}

interface Claim extends PostingKey {
  readonly connection: string;
  readonly requestHash: string;
  readonly leaseSeconds: number;
}

interface Completion extends PostingKey {
  readonly fence: string;
  readonly documentNumber: string;
  readonly result: string;
}

/** Claims or completions in one statement at most. */
const TOGETHER = { size: 32, inFlight: 2 };

const COLUMNS = `connection, request_hash as "requestHash", state, result, attempts, fence,
  coalesce(greatest(0, extract(epoch from unsettled_until - clock_timestamp())), 0)::float8 as "unsettledSeconds"`;

/** The statements of one system app's posting ledger. */
export class PostingStore {
  private readonly claimStatement: Statement;
  private readonly readStatement: Statement;
  private readonly doneStatement: Statement;
  private readonly renewStatement: Statement;
  private readonly releaseStatement: Statement;

  private readonly claims = new Gatherer<Claim, PostingRow<object> | undefined>(
    (claims) => this.claimAll(claims),
    TOGETHER,
  );
  private readonly completions = new Gatherer<Completion, void>(
    (completions) => this.completeAll(completions),
    TOGETHER,
  );

  constructor(
    private readonly database: Database,
    schema: string,
  ) {
    this.claimStatement = {
      name: `${schema}-posting-claim`,
      // One row lock per key: of any number of callers exactly one gets a row back. After a refusal nothing exists
      // outside, so the request may be another one. In key order, so that two sets cannot wait for each other.
      text: `
        insert into ${schema}.posting as p (kind, business_key, connection, request_hash, leased_until)
        select kind, business_key, connection, request_hash, clock_timestamp() + make_interval(secs => lease_seconds)
          from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[])
               as n (kind, business_key, connection, request_hash, lease_seconds)
         order by kind, business_key
        on conflict (kind, business_key) do update
           set attempts = p.attempts + 1, fence = p.fence + 1, state = 'OPEN', updated_at = clock_timestamp(),
               request_hash = excluded.request_hash, connection = excluded.connection, leased_until = excluded.leased_until
         where p.state <> 'DONE'
           and (p.leased_until is null or p.leased_until < clock_timestamp())
           and (p.state = 'REFUSED' or (p.request_hash = excluded.request_hash and p.connection = excluded.connection))
        returning kind, business_key as "businessKey", ${COLUMNS}`,
    };
    this.readStatement = {
      name: `${schema}-posting-read`,
      text: `
        select ${COLUMNS}
          from ${schema}.posting where kind = $1 and business_key = $2`,
    };
    this.doneStatement = {
      name: `${schema}-posting-done`,
      // Losing this commit in a crash costs one look-up, so it does not wait for the disk.
      text: `
        update ${schema}.posting p
           set state = 'DONE', document_number = n.document_number, result = n.result, leased_until = null,
               last_error = null, updated_at = clock_timestamp()
          from (select set_config('synchronous_commit', 'off', true)) as quick,
               unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::jsonb[])
               as n (kind, business_key, fence, document_number, result)
         where p.kind = n.kind and p.business_key = n.business_key and p.fence = n.fence and p.state <> 'DONE'`,
    };
    this.renewStatement = {
      name: `${schema}-posting-renew`,
      text: `
        update ${schema}.posting set leased_until = clock_timestamp() + make_interval(secs => $4)
         where kind = $1 and business_key = $2 and fence = $3 and state = 'OPEN'`,
    };
    this.releaseStatement = {
      name: `${schema}-posting-release`,
      text: `
        update ${schema}.posting
           set state = $4, last_error = $5, leased_until = null, updated_at = clock_timestamp(),
               unsettled_until = case when $6 > 0 then clock_timestamp() + make_interval(secs => $6) else unsettled_until end
         where kind = $1 and business_key = $2 and fence = $3 and state = 'OPEN'`,
    };
  }

  /** The row when this caller may work on it now, else undefined. `leaseSeconds` are counted by the database. */
  async claim<Document extends object>(
    { kind, businessKey }: PostingKey,
    connection: string,
    requestHash: string,
    leaseSeconds: number,
  ): Promise<PostingRow<Document> | undefined> {
    const row = await this.claims.call({ kind, businessKey, connection, requestHash, leaseSeconds });
    return row as PostingRow<Document> | undefined;
  }

  async read<Document extends object>(key: PostingKey): Promise<PostingRow<Document> | undefined> {
    return (await this.database.query<PostingRow<Document>>(this.readStatement, [key.kind, key.businessKey])).rows[0];
  }

  done({ kind, businessKey }: PostingKey, fence: string, documentNumber: string, result: object): Promise<void> {
    return this.completions.call({ kind, businessKey, fence, documentNumber, result: JSON.stringify(result) });
  }

  /** A key that is asked for twice in one set fails the statement, and the set is then claimed one by one. */
  private async claimAll(claims: readonly Claim[]): Promise<Outcome<PostingRow<object> | undefined>[]> {
    const { rows } = await this.database.query<PostingRow<object> & PostingKey>(this.claimStatement, [
      claims.map((claim) => claim.kind),
      claims.map((claim) => claim.businessKey),
      claims.map((claim) => claim.connection),
      claims.map((claim) => claim.requestHash),
      claims.map((claim) => claim.leaseSeconds),
    ]);
    const claimed = new Map(rows.map((row) => [textOf(row), row]));
    return claims.map((claim) => ({ value: claimed.get(textOf(claim)) }));
  }

  private async completeAll(completions: readonly Completion[]): Promise<Outcome<void>[]> {
    await this.database.query(this.doneStatement, [
      completions.map((each) => each.kind),
      completions.map((each) => each.businessKey),
      completions.map((each) => each.fence),
      completions.map((each) => each.documentNumber),
      completions.map((each) => each.result),
    ]);
    return completions.map(() => ({ value: undefined }));
  }

  /** False when somebody else has taken over. */
  async renew(key: PostingKey, fence: string, leaseSeconds: number): Promise<boolean> {
    const values = [key.kind, key.businessKey, fence, leaseSeconds];
    return (await this.database.query(this.renewStatement, values)).rowCount === 1;
  }

  /** `unsettledSeconds` above 0: a call was cut off, and may still take effect within that time. */
  async release(
    key: PostingKey,
    fence: string,
    outcome: { state: 'OPEN' | 'REFUSED'; lastError: string; unsettledSeconds: number },
  ): Promise<void> {
    const values = [key.kind, key.businessKey, fence, outcome.state, outcome.lastError, outcome.unsettledSeconds];
    await this.database.query(this.releaseStatement, values);
  }
}

function textOf({ kind, businessKey }: PostingKey): string {
  return `${kind}\u001f${businessKey}`;
}

const stores = new WeakMap<Database, Map<string, PostingStore>>();

/** The one ledger of a schema in this process: callers at the same moment share its statements. */
export function postingStore(database: Database, schema: string): PostingStore {
  const known = stores.get(database) ?? new Map<string, PostingStore>();
  stores.set(database, known);
  const store = known.get(schema) ?? new PostingStore(database, schema);
  known.set(schema, store);
  return store;
}
