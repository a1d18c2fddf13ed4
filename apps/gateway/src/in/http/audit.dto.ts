import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

export class AuditLogEntry {
  /** Counts up by one. @example 17 */
  seq: number;
  /** RFC 3339, by the database's clock. */
  at: string;
  /** The key that did it; `installation` for a command on the machine. */
  actor: string;
  /** @example "key.revoked" */
  action: string;
  /** @example "partner/harbour/key/key_019a0f3e" */
  object: string;
  reason?: string;
  /** As it was; absent when there was nothing. */
  before?: Record<string, unknown>;
  /** As it is since; absent when nothing is left. */
  after?: Record<string, unknown>;
  /** SHA-256 over the hash of the entry before and all of this one. */
  hash: string;
}
export class AuditLogPage {
  /** Newest first. */
  entries: AuditLogEntry[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
export class AuditLogQuery {
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
  /** 1 to 500, default 100; more is taken as 500. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
  /** This object and what is under it. @example "partner/harbour" */
  @IsOptional() @IsString() @Length(1, 200) object?: string;
}
export class OwnAuditEntry {
  /** Counts up; between two of yours are those of others. @example 17 */
  seq: number;
  /** RFC 3339, by the database's clock. */
  at: string;
  by: OwnAuditActor;
  /** @example "key.revoked" */
  action: string;
  /** @example "partner/harbour/key/key_019a0f3e" */
  object: string;
  reason?: string;
  /** As it was; absent when there was nothing. */
  before?: Record<string, unknown>;
  /** As it is since; absent when nothing is left. */
  after?: Record<string, unknown>;
}
export class OwnAuditActor {
  /** A key, an OAuth client or a person of yours. Absent when whoever runs the installation did it. */
  id?: string;
  /** What you call it. */
  name?: string;
}
export class OwnAuditPage {
  /** Newest first. */
  entries: OwnAuditEntry[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
export class OwnAuditQuery {
  /** Opaque: `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class AuditHeadView {
  /** Entries so far. @example 17 */
  seq: number;
  /** Keep it with `seq` outside this installation: no later change of the log agrees with it. */
  hash: string;
}
export class VerifyAuditBody {
  /** `seq` of a head that was kept. @example 17 */
  @IsOptional() @IsInt() @Min(1) @Max(1_000_000_000_000) seq?: number;
  /** `hash` of that head. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) hash?: string;
}
export class AuditVerdict {
  /** Every entry is as it was written. */
  intact: boolean;
  /** Entries read. */
  entries: number;
  /** The first entry that is not, and what is wrong with it. */
  breach?: AuditBreachView;
}
export class AuditBreachView {
  seq: number;
  /** ALTERED: does not fit its own hash. MISSING: is not there. UNCHAINED: does not follow the one before. CUT_OFF: the end is gone. */
  fault: 'ALTERED' | 'UNCHAINED' | 'MISSING' | 'CUT_OFF' | 'NOT_THE_EXPORTED_HEAD';
}
