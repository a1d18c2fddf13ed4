import { Inject, Injectable } from '@nestjs/common';
import { Database, type Statement } from '#persistence/database';
import { gatewayConfig, type GatewayConfig } from '../config';
import { CertificationStore } from './certification.store';
import { proofsOf } from './certification';
import type { KeyMode } from '../partners/key-text';

export interface LoggedRequest {
  readonly id: string;
  /** As in the Request-Id header; a partner may send the same one twice. */
  readonly requestId: string;
  readonly at: Date;
  readonly partner: string;
  readonly key: string;
  readonly mode: KeyMode;
  /** The document that answered. @example "portal.v1" */
  readonly version: string;
  readonly method: string;
  /** @example "/portal/v1/orders/{id}" */
  readonly route: string;
  /** Path and query as they were sent, masked. */
  readonly target: string;
  readonly status: number;
  /** Of the problem, when it is one. */
  readonly code: string | null;
  readonly durationUs: number;
  readonly idempotency: 'first' | 'replayed' | null;
  /** Policies of the plan that a 429 broke. */
  readonly violatedPolicies: readonly string[] | null;
  /** Masked; null without one, and where it was too large to keep. */
  readonly requestBody: string | null;
  readonly requestBytes: number;
  readonly responseBody: string | null;
  readonly responseBytes: number;
}
/** As it is read: with what its key is called. */
export interface RequestRow extends LoggedRequest {
  readonly keyName: string | null;
  readonly keyHint: string | null;
  /** Its place in the log. */
  readonly seq: string;
}
export interface RequestFilter {
  /** 404, or 4 for all from 400 to 499. */
  readonly status?: number | undefined;
  /** Of the document that answered. @example "portal.v1" */
  readonly version?: string | undefined;
  readonly mode?: KeyMode | undefined;
  readonly method?: string | undefined;
  readonly route?: string | undefined;
  readonly key?: string | undefined;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
export interface UsageCount {
  readonly partner: string;
  /** Who called: a key or an OAuth client. */
  readonly key: string;
  readonly minute: Date;
  readonly mode: KeyMode;
  readonly version: string;
  /** The Crossdock-Version it was answered as; empty when it was refused before that was known. */
  readonly date: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  calls: number;
  durationUs: number;
}
export interface UsageRow {
  readonly start: Date;
  readonly method: string;
  readonly route: string;
  readonly version: string;
  readonly status: number;
  readonly calls: string;
  readonly durationUs: string;
}

/** Each with the key, or the OAuth client, that asked. */
const LOG = `gateway.request_log l
  left join gateway.api_key k on k.id = l.key
  left join gateway.oauth_client c on c.id = l.key`;
const COLUMNS = `l.seq, l.id, l.request_id as "requestId", l.at, l.partner, l.key, l.mode, l.version, l.method, l.route, l.target, l.status, l.code,
  l.duration_us as "durationUs", l.idempotency, l.violated_policies as "violatedPolicies", l.request_body as "requestBody",
  l.request_bytes as "requestBytes", l.response_body as "responseBody", l.response_bytes as "responseBytes",
  coalesce(k.name, c.name) as "keyName", k.hint as "keyHint"`;

/** Names of policies have no control characters. */
const BETWEEN = '\u001f';
const COLUMNS_WRITTEN = ['id', 'requestId', 'at', 'partner', 'key', 'mode', 'version', 'method', 'route', 'target', 'status', 'code', 'durationUs', 'idempotency', 'violatedPolicies', 'requestBody', 'requestBytes', 'responseBody', 'responseBytes'] as const satisfies readonly (keyof LoggedRequest)[]; // prettier-ignore
const INSERT_ENTRIES: Statement = {
  name: 'gateway-request-log',
  text: `
    insert into gateway.request_log
           (id, request_id, at, partner, key, mode, version, method, route, target, status, code, duration_us, idempotency,
            violated_policies, request_body, request_bytes, response_body, response_bytes)
    select id, request_id, at, partner, key, mode, version, method, route, target, status, code, duration_us, idempotency,
           string_to_array(violated_policies, chr(31)), request_body, request_bytes, response_body, response_bytes
      from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                  $10::text[], $11::int[], $12::text[], $13::int[], $14::text[], $15::text[], $16::text[], $17::int[], $18::text[],
                  $19::int[])
             with ordinality
             as e (id, request_id, at, partner, key, mode, version, method, route, target, status, code, duration_us, idempotency,
                   violated_policies, request_body, request_bytes, response_body, response_bytes, position)
     order by position`,
};

@Injectable()
export class RequestLogStore {
  constructor(
    private readonly database: Database,
    private readonly certification: CertificationStore,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'requestLogDays' | 'usageDays'>,
  ) {}

