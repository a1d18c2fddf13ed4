import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '../values.dto';

export class TimelineEntry {
  /** RFC 3339: when it happened, by the clock of who says so. */
  at: string;
  /** ORDER, RESERVATION, ERP, WAREHOUSE, SHIPMENT, POSTING, EXCEPTION, or CALL: a call to a backend. */
  kind: string;
  /** The app or connection that says so. @example "process/orders" */
  source: string;
  /** In one sentence. */
  what: string;
  correlationId?: string;
  /** Id of the raw message behind it: `GET …/messages/{id}`. */
  message?: string;
  /** Id of the exception. */
  exception?: string;
  /** True: nobody has said so; a later fact implies it. */
  implied?: boolean;
}
export class OrderTimeline {
  order: string;
  /** Oldest first; the newest 1,000 of an order that has more. */
  entries: TimelineEntry[];
}
export class OrderTimelineQuery {
  @Matches(ID_PATTERN) order: string;
}
/** A message in or out, without its payload. */
export class MessageLine {
  id: string;
  direction: 'IN' | 'OUT';
  /** @example "wms/wms-north" */
  connection: string;
  /** IN: the sender's id of it. OUT: method and path. */
  name: string;
  correlationId?: string;
  at: string;
  /** OUT: HTTP status of the answer; absent when none came. */
  status?: number;
}
/** Masked: credentials, and names, streets, phones and e-mail addresses of persons, show as `***`. At most 65,536 characters each. */
export class MessageView extends MessageLine {
  /** OUT: what was sent. IN: what came; empty once its time to be kept is over. */
  request: string;
  /** OUT: what was answered. */
  answer?: string;
  /** OUT: why no answer came. */
  error?: string;
  milliseconds?: number;
  contentType?: string;
  headers?: Record<string, string>;
  /** IN: the body that a person put in its place. */
  mended?: string;
  /** IN: the payload is no longer kept. */
  purged?: boolean;
}
export class ListMessagesQuery {
  @IsOptional() @IsString() @Length(1, 100) correlationId?: string;
  /** All that led to this order or followed from it. */
  @IsOptional() @Matches(ID_PATTERN) order?: string;
  /** @example "erp-main" */
  @IsOptional() @Matches(ID_PATTERN) connection?: string;
  @IsOptional() @IsString() @Length(1, 1000) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class MessagePage {
  /** Newest first. */
  messages: MessageLine[];
  next?: string;
}
export class MessageQuery {
  @Matches(ID_PATTERN) id: string;
}
