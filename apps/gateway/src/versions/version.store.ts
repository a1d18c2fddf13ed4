import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';

/** Calls of one partner to one operation in one version. */
export interface VersionUseRow {
  readonly partner: string;
  /** The document that answered. @example "portal.v1" */
  readonly version: string;
  /** The `Crossdock-Version` it was answered as. */
  readonly date: string;
  readonly calls: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
}
export interface OperationUseRow extends VersionUseRow {
  readonly method: string;
  readonly route: string;
}
interface VersionUseFilter {
  readonly version?: string | undefined;
  readonly date?: string | undefined;
  readonly route?: string | undefined;
  /** RFC 3339: called then or later. */
  readonly since?: string | undefined;
}

/** What is known of versions: which a credential is pinned to, and who calls which. */
@Injectable()
export class VersionStore {
  constructor(private readonly database: Database) {}

  /** One that has a date keeps it. */
  async pin(id: string, date: string): Promise<void> {
    await this.database.query(`update gateway.api_key set version = $2 where id = $1 and version is null`, [id, date]);
    await this.database.query(`update gateway.oauth_client set version = $2 where id = $1 and version is null`, [id, date]); // prettier-ignore
  }

  /** Everything that a partner has ever called, by operation and version. */
  async of(partner: string): Promise<OperationUseRow[]> {
    const { rows } = await this.database.seenBy(partner).query<OperationUseRow>(
      `select partner, version, date, method, route, calls, first_at as "firstAt", last_at as "lastAt"
         from gateway.version_use where partner = $1 order by version, date, route, method`,
      [partner],
    );
    return rows;
  }

  /** What was called in so many days and is not of these operations (`GET /a/{}`) and dates. Refused before its date was known: any date. */
  async usesBut(operations: readonly string[], dates: readonly string[], days: number): Promise<OperationUseRow[]> {
    const { rows } = await this.database.query<OperationUseRow>(
      `select partner, version, date, method, route, calls, first_at as "firstAt", last_at as "lastAt"
         from gateway.version_use
        where last_at > now() - make_interval(days => $3)
          and not ((date = '' or date = any($2))
                   and replace(method, 'HEAD', 'GET') || ' ' || regexp_replace(route, '\\{[^}]*\\}', '{}', 'g') = any($1))
        order by partner, version, date, route, method`,
      [operations, dates, days],
    );
    return rows;
  }

  /** Who calls what, by partner, version and date, behind the keys of `after`. */
  async page(
    filter: VersionUseFilter,
    limit: number,
    after: readonly string[] = ['', '', ''],
  ): Promise<VersionUseRow[]> {
    const { version, date, route, since } = filter;
    const { rows } = await this.database.query<VersionUseRow>(
      `select partner, version, date, sum(calls)::bigint as calls, min(first_at) as "firstAt", max(last_at) as "lastAt"
         from gateway.version_use
        where (partner, version, date) > ($2, $3, $4)
          and ($5::text is null or version = $5) and ($6::text is null or date = $6) and ($7::text is null or route = $7)
          and ($8::timestamptz is null or last_at >= $8)
        group by 1, 2, 3 order by 1, 2, 3 limit $1`,
      [limit, ...after, version ?? null, date ?? null, route ?? null, since ?? null],
    );
    return rows;
  }
}
