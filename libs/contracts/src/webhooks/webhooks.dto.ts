import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator'; // prettier-ignore
import { ID_PATTERN, TIME_PATTERN } from '../values.dto';
import { EVENT_TYPE_NAMES, type EventType } from './event-types';

/** http or https; no blanks. */
const URL_PATTERN = /^https?:\/\/[^\s\x00-\x1f]{1,1990}$/i;
export const DELIVERY_STATES = ['PENDING', 'DELIVERED', 'FAILED'] as const;

/** What a partner says of an endpoint. */
export class WebhookEndpointContent {
  /** Where events are sent to by POST: https, on the public Internet. @example "https://shop.example/crossdock" */
  @Matches(URL_PATTERN) url: string;
  /** Types to send; all of them, also those to come, when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsIn(EVENT_TYPE_NAMES, { each: true })
  eventTypes?: EventType[];
  /** @example "order desk" */
  @IsOptional() @IsString() @MaxLength(200) description?: string;
  /** False: nothing is sent, and nothing that happens meanwhile is sent later by itself. Default true. */
  @IsOptional() @IsBoolean() enabled?: boolean;
}
export class CreateWebhookEndpoint extends WebhookEndpointContent {
  @Matches(ID_PATTERN) partner: string;
}
export class WebhookEndpointQuery {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
}
export class UpdateWebhookEndpoint extends WebhookEndpointContent {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
  /** The version that is to be replaced. */
  @IsOptional() @IsInt() @Min(1) expectedVersion?: number;
}
export class DeleteWebhookEndpoint extends WebhookEndpointQuery {
  @IsOptional() @IsInt() @Min(1) expectedVersion?: number;
}
export class ListWebhookEndpoints {
  @Matches(ID_PATTERN) partner: string;
}
export class WebhookEndpoint {
  /** @example "whe_019a7c51e2c87d5f8a3be6b1c2d3e4f5" */
  id: string;
  url: string;
  /** All types when absent. */
  eventTypes?: string[];
  description?: string;
  enabled: boolean;
  /** Why it is not enabled: BY_PARTNER; GONE, it answered 410; FAILING, nothing was taken for 120 hours. */
  disabledReason?: 'BY_PARTNER' | 'GONE' | 'FAILING';
  disabledAt?: string;
  /** Since when every attempt has failed. */
  failingSince?: string;
  /** Since when nothing is sent because the partner is deactivated; what happens meanwhile is sent once it is let in again. */
  suspendedAt?: string;
  /** Until then the secret before the present one signs too. */
  previousSecretUntil?: string;
  /** Grows with every change of the settings. */
  version: number;
  createdAt: string;
  updatedAt: string;
}
export class NewWebhookEndpoint extends WebhookEndpoint {
  /** Signs what is sent. Shown this once. @example "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" */
  secret: string;
}
export class WebhookEndpointList {
  endpoints: WebhookEndpoint[];
}
export class DeletedWebhookEndpoint {
  id: string;
}
export class WebhookRotationContent {
  /** Hours for which the old secret signs too, 0 to 168, default 24. */
  @IsOptional() @IsInt() @Min(0) @Max(168) overlapHours?: number;
}
export class RotateWebhookSecret extends WebhookRotationContent {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
}

