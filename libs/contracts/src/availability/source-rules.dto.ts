import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
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
import { INVENTORY_FACTS, type InventoryFact } from '#canonical/inventory';
import { ID_PATTERN } from '../values.dto';

export const STALE_POLICIES = ['HOLD', 'FLOOR', 'LAST_KNOWN'] as const;
export type StalePolicy = (typeof STALE_POLICIES)[number];

/** What a source is for a node. Replaced as a whole by node and source; with neither `facts` nor `maxAgeSeconds` it is removed. */
export class SourceRuleDto {
  @Matches(ID_PATTERN) node: string;
  /** As in its facts. @example "wms/wms-north" */
  @IsString() @Length(1, 100) source: string;
  /** Facts that at this node only this source may state, and others whose rules name them. Crossdock itself may always. */
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(INVENTORY_FACTS, { each: true }) facts?: InventoryFact[];
  /** Seconds since we last heard of it at the node, beyond which it is stale; 1 to 31,536,000. Needs `whenStale`. @example 3600 */
  @IsOptional() @IsInt() @Min(1) @Max(31_536_000) maxAgeSeconds?: number;
  /** HOLD: nothing is promised at the node. FLOOR: a share of its stock. LAST_KNOWN: as it was, and said so. */
  @IsOptional() @IsIn(STALE_POLICIES) whenStale?: StalePolicy;
  /** FLOOR: the share of usable stock, commitments included, that may be promised; 0 to 1. @example "0.5" */
  @IsOptional() @Matches(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/) floorShare?: string;
}
export class PutSourceRulesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => SourceRuleDto)
  rules: SourceRuleDto[];
}
export class PutSourceRulesResponse {
  stored: number;
}
export class SourceRulesQuery {
  /** All nodes when absent. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
}
export class SourceRuleView {
  node: string;
  source: string;
  facts: InventoryFact[];
  maxAgeSeconds?: number;
  whenStale?: StalePolicy;
  floorShare?: string;
  /** When we last heard of it at the node; absent: never. */
  heardAt?: string;
  /** Beyond its age now. */
  stale: boolean;
}
export class SourceRuleList {
  rules: SourceRuleView[];
}
/** A source beyond its age, and what that does to promises at its node. */
export class StaleSource {
  node: string;
  source: string;
  /** When we last heard of it at the node, RFC 3339; absent: never. */
  heardAt?: string;
  policy: StalePolicy;
  /** FLOOR: the share that may be promised. */
  floorShare?: string;
}

export class RefusedFactsQuery {
  /** All sources when absent. */
  @IsOptional() @IsString() @Length(1, 100) source?: string;
  /** `next` of the page before. */
  @IsOptional() @IsString() @Length(1, 600) cursor?: string;
  /** 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
export class RefusedFact {
  source: string;
  record: string;
  item: string;
  node: string;
  fact: InventoryFact;
  quantity: string;
  occurredAt: string;
  /** Why: AUTHORITY_MISSING or AUTHORITY_ELSEWHERE. */
  code: string;
  /** When it was first refused with this content. */
  receivedAt: string;
  messageId?: string;
}
export class RefusedFactPage {
  /** The newest first. */
  facts: RefusedFact[];
  /** Give this as `cursor`; absent on the last page. */
  next?: string;
}
