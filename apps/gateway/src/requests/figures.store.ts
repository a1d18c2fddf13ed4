import { Injectable } from '@nestjs/common';
import { Database } from '#persistence/database';
import type { KeyMode } from '../partners/key-text';

/** Entries of the log that figures are taken from, newest first: a bound for what one question costs. */
const LOOKED_AT = 20_000;
/** Days of calls that a credential is shown with. */
const DAYS = 14;

/** How long answers took; without an operation, of all of them. */
export interface TimesRow {
  readonly method: string | null;
  readonly route: string | null;
  readonly status: number | null;
  readonly p95Us: number;
}
export interface ProblemRow {
  readonly code: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly calls: string;
  readonly lastAt: Date;
  /** Id of the newest in the log. */
  readonly request: string;
}
/** What one key or client has called. */
export interface KeyUseRow {
  readonly key: string;
  readonly lastAt: Date;
  /** Oldest first, days of UTC with calls only. */
  readonly days: readonly { readonly day: string; readonly calls: number }[];
}

/** One key or client and one operation. */
export interface CallerRow {
  readonly key: string;
  /** The `Crossdock-Version` it was answered as. */
  readonly date: string;
  readonly method: string;
  readonly route: string;
  readonly calls: string;
  readonly lastAt: Date;
}

/** What partners are shown about their calls beside the calls themselves. */
@Injectable()
export class FiguresStore {
  constructor(private readonly database: Database) {}

  /** The time within which 95 of 100 were answered, of all and by operation and status. Index: request_log (partner, seq). */
  async times(partner: string, from: Date, mode?: KeyMode): Promise<TimesRow[]> {
    const { rows } = await this.database.seenBy(partner).query<TimesRow>(
      `with looked as (
         select at, mode, method, route, status, duration_us from gateway.request_log
          where partner = $1 order by seq desc limit $4)
       select method, route, status, percentile_disc(0.95) within group (order by duration_us) as "p95Us"
         from looked where at >= $2 and ($3::text is null or mode = $3)
        group by grouping sets ((), (method, route, status)) having count(*) > 0`,
      [partner, from, mode ?? null, LOOKED_AT],
    );
    return rows;
  }

  /** What was refused or failed, by code and operation, most first. Index: request_log (partner, seq) where code is not null. */
  async problems(partner: string, from: Date, limit: number, mode?: KeyMode): Promise<ProblemRow[]> {
    const { rows } = await this.database.seenBy(partner).query<ProblemRow>(
      `with looked as (
         select id, seq, at, mode, code, method, route, status from gateway.request_log
          where partner = $1 and code is not null order by seq desc limit $4)
       select code, method, route, status, count(*) as calls, max(at) as "lastAt", (array_agg(id order by seq desc))[1] as request
         from looked where at >= $2 and ($3::text is null or mode = $3)
        group by code, method, route, status order by count(*) desc, max(at) desc limit $5`,
      [partner, from, mode ?? null, LOOKED_AT, limit],
    );
    return rows;
  }

  /** Of every credential that has called: when last, and how often on each of the last days. */
  async keyUse(partner: string): Promise<Map<string, KeyUseRow>> {
    const { rows } = await this.database.seenBy(partner).query<KeyUseRow>(
      `with daily as (
         select key, day, sum(calls)::bigint as calls, max(last_at) as last_at
           from gateway.key_use where partner = $1 group by key, day)
       select key, max(last_at) as "lastAt",
              coalesce(jsonb_agg(jsonb_build_object('day', to_char(day, 'YYYY-MM-DD'), 'calls', calls) order by day)
                         filter (where day > (now() at time zone 'UTC')::date - $2::int), '[]') as days
         from daily group by key`,
      [partner, DAYS],
    );
    return new Map(rows.map((row) => [row.key, row]));
  }

  /** Who calls each operation, and as on which date, for as long as calls are kept. */
  async callers(partner: string): Promise<CallerRow[]> {
    const { rows } = await this.database.seenBy(partner).query<CallerRow>(
      `select key, date, method, route, sum(calls)::bigint as calls, max(last_at) as "lastAt"
         from gateway.key_use where partner = $1 group by 1, 2, 3, 4`,
      [partner],
    );
    return rows;
  }
}
