import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { ID_PATTERN } from '../values.dto';

/** Names of domains: `orders`, `inbound`, `jobs` … */
const DOMAIN_PATTERN = /^[a-z][a-z0-9-]{0,39}$/;
const CODE_PATTERN = /^[A-Z][A-Z0-9_]{1,59}$/;
const QUEUE_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/;
/** A domain or partner of a policy; `*` is every one. */
const DOMAIN_OR_ALL = /^(\*|[a-z][a-z0-9-]{0,39})$/;

export const TIERS = ['TRANSIENT', 'BUSINESS', 'CRITICAL'] as const;
export const EXCEPTION_STATES = ['OPEN', 'ASSIGNED', 'WAITING', 'RESOLVED'] as const;
export const EXCEPTION_ACTIONS = ['OPENED', 'REOPENED', 'CLEARED', 'ASSIGN', 'RESOLVE', 'RETRY', 'EDIT_AND_RETRY', 'PUT_POLICY'] as const; // prettier-ignore

export class ExceptionObject {
  /** @example "order" */
  type: string;
  id: string;
}
export class ExceptionResolution {
  /** CAUSE_GONE: by itself, because the cause was mended. BY_HAND: somebody said so. */
  how: 'CAUSE_GONE' | 'BY_HAND';
  by: string;
  reason: string;
  at: string;
}
/** One trouble: one cause at one object, however often it was met. */
export class ExceptionView {
  id: string;
  /** Cause and object: `<domain>/<code>/<type>/<id>[#<line>]`. One exception per key is open at a time. */
  key: string;
  tier: (typeof TIERS)[number];
  domain: string;
  code: string;
  object: ExceptionObject;
  partner?: string;
  order?: string;
  line?: number;
  /** What happened, in one sentence. */
  cause: string;
  seen?: string;
  expected?: string;
  diagnostics: Record<string, unknown>;
  suggestedAction: string;
  /** It can be sent on from here: `…/retry`. */
  canRetry: boolean;
  /** Its input can be mended from here: `…/edit-and-retry`. */
  canEdit: boolean;
  /** OPEN: nobody has it. ASSIGNED. WAITING: sent on again, and not known yet how that went. RESOLVED. */
  state: (typeof EXCEPTION_STATES)[number];
  /** Who looks after this domain and partner. */
  queue: string;
  assignee?: string;
  /** Until then somebody has to have mended it. */
  dueAt: string;
  /** It was not resolved by `dueAt`. */
  breached: boolean;
  /** How often it was met while open, 1 the first time. */
  occurrences: number;
  openedAt: string;
  lastSeenAt: string;
  resolution?: ExceptionResolution;
  /** The app that met it. */
  source: string;
  correlationId: string;
  /** Grows with every change. */
  version: number;
}
export class ExceptionFilter {
  @IsOptional() @Matches(DOMAIN_PATTERN) domain?: string;
  @IsOptional() @Matches(CODE_PATTERN) code?: string;
  @IsOptional() @IsIn(TIERS) tier?: (typeof TIERS)[number];
  @IsOptional() @IsIn(EXCEPTION_STATES) state?: (typeof EXCEPTION_STATES)[number];
  @IsOptional() @Matches(QUEUE_PATTERN) queue?: string;
  @IsOptional() @Matches(ID_PATTERN) assignee?: string;
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  @IsOptional() @Matches(ID_PATTERN) order?: string;
}
/** Without a state: everything that is not resolved. */
export class ListExceptionsQuery extends ExceptionFilter {
  /** Only those past their due time. */
  @IsOptional() @IsIn(['true', 'false']) breached?: 'true' | 'false';
  /** `due`: the most urgent due time first, overdue ones before all others. `newest`: by opening, the default. */
  @IsOptional() @IsIn(['newest', 'due']) sort?: 'newest' | 'due';
  /** `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 1000) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class ExceptionPage {
  /** In the order that was asked for. */
  exceptions: ExceptionView[];
  next?: string;
}
/** Exceptions that are not resolved, by cause and queue. */
export class ExceptionGroup {
  domain: string;
  code: string;
  tier: (typeof TIERS)[number];
  queue: string;
  /** Not resolved. */
  count: number;
  breached: number;
  oldestAt: string;
  nextDueAt: string;
}
export class ExceptionGroups {
  /** Most urgent due time first. */
  groups: ExceptionGroup[];
}
export class ExceptionGroupsQuery {
  @IsOptional() @Matches(QUEUE_PATTERN) queue?: string;
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
}
export class ExceptionQuery {
  @Matches(ID_PATTERN) id: string;
}
/** Who does it, and why: both are written to the audit. */
export class ExceptionAction extends ExceptionQuery {
  @IsString() @Length(1, 200) actor: string;
  /** @example "customer unblocked in the ERP" */
  @IsString() @Length(1, 500) reason: string;
}
export class AssignException extends ExceptionAction {
  /** Who takes it. @example "dana" */
  @Matches(ID_PATTERN) to: string;
}
export class EditAndRetryException extends ExceptionAction {
  /** The message body as it should have been, whole; at most 500,000 characters. The one that came is kept beside it. */
  @IsString() @Length(1, 500_000) content: string;
}
export class BulkExceptions {
  /** At least one of domain, code, queue, partner and order. */
  @ValidateNested() @Type(() => ExceptionFilter) filter: ExceptionFilter;
  @IsIn(['ASSIGN', 'RESOLVE', 'RETRY']) action: 'ASSIGN' | 'RESOLVE' | 'RETRY';
  /** For ASSIGN: who takes them. */
  @IsOptional() @Matches(ID_PATTERN) to?: string;
  @IsString() @Length(1, 200) actor: string;
  @IsString() @Length(1, 500) reason: string;
  /** 1 to 1,000, default 100: at most so many are touched, oldest first. */
  @IsOptional() @IsInt() @Min(1) @Max(1000) cap?: number;
  /** Says what would be done to which, and does nothing. */
  @IsOptional() @IsBoolean() dryRun?: boolean;
}
export class BulkRow {
  id: string;
  key: string;
  /** WOULD_DO in a dry run. REFUSED has a code: that row stays as it is, the others go on. */
  outcome: 'DONE' | 'WOULD_DO' | 'REFUSED';
  code?: string;
  detail?: string;
}
export class BulkReport {
  rows: BulkRow[];
  /** How many the filter matches in all; more than rows when the cap was reached. */
  matched: number;
}
export class AuditEntry {
  id: string;
  at: string;
  /** Absent for a change of a policy. */
  exception?: string;
  action: (typeof EXCEPTION_ACTIONS)[number];
  actor: string;
  reason: string;
  /** What was changed, as it stood before and after; absent when there was nothing before. */
  before?: Record<string, unknown>;
  after: Record<string, unknown>;
}
export class AuditQuery {
  @IsOptional() @Matches(ID_PATTERN) exception?: string;
  @IsOptional() @IsString() @MaxLength(200) actor?: string;
  @IsOptional() @IsString() @Length(1, 1000) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class AuditPage {
  /** Newest first. */
  entries: AuditEntry[];
  next?: string;
}
export class ExceptionPolicyDto {
  /** `*` is every domain that has no policy of its own. @example "orders" */
  @Matches(DOMAIN_OR_ALL) domain: string;
  /** `*` is every partner that has no policy of its own. @example "*" */
  @Matches(ID_PATTERN) partner: string;
  /** Who looks after them. @example "order-desk" */
  @Matches(QUEUE_PATTERN) queue: string;
  /** Minutes from opening to due, 1 to 43,200; absent: CRITICAL 60, BUSINESS 480, TRANSIENT 1,440. */
  @IsOptional() @IsInt() @Min(1) @Max(43_200) dueMinutes?: number;
}
export class PutExceptionPoliciesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ExceptionPolicyDto)
  policies: ExceptionPolicyDto[];
  @IsString() @Length(1, 200) actor: string;
  @IsString() @Length(1, 500) reason: string;
}
export class ExceptionPolicyList {
  policies: ExceptionPolicyDto[];
}
export class ExceptionPoliciesQuery {}