export class WebhookAttempt {
  at: string;
  /** HTTP status of the answer; absent when none came. */
  status?: number;
  milliseconds: number;
  /** First 1,024 bytes of the answer, as UTF-8. */
  answer?: string;
  /** Why there was no answer, or why it was not good enough. */
  error?: string;
}
/** One event on its way to one endpoint. */
export class WebhookDelivery {
  /** @example "dlv_019a7c51e2c87d5f8a3be6b1c2d3e4f5" */
  id: string;
  endpoint: string;
  /** Id of the event, which is the `webhook-id` of every attempt. */
  event: string;
  eventType: string;
  /** PENDING: is tried, or tried again. FAILED: ten attempts failed, or the endpoint was disabled. */
  state: (typeof DELIVERY_STATES)[number];
  /** Since it was created, or was last asked for again. */
  attempts: number;
  createdAt: string;
  /** PENDING: when it is tried next. */
  nextAttemptAt?: string;
  finishedAt?: string;
  /** HTTP status of the last answer. */
  lastStatus?: number;
  /** PENDING, but not tried for now: PARTNER_DEACTIVATED until the partner is let in again. */
  held?: 'PARTNER_DEACTIVATED';
}
export class WebhookDeliveryDetail extends WebhookDelivery {
  /** Oldest first; the newest twenty. */
  log: WebhookAttempt[];
}
export class WebhookDeliveryFilter {
  @IsOptional() @IsIn(DELIVERY_STATES) state?: (typeof DELIVERY_STATES)[number];
  @IsOptional() @IsIn(EVENT_TYPE_NAMES) eventType?: EventType;
  /** Only that of this event. */
  @IsOptional() @Matches(ID_PATTERN) event?: string;
  /** `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 1000) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
export class ListWebhookDeliveries extends WebhookDeliveryFilter {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
}
export class WebhookDeliveryPage {
  /** Newest first. */
  deliveries: WebhookDelivery[];
  next?: string;
}
export class WebhookDeliveryQuery {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
}
/** Which events to send again. */
export class WebhookReplayContent {
  /** FAILED: deliveries that failed. ALL: every event of the types of the endpoint, also what it has taken or never was sent. */
  @IsIn(['FAILED', 'ALL']) what: 'FAILED' | 'ALL';
  /** Recorded at this moment or later. @example "2026-03-02T10:00:00Z" */
  @IsISO8601({ strict: true }) @Matches(TIME_PATTERN) from: string;
  /** Recorded before this moment; up to now when absent. @example "2026-03-02T12:00:00Z" */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(TIME_PATTERN) to?: string;
}
export class ReplayWebhooks extends WebhookReplayContent {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
}
export class WebhookReplay {
  /** Deliveries that are sent again; at most 10,000 in one request. */
  queued: number;
  /** There are more: ask again from `continueFrom`. */
  continueFrom?: string;
}

export class PartnerEventSubject {
  /** @example "order" */
  type: string;
  id: string;
}
/** What has happened: the body of a webhook, and one entry of the event feed. */
export class PartnerEvent {
  /** The `webhook-id` too. @example "evt_019a7c51e2c87d5f8a3be6b1c2d3e4f5" */
  id: string;
  /** @example "order.shipped" */
  type: string;
  /** Of the data; grows only beside a new type. @example 1 */
  schemaVersion: number;
  /** When it happened. */
  occurredAt: string;
  subject: PartnerEventSubject;
  /** Counts the events of the subject from 1: a number that was skipped is an event that is missing. */
  sequence: number;
  /** As the schema of the type says. */
  data: Record<string, unknown>;
}
export class PartnerEventFilter {
  /** `next` of the page before, with the same filters; from the oldest event kept when absent. */
  @IsOptional() @IsString() @Length(1, 1000) since?: string;
  @IsOptional() @IsIn(EVENT_TYPE_NAMES) type?: EventType;
  /** Type of a subject; with `subjectId`. @example "order" */
  @IsOptional() @Matches(/^[a-z-]{1,40}$/) subjectType?: string;
  @IsOptional() @Matches(ID_PATTERN) subjectId?: string;
  /** 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
export class ListPartnerEvents extends PartnerEventFilter {
  @Matches(ID_PATTERN) partner: string;
}
export class PartnerEventPage {
  /** Oldest first. */
  events: PartnerEvent[];
  /** Always there: what comes later is behind it. */
  next: string;
  /** There is more behind `next` already. */
  more: boolean;
}
export class PartnerEventQuery {
  @Matches(ID_PATTERN) partner: string;
  @Matches(ID_PATTERN) id: string;
}
