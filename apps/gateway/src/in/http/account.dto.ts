import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator'; // prettier-ignore
import { SCOPE_PATTERN } from '../../partners/partners.service';
import { PolicyDto } from './plans.dto';

export class KeyView {
  /** @example "key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  id: string;
  /** What its owner calls it. @example "warehouse sync" */
  name: string;
  mode: 'live' | 'test';
  /** What it may do. @example ["portal:orders:read"] */
  scopes: string[];
  /** The plan whose quotas it takes from. @example "standard" */
  plan: string;
  /** The `Crossdock-Version` it is served as unless a request asks for another; absent until its first use. @example "2026-11-01" */
  version?: string;
  /** Beginning and end of the key, to recognise it by. @example "cdk_live_Ab3d…9XyZ" */
  hint: string;
  /** RFC 3339. */
  createdAt: string;
  /** Works now. */
  living: boolean;
  /** The key that it took over from. */
  replaces?: string;
  /** RFC 3339: works until then, because it has a successor. */
  expiresAt?: string;
  /** RFC 3339. */
  revokedAt?: string;
}
export class DayOfCalls {
  /** Of UTC. @example "2026-11-22" */
  day: string;
  calls: number;
}
export class CredentialUse {
  /** RFC 3339, to the minute. */
  lastCalledAt: string;
  /** Of the last 14 days those with calls, oldest first. */
  days: DayOfCalls[];
}
export class ListedKey extends KeyView {
  /** Absent while it has not called, or not for as long as calls are kept (90 days unless the installation says otherwise). */
  use?: CredentialUse;
}
export class KeyList {
  /** Oldest first, also those that work no longer. */
  keys: ListedKey[];
}
export class NewKeyView extends KeyView {
  /** The key itself. It is shown here and never again: only its hash is kept. */
  key: string;
}
export class AccountView {
  /** @example "harbour" */
  partner: string;
  /** @example "Harbour Gifts Ltd" */
  name: string;
  /** The key that was sent. */
  key: KeyView;
  /** What its plan gives, all at once. */
  quotas: PolicyDto[];
}
export class IssueKeyBody {
  /** What you call it. @example "warehouse sync" */
  @IsString() @Length(1, 80) name: string;
  /** A test key can make test keys only. @example "test" */
  @IsIn(['live', 'test']) mode: 'live' | 'test';
  /** `portal:orders:read`, `portal:orders:*` or `portal:*`; none that the calling key does not have. @example ["portal:orders:read"] */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique() @Matches(SCOPE_PATTERN, { each: true }) scopes: string[];
  /** Why, for the audit log. @example "nightly synchronisation" */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
export class RotateKeyBody {
  /** Hours for which the old key still works: 0 to 168, default 24. @example 24 */
  @IsOptional() @IsInt() @Min(0) @Max(168) overlapHours?: number;
  /** Why, for the audit log. */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
export class RevokeKeyBody {
  /** Why, for the audit log. @example "was in a log file" */
  @IsString() @Length(1, 500) reason: string;
}