  /** All of a batch, in three statements; a fourth one when it shows something for the first time. */
  async write(entries: readonly LoggedRequest[], counts: readonly UsageCount[]): Promise<void> {
    const proofs = proofsOf(entries);
    await this.database.transaction(async (tx) => {
      if (entries.length > 0)
        await tx.query(
          INSERT_ENTRIES,
          COLUMNS_WRITTEN.map((column) => entries.map((entry) => storable(entry[column]))),
        );
      await tx.query(
        `insert into gateway.usage (partner, minute, mode, version, method, route, status, calls, duration_us)
         select partner, minute, mode, version, method, route, status, sum(calls), sum("durationUs")
           from jsonb_to_recordset($1::jsonb) as c(partner text, minute timestamptz, mode text, version text, method text, route text,
                status int, calls bigint, "durationUs" bigint)
          group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7
         on conflict (partner, minute, mode, version, method, route, status)
         do update set calls = usage.calls + excluded.calls, duration_us = usage.duration_us + excluded.duration_us`,
        [JSON.stringify(counts)],
      );
      await tx.query(
        `with counted as (
           select partner, key, minute, version, date, method, route, calls
             from jsonb_to_recordset($1::jsonb) as c(partner text, key text, minute timestamptz, version text, date text, method text,
                  route text, calls bigint)),
         by_key as (
           insert into gateway.key_use as k (partner, key, day, date, method, route, calls, last_at)
           select partner, key, (minute at time zone 'UTC')::date, date, method, route, sum(calls), max(minute)
             from counted group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
           on conflict (partner, key, day, date, method, route)
           do update set calls = k.calls + excluded.calls, last_at = greatest(k.last_at, excluded.last_at))
         insert into gateway.version_use as u (partner, version, date, method, route, calls, first_at, last_at)
         select partner, version, date, method, route, sum(calls), min(minute), max(minute)
           from counted where date <> '' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
         on conflict (partner, version, date, method, route)
         do update set calls = u.calls + excluded.calls, last_at = greatest(u.last_at, excluded.last_at)`,
        [JSON.stringify(counts)],
      );
      await this.certification.keep(tx, proofs);
    });
    this.certification.kept(proofs);
  }

  /** Newest first, those before `before` only. Index: request_log (partner, seq). */
  async page(partner: string, filter: RequestFilter, limit: number, before?: string): Promise<RequestRow[]> {
    const { status, method, route, key, code, requestId, from, to, version, mode } = filter;
    const { rows } = await this.database.seenBy(partner).query<RequestRow>(
      `select ${COLUMNS} from ${LOG}
        where l.partner = $1 and ($3::bigint is null or l.seq < $3)
          and ($4::int is null or l.status = $4 or l.status / 100 = $4)
          and ($5::text is null or l.method = $5) and ($6::text is null or l.route = $6) and ($7::text is null or l.key = $7)
          and ($8::text is null or l.code = $8) and ($9::text is null or l.request_id = $9)
          and ($10::timestamptz is null or l.at >= $10) and ($11::timestamptz is null or l.at < $11)
          and ($12::text is null or l.version = $12) and ($13::text is null or l.mode = $13)
        order by l.seq desc limit $2`,
      [partner, limit, before, status, method, route, key, code, requestId, from, to, version, mode].map(
        (value) => value ?? null,
      ),
    );
    return rows;
  }

  async one(partner: string, id: string): Promise<RequestRow | undefined> {
    const { rows } = await this.database
      .seenBy(partner)
      .query<RequestRow>(`select ${COLUMNS} from ${LOG} where l.partner = $1 and l.id = $2`, [partner, id]);
    return rows[0];
  }

  /** Calls since `from`, by buckets of so many minutes. */
  async usage(partner: string, from: Date, minutes: number, mode?: KeyMode): Promise<UsageRow[]> {
    const { rows } = await this.database.seenBy(partner).query<UsageRow>(
      `select date_bin(make_interval(mins => $3), minute, timestamptz 'epoch') as start, method, route, version, status,
              sum(calls) as calls, sum(duration_us)::bigint as "durationUs"
         from gateway.usage where partner = $1 and minute >= $2 and ($4::text is null or mode = $4)
        group by 1, 2, 3, 4, 5 order by 1`,
      [partner, from, minutes, mode ?? null],
    );
    return rows;
  }

  async sweep(): Promise<void> {
    await this.database.query(`delete from gateway.request_log where at < now() - make_interval(days => $1)`, [
      this.config.requestLogDays,
    ]);
    await this.database.query(`delete from gateway.usage where minute < now() - make_interval(days => $1)`, [
      this.config.usageDays,
    ]);
    await this.database.query(`delete from gateway.key_use where day < now() - make_interval(days => $1)`, [
      this.config.usageDays,
    ]);
  }
}

/** PostgreSQL has no text with a NUL in it; what a partner sends may. */
function storable(value: LoggedRequest[keyof LoggedRequest]): string | number | null {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd');
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' && value !== null ? value.join(BETWEEN) : value;
}
