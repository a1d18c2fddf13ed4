import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { FEED_SECRET_PATTERN, FEED_URL_PATTERN } from '#contracts/availability/feeds.dto';
import { ID_PATTERN } from '#contracts/values.dto';

export class PutFeedBody {
  /** Where batches are sent to by POST. Another one than before is told everything from the beginning. @example "https://shop.example/availability" */
  @Matches(FEED_URL_PATTERN) url: string;
  /** `whsec_` and the base64 of 24 to 64 bytes: signs what is sent. Kept encrypted, never shown again. Absent keeps the one stored; the old one also signs for a day. */
  @IsOptional() @Matches(FEED_SECRET_PATTERN) secret?: string;
  /** `node`: each node by itself too. */
  @IsOptional() @IsIn(['node']) by?: 'node';
  /** Seconds between two looks for changes, default 5: what changes more often is sent once. @example 5 */
  @IsOptional() @IsInt() @Min(1) @Max(3600) intervalSeconds?: number;
  /** Items in one batch, default 200. @example 200 */
  @IsOptional() @IsInt() @Min(1) @Max(500) batchSize?: number;
}
export class ToldFilter {
  /** Only this item. @example "85123A" */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
  /** Items on the page: 1 to 500, default 100; more is taken as 500. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
export class DifferencesFilter {
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
}
