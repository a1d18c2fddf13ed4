import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

export class RequestSummary {
  /** @example "log_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  id: string;
  /** As in the Request-Id header. @example "req_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  requestId: string;
  /** RFC 3339: when it arrived. */
  at: string;
  /** The contract that answered. @example "portal.v1" */
  version: string;
  method: string;
  /** @example "/portal/v1/orders/{id}" */
  route: string;
  /** Path and query as they were sent; what looks like a key or an address of a person is masked. */
  target: string;
  status: number;
  /** Code of the problem, when it is one. @example "ITEM_UNKNOWN" */
  code?: string;
  /** Milliseconds between its arrival and the end of the answer. @example 12.5 */
  durationMs: number;
  mode: 'live' | 'test';
  /** The key it was made with. */
  key: LoggedKey;
  /** first: ran under its Idempotency-Key; replayed: answered from memory. */
  idempotency?: 'first' | 'replayed';
  /** Policies of the plan that refused it (429). @example ["burst"] */
  violatedPolicies?: string[];
}
export class LoggedKey {
  /** @example "key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  id: string;
  /** What its owner calls it. */
  name?: string;
  /** @example "cdk_test_Ab3d…9XyZ" */
  hint?: string;
}
export class LoggedBody {
  /** As it was on the wire. */
  bytes: number;
  /** With credentials and what says who a person is masked. Absent when it was larger than 16 KB. */
  text?: string;
}
export class RequestDetail extends RequestSummary {
  /** Absent when it had none. */
  requestBody?: LoggedBody;
  /** Absent when it had none. */
  responseBody?: LoggedBody;
}
export class RequestPage {
  /** Newest first. */
  requests: RequestSummary[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
export class ListRequestsQuery {
  /** `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  /** One status, or all of a class. @example "4xx" */
  @IsOptional() @Matches(/^([1-5][0-9]{2}|[1-5]xx)$/) status?: string;
  @IsOptional() @IsIn(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) method?: string;
  /** As the contract writes it. @example "/portal/v1/orders/{id}" */
  @IsOptional() @IsString() @Length(1, 200) route?: string;
  /** Made with this key, or by this OAuth client. */
  @IsOptional() @Matches(/^(key|app)_[0-9a-f]{32}$/) key?: string;
  /** Refused with this code. @example "ITEM_UNKNOWN" */
  @IsOptional() @Matches(/^[A-Z][A-Z0-9_]{0,80}$/) code?: string;
  /** Answered by this contract. @example "portal.v1" */
  @IsOptional() @Matches(/^[a-z][a-z-]*\.v[0-9]{1,4}$/) version?: string;
  /** Made with keys of this kind. */
  @IsOptional() @IsIn(['live', 'test']) mode?: 'live' | 'test';
  /** With this Request-Id. */
  @IsOptional() @Matches(/^[\x21-\x7e]{1,100}$/) requestId?: string;
  /** RFC 3339: not before. */
  @IsOptional() @IsISO8601({ strict: true }) from?: string;
  /** RFC 3339: before. */
  @IsOptional() @IsISO8601({ strict: true }) to?: string;
}
