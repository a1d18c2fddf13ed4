import { Type } from 'class-transformer';
import { IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';

/** RFC 3339 with seconds and offset: of what ISO 8601 has beside, a database reads not all. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/;

export class ChangelogEntry {
  /** Never changes. @example "webhooks-of-stopped-partners" */
  slug: string;
  /** @example "2026-11-22" */
  publishedOn: string;
  kind: 'ADDED' | 'CHANGED' | 'DEPRECATED' | 'FIXED';
  title: string;
  /** What to do about it, if anything. */
  detail: string;
  /** Whose callers it touches. @example ["POST /portal/v1/orders"] */
  routes: string[];
  /** Your keys or clients have called one of them. */
  touchesYou: boolean;
  /** How often they did, since calls are counted. */
  calls: number;
  /** RFC 3339, to the minute. */
  lastCalledAt?: string;
}
/** Something that is still served and will end: an operation, or what one version with a date says. */
export class DeprecationNotice {
  /** Of an operation: its contract. @example "portal.v1" */
  version?: string;
  /** Of an operation. @example "POST" */
  method?: string;
  /** Of an operation. @example "/portal/v1/orders" */
  route?: string;
  /** Of a dated version: the `Crossdock-Version` that ends. @example "2026-06-01" */
  date?: string;
  deprecatedAt: string;
  /** It is served until then, at least. */
  sunsetAt: string;
  /** What to call instead. @example "/portal/v2/orders" */
  successor?: string;
  /** Your keys or clients call it. */
  touchesYou: boolean;
  /** How often they did, since calls are counted. */
  calls: number;
  /** RFC 3339, to the minute. */
  lastCalledAt?: string;
  /** By whom, within the days for which calls are kept: the latest first. */
  callers: DeprecatedCaller[];
}
export class DeprecatedCaller {
  /** A key or an OAuth client of yours. @example "key_019a0f3e5b7c7d0e8f1a2b3c4d5e6f70" */
  id: string;
  calls: number;
  /** RFC 3339, to the minute. */
  lastCalledAt: string;
}
export class VersionUse {
  /** The contract that answered. @example "portal.v1" */
  version: string;
  /** The `Crossdock-Version` it was answered as. @example "2026-11-01" */
  date: string;
  calls: number;
  /** RFC 3339, to the minute. */
  firstCalledAt: string;
  lastCalledAt: string;
}
export class ChangelogView {
  /** RFC 3339: calls of the last second may be missing. */
  asOf: string;
  /** Newest first. */
  entries: ChangelogEntry[];
  /** What will end: what you use first, and of that what ends first. */
  deprecations: DeprecationNotice[];
  /** Versions that your keys and clients called. */
  versions: VersionUse[];
}

export class VersionUsesQuery {
  /** Only callers of this contract. @example "portal.v1" */
  @IsOptional() @Matches(/^[a-z][a-z-]*\.v[0-9]{1,4}$/) version?: string;
  /** Only callers who are answered as on this date. @example "2026-06-01" */
  @IsOptional() @Matches(/^\d{4}-\d\d-\d\d$/) date?: string;
  /** Only callers of this route, as its contract writes it. @example "/portal/v1/orders/{id}" */
  @IsOptional() @IsString() @Length(1, 200) route?: string;
  /** Only those who called then or later. @example "2026-11-01T00:00:00Z" */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(TIME) since?: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class PartnerVersionUse extends VersionUse {
  /** @example "harbour" */
  partner: string;
}
export class VersionUsePage {
  /** By partner, contract and date. */
  uses: PartnerVersionUse[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
