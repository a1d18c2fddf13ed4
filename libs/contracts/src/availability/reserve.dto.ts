import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CHANNEL_PATTERN, DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';
import { AnsweredSlice } from './answer.dto';

export class ReserveLine {
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  /** Base units. */
  @Matches(POSITIVE_PATTERN) quantity: string;
  /** Earliest ship day wanted; today when absent. */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Latest ship day that is good enough: what can only leave later is not covered. Any day within the horizon when absent. */
  @IsOptional() @Matches(DATE_PATTERN) latestDate?: string;
  /** Latest delivery day that is good enough, at the customer's: by the transit of each node's calendar; of a node without one, its ship day. */
  @IsOptional() @Matches(DATE_PATTERN) deliverBy?: string;
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Sell pack, base units: each node gives whole packs only, and so is what waits in line served. @example "24" */
  @IsOptional() @Matches(POSITIVE_PATTERN) multiple?: string;
  /** Consent: what is not there on time may be held of the substitutes that the item's policy approves. No when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
}
export class ReserveRequest {
  /** Idempotency: the same id with the same content answers the first result. An order uses its own id. */
  @IsString() @Length(1, 100) reservation: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReserveLine)
  lines: ReserveLine[];
  /** ALL_OR_NOTHING refuses with INSUFFICIENT_AVAILABILITY unless every line is covered. */
  @IsIn(['PARTIAL', 'ALL_OR_NOTHING']) mode: 'PARTIAL' | 'ALL_OR_NOTHING';
  /** SOFT ends after its time to live; FIRM belongs to an order and stays until shipped or released. */
  @IsIn(['SOFT', 'FIRM']) kind: 'SOFT' | 'FIRM';
  /** SOFT only: seconds, database time; 1 to 7 days' worth, default 900. */
  @IsOptional() @IsInt() @Min(1) @Max(604800) ttlSeconds?: number;
  /** FIRM only: what cannot be promised waits in line and is allocated when stock arrives (first come, first served). */
  @IsOptional() @IsBoolean() backorder?: boolean;
  /** Nodes that must not serve it (a node that has just picked short). */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) excludeNodes?: string[];
  /**
   * The soft reservation that this one stands for, as an order for the basket it came from. In one step its stock changes hands,
   * item by item, and what is not asked for is free again: never counted twice, never taken over twice. One that has ended gives nothing.
   */
  @IsOptional() @IsString() @Length(1, 100) converts?: string;
  /** Where it was asked for. @example "PORTAL" */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /** Whose it is; caps count by partner. */
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  /** 1 is served first, 9 last; default 5. */
  @IsOptional() @IsInt() @Min(1) @Max(9) priority?: number;
  /**
   * What is short is taken from soft reservations of a larger priority number, the least urgent and youngest first, never from
   * firm ones. Only where policy allows it for this priority; who loses is told by an event.
   */
  @IsOptional() @IsBoolean() preempt?: boolean;
}
/** Never on basis LEAD_TIME: that is a date and no stock. */
export class ReservedSlice extends AnsweredSlice {
  /** ALLOCATED: on hand now, may be released to the node. PROMISED: waits for its supply. */
  state: 'ALLOCATED' | 'PROMISED' | 'RESERVED';
}
export class LeadTimeOffer {
  quantity: string;
  node: string;
  /** Node-local day on which it could leave. */
  shipDate: string;
  /** Day on which it would arrive; only of a node that has a calendar. */
  deliveryDate?: string;
}
export class ReservedLine {
  line: number;
  item: string;
  slices: ReservedSlice[];
  /** Not covered: waiting when the request asked for backorder, else simply not reserved. */
  uncovered: string;
  /** By when what is not covered could be bought; nothing is held for it. */
  leadTime?: LeadTimeOffer;
  /** Part of the line that came from the soft reservation named by `converts`. */
  converted?: string;
}
export class ReserveResponse {
  reservation: string;
  outcome: 'created' | 'replayed';
  lines: ReservedLine[];
  /** SOFT: when it ends. */
  expiresAt?: string;
}
