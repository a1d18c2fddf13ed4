import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { CHANNEL_PATTERN, ID_PATTERN } from '../values.dto';

/** http or https; no blanks. */
export const FEED_URL_PATTERN = /^https?:\/\/[^\s\x00-\x1f]{1,1990}$/i;
/** `whsec_` and the base64 of 24 to 64 bytes, as in the Standard Webhooks specification. */
export const FEED_SECRET_PATTERN = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

export class PutFeedRequest {
  @Matches(CHANNEL_PATTERN) channel: string;
  /** Where batches are sent to by POST. Another one than before is told everything from the beginning. */
  @Matches(FEED_URL_PATTERN) url: string;
  /** Signs what is sent. Kept encrypted, never shown again. Absent keeps the one stored; the old one also signs for a day. */
  @IsOptional() @Matches(FEED_SECRET_PATTERN) secret?: string;
  /** `node`: each node by itself too. */
  @IsOptional() @IsIn(['node']) by?: 'node';
  /** Seconds between two looks for changes, 1 to 3600, default 5: what changes more often is sent once. */
  @IsOptional() @IsInt() @Min(1) @Max(3600) intervalSeconds?: number;
  /** Items in one batch, 1 to 500, default 200. */
  @IsOptional() @IsInt() @Min(1) @Max(500) batchSize?: number;
}
export class FeedQuery {
  @Matches(CHANNEL_PATTERN) channel: string;
}
export class FeedsQuery {}
export class PauseFeedRequest {
  @Matches(CHANNEL_PATTERN) channel: string;
  @IsString() @Length(1, 200) reason: string;
}
/** How a channel is told by push, and how that goes. */
export class FeedView {
  /** @example "MARKETPLACE" */
  channel: string;
  /** @example "https://shop.example/availability" */
  url: string;
  by?: 'node';
  intervalSeconds: number;
  batchSize: number;
  state: 'ACTIVE' | 'PAUSED';
  pausedReason?: string;
  /** Grows with each change of the settings. */
  version: number;
  updatedAt: string;
  /** Items have changed that it has not been told. */
  waiting: boolean;
  /** When a batch was last acknowledged. */
  sentAt?: string;
  /** Since when every attempt has failed; it is tried again at least every five minutes. */
  failingSince?: string;
  /** Failing for so long that it became an exception, at this time; until a batch is acknowledged. */
  alertedAt?: string;
  lastError?: string;
}
export class FeedList {
  feeds: FeedView[];
}

export class ToldQuery {
  @Matches(CHANNEL_PATTERN) channel: string;
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
  /** Items on the page: 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
/** What a channel was last told of an item. Base units. */
export class ToldNumber {
  item: string;
  /** Absent: of all nodes together. */
  node?: string;
  quantity: string;
  /** Of the item, when it was told. */
  version: number;
  toldAt: string;
  /** CURSOR: the page was answered. PUSH: the channel acknowledged the batch. */
  way: 'CURSOR' | 'PUSH';
}
export class ToldPage {
  told: ToldNumber[];
  /** Absent on the last page. */
  next?: string;
}
export class ToldDifference extends ToldNumber {
  /** What the channel may sell now. */
  present: string;
  /** Of the item now. The same as `version` when only the day has changed. */
  presentVersion: number;
}
export class DifferencesQuery {
  @Matches(CHANNEL_PATTERN) channel: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 300) cursor?: string;
}
export class DifferencePage {
  /** May be empty while there is a next page: each looks through a part of what the channel was told. */
  differences: ToldDifference[];
  /** Absent on the last page. */
  next?: string;
}
