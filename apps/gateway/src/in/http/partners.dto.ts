import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { IssueKeyBody } from './account.dto';
import { SLUG_PATTERN } from './path-ids';

export class PartnerView {
  /** @example "harbour" */
  id: string;
  /** @example "Harbour Gifts Ltd" */
  name: string;
  /** Its keys work. */
  active: boolean;
  /** RFC 3339. */
  createdAt: string;
}
export class PartnerPage {
  partners: PartnerView[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
export class ListPartnersQuery {
  /** Opaque: `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class PutPartnerBody {
  /** @example "Harbour Gifts Ltd" */
  @IsString() @Length(1, 100) name: string;
  /** Default true. False: none of its keys works, within five seconds. */
  @IsOptional() @IsBoolean() active?: boolean;
  /** Why, for the audit log. */
  @IsOptional() @IsString() @Length(1, 500) reason?: string;
}
export class IssuePartnerKeyBody extends IssueKeyBody {
  /** A plan that exists; `standard` unless said. @example "standard" */
  @IsOptional() @Matches(SLUG_PATTERN) plan?: string;
}
