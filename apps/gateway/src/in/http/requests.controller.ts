import { Controller, Get, Param, Query } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import { CurrentCaller, type Caller } from '#service/caller';
import { Scope } from '#service/operation';
import { RequestLogStore, type RequestFilter, type RequestRow } from '../../requests/request-log.store';
import { LogId } from './path-ids';
import { ListRequestsQuery, RequestDetail, RequestPage, type LoggedBody, type RequestSummary } from './requests.dto';

const PAGE = 50;
const LIST = 'account.requests';

/** What a partner's programs asked and what they got. */
@Controller('account/v1/requests')
export class RequestsController {
  constructor(private readonly log: RequestLogStore) {}

  /** Requests made with the partner's keys, newest first, kept for some days (7 unless the installation says otherwise). They are here within a second. Under heavy load successful reads are counted, but not all are kept. */
  @Get()
  @Scope('account:requests:read')
  async list(
    @CurrentCaller() { partner }: Caller,
    @Query() { cursor, limit = PAGE, status, ...rest }: ListRequestsQuery,
  ): Promise<RequestPage> {
    const filter: RequestFilter = { ...rest, ...(status !== undefined && { status: Number.parseInt(status, 10) }) };
    const [before] = decodeCursor(cursor, ['number'], LIST, filter) ?? [];
    const rows = await this.log.page(partner, filter, limit + 1, before);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    return {
      requests: rows.slice(0, limit).map(summaryOf),
      ...(last !== undefined && { next: encodeCursor([last.seq], LIST, filter) }),
    };
  }

  /** One request with its masked bodies. Somebody else's: 404 REQUEST_UNKNOWN. */
  @Get(':id')
  @LogId()
  @Scope('account:requests:read')
  async get(@CurrentCaller() { partner }: Caller, @Param('id') id: string): Promise<RequestDetail> {
    const row = await this.log.one(partner, id);
    if (row === undefined)
      throw new CrossdockError({ code: 'REQUEST_UNKNOWN', kind: 'not-found', message: `no request ${id} in the log` });
    const requestBody = bodyOf(row.requestBody, row.requestBytes);
    const responseBody = bodyOf(row.responseBody, row.responseBytes);
    return { ...summaryOf(row), ...(requestBody && { requestBody }), ...(responseBody && { responseBody }) };
  }
}

function summaryOf(row: RequestRow): RequestSummary {
  const { id, requestId, at, version, method, route, target, status, mode } = row;
  const { code, idempotency, violatedPolicies, keyName, keyHint } = row;
  return {
    id,
    requestId,
    at: at.toISOString(),
    version,
    method,
    route,
    target,
    status,
    durationMs: row.durationUs / 1000,
    mode,
    key: { id: row.key, ...(keyName !== null && { name: keyName }), ...(keyHint !== null && { hint: keyHint }) },
    ...(code !== null && { code }),
    ...(idempotency !== null && { idempotency }),
    ...(violatedPolicies !== null && { violatedPolicies: [...violatedPolicies] }),
  };
}

function bodyOf(text: string | null, bytes: number): LoggedBody | undefined {
  return bytes === 0 ? undefined : { bytes, ...(text !== null && { text }) };
}
