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
import { CHANNEL_PATTERN, DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN, QUANTITY_PATTERN } from '../values.dto';

/** How a day's shortage and surplus meet (domain/atp.md §2). LOOK_AHEAD never promises what a later demand counts on. */
export const PROMISE_RULES = [
  'LOOK_AHEAD',
  'CUMULATIVE',
  'DISCRETE',
  'BACKWARD',
  'FORWARD',
  'BACKWARD_FORWARD',
  'ACCUMULATE',
] as const;
export type PromiseRule = (typeof PROMISE_RULES)[number];

/** Who gets scarce supply first: the first to come, the highest priority, or each a share of what it wants. */
export const BACKORDER_RULES = ['FCFS', 'PRIORITY', 'FAIR_SHARE'] as const;
export type BackorderRule = (typeof BACKORDER_RULES)[number];

export class SubstituteDto {
  /** Approved to be delivered instead, in the order of this list. */
  @Matches(ID_PATTERN) item: string;
  /** Base units of the substitute that stand for one base unit of the item. @example "1" */
  @Matches(POSITIVE_PATTERN) ratio: string;
}
export class ComponentDto {
  @Matches(ID_PATTERN) item: string;
  /** Base units in one kit. @example "4" */
  @Matches(POSITIVE_PATTERN) quantity: string;
}
/** How one item is promised. What is left out has its default; an item without a policy has all of them. */
export class ItemPolicyDto {
  @Matches(ID_PATTERN) item: string;
  /** Default LOOK_AHEAD. */
  @IsOptional() @IsIn(PROMISE_RULES) rule?: PromiseRule;
  /** ACCUMULATE only: days that a surplus may travel, 1 to 730; without limit when absent. */
  @IsOptional() @IsInt() @Min(1) @Max(730) accumulationDays?: number;
  /** May be bought on demand: what no known supply covers can be promised for after the lead time. Default false. */
  @IsOptional() @IsBoolean() purchasable?: boolean;
  /** Working days of the supplier, Monday to Friday; 0 to 730. Needed when `purchasable`. */
  @IsOptional() @IsInt() @Min(0) @Max(730) leadTimeDays?: number;
  /** Days from arrival until it can be picked, after the lead time; 0 to 60, default 0. */
  @IsOptional() @IsInt() @Min(0) @Max(60) receivingDays?: number;
  /** A lot counts for a day only when it expires at least so many days after it; 0 to 3650, default 0. */
  @IsOptional() @IsInt() @Min(0) @Max(3650) minimumRemainingLifeDays?: number;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => SubstituteDto)
  substitutes?: SubstituteDto[];
  /** Makes the item a kit: it has no stock of its own, as many can be promised as its components allow. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ComponentDto)
  components?: ComponentDto[];
  /** Default FCFS. */
  @IsOptional() @IsIn(BACKORDER_RULES) backorderRule?: BackorderRule;
}
export class PutItemPoliciesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => ItemPolicyDto)
  policies: ItemPolicyDto[];
}

/** When a node works. Days and times are the node's own. A node without a policy ships every day and names no delivery day. */
export class NodePolicyDto {
  @Matches(ID_PATTERN) node: string;
  /** ISO weekdays, 1 Monday to 7 Sunday; all when absent. @example [1, 2, 3, 4, 5] */
  @IsOptional() @IsArray() @ArrayMinSize(1) @ArrayMaxSize(7) @IsIn([1, 2, 3, 4, 5, 6, 7], { each: true }) workingDays?: number[]; // prettier-ignore
  /** Days on which it does not work. @example ["2026-12-25"] */
  @IsOptional() @IsArray() @ArrayMaxSize(400) @Matches(DATE_PATTERN, { each: true }) holidays?: string[];
  /** What is asked for at this time or later counts as asked for on the next working day; none when absent. @example "14:00" */
  @IsOptional() @Matches(/^([01]\d|2[0-3]):[0-5]\d$/) cutOff?: string;
  /** Working days between release and goods issue; 0 to 30, default 0. */
  @IsOptional() @IsInt() @Min(0) @Max(30) handlingDays?: number;
  /** Working days of the carrier, Monday to Friday, between goods issue and delivery; 0 to 60, default 0. */
  @IsOptional() @IsInt() @Min(0) @Max(60) transitDays?: number;
  /** Of one shipment from here, to compare nodes by: money or distance, any unit, the same for all. None known when absent. @example "120" */
  @IsOptional() @Matches(QUANTITY_PATTERN) shipmentCost?: string;
}
export class PutNodePoliciesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => NodePolicyDto)
  policies: NodePolicyDto[];
}

/** A channel's share of an item: what is kept for it, and the most it may take. What no channel protects is the common pool. */
export class ChannelQuotaDto {
  @Matches(ID_PATTERN) item: string;
  /** Of this node only; of all nodes together when absent. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** @example "EDI" */
  @Matches(CHANNEL_PATTERN) channel: string;
  /** Kept for the channel until it has consumed it, base units; 0 protects nothing. @example "40" */
  @Matches(QUANTITY_PATTERN) protected: string;
  /** The most the channel may consume, base units; no limit when absent. */
  @IsOptional() @Matches(QUANTITY_PATTERN) cap?: string;
}
export class PutChannelQuotasRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => ChannelQuotaDto)
  quotas: ChannelQuotaDto[];
}

/** The most a partner may hold reserved at a time. */
export class PartnerCapDto {
  @Matches(ID_PATTERN) partner: string;
  /** Of this item only; of each item by itself when absent. */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** Base units; no limit when absent. */
  @IsOptional() @Matches(QUANTITY_PATTERN) maximum?: string;
}
export class PutPartnerCapsRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => PartnerCapDto)
  caps: PartnerCapDto[];
}
export class PutPoliciesResponse {
  stored: number;
}

export class ItemPoliciesQuery {
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 500) after?: string;
  /** 1 to 1000, default 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) limit?: number;
}
export class ItemPolicyPage {
  policies: ItemPolicyDto[];
  /** Absent on the last page. */
  next?: string;
}
export class NodePoliciesQuery {
  @IsOptional() @Matches(ID_PATTERN) node?: string;
}
export class NodePolicyList {
  policies: NodePolicyDto[];
}
export class ChannelQuotasQuery {
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 500) after?: string;
  /** 1 to 1000, default 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) limit?: number;
}
export class ChannelQuotaState extends ChannelQuotaDto {
  /** Taken by the channel so far: reserved or shipped, less what was released. */
  consumed: string;
}
export class ChannelQuotaPage {
  quotas: ChannelQuotaState[];
  /** Absent on the last page. */
  next?: string;
}
export class PartnerCapsQuery {
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 500) after?: string;
  /** 1 to 1000, default 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) limit?: number;
}
export class PartnerCapPage {
  caps: PartnerCapDto[];
  /** Absent on the last page. */
  next?: string;
}
