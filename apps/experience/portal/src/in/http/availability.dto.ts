import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { ExplainedNode } from '#contracts/availability/answer.dto';
import { StaleSource } from '#contracts/availability/source-rules.dto';
import { OBJECTIVES, type Objective } from '#contracts/availability/query.dto';
import { EdgeQuantity } from '#contracts/edge/edge-orders.dto';
import { DATE_PATTERN, ID_PATTERN, QuantityDto } from '#contracts/values.dto';

export class AvailabilityLineRequest {
  /** SKU or GTIN. @example "85123A" */
  @IsString() @Length(1, 64) item: string;
  @IsObject() @ValidateNested() @Type(() => QuantityDto) quantity: QuantityDto;
  /** Earliest ship day wanted, local to the node, not in the past; the first possible when absent. @example "2026-03-09" */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Latest ship day that is good enough: what can only leave later is not promised. @example "2026-03-20" */
  @IsOptional() @Matches(DATE_PATTERN) latestDate?: string;
  /** Latest delivery day that is good enough: what would arrive later is not promised. A node without a calendar delivers on its ship day. @example "2026-03-23" */
  @IsOptional() @Matches(DATE_PATTERN) deliverBy?: string;
  /** Only from this node; from all when absent. @example "DC-NORTH" */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Nothing, or all of it on one ship day. */
  @IsOptional() @IsBoolean() complete?: boolean;
  /** False: the item itself alone, no approved substitutes. They are offered when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
}
export class ExplainRequest {
  /** Days of the table; 1 to 180, default 30. @example 7 */
  @IsOptional() @IsInt() @Min(1) @Max(180) days?: number;
}
export class AvailabilityRequest {
  /** 1 to 1,000 lines. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => AvailabilityLineRequest)
  lines: AvailabilityLineRequest[];
  /**
   * Days of life that lots must have left, 0 to 3650; the policy of an item counts where it asks for more. On the day of delivery
   * where the node has a calendar, else on the ship day.
   */
  @IsOptional() @IsInt() @Min(0) @Max(3650) minimumRemainingLifeDays?: number;
  /** The lines are one order: they share stock, and nodes are chosen for all of them together. Each by itself when absent. */
  @IsOptional() @IsBoolean() together?: boolean;
  /**
   * What nodes are chosen by: the first aim that tells two plans apart decides, what is not named follows in this order, which is
   * the default: EARLIEST_DATE, FEWEST_SHIPMENTS, LOWEST_COST, NODE_PRIORITY.
   */
  @IsOptional() @IsArray() @ArrayMaxSize(4) @IsIn(OBJECTIVES, { each: true }) objective?: Objective[];
  /** With the day table of each node that the answer was made from; for at most 10 lines. */
  @IsOptional() @IsObject() @ValidateNested() @Type(() => ExplainRequest) explain?: ExplainRequest;
}
/** Of a kit: what one of its components adds to a slice. */
export class PromisedComponent {
  item: string;
  /** In the base unit of the component. */
  quantity: EdgeQuantity;
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  /** Id of the supply it waits for. */
  supply?: string;
}
/** Another item that stands for the one asked for. */
export class PromisedSubstitute {
  /** @example "CANDLE-PINE" */
  item: string;
  /** How much of that item, in its base unit. */
  quantity: EdgeQuantity;
}
export class PromisedSlice {
  /** In the unit asked for when it is whole in it, else in the base unit. */
  quantity: EdgeQuantity;
  /** Day it leaves, local to the node, by the calendar of the node. @example "2026-03-09" */
  shipDate: string;
  /** Day it arrives; only of a node that has a calendar. @example "2026-03-11" */
  deliveryDate?: string;
  /** When `deliverBy` was asked for: the last day on which it may leave and still arrive by then. @example "2026-03-10" */
  shipBy?: string;
  /** When `deliverBy` was asked for, of a node with a calendar: released before this time, local to the node, it leaves by `shipBy`. @example "2026-03-09T14:00" */
  releaseBy?: string;
  /** @example "DC-NORTH" */
  node: string;
  /** What the promise stands on. LEAD_TIME: can be bought by then, no supply is known. SUBSTITUTE: another item instead. */
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER' | 'LEAD_TIME' | 'SUBSTITUTE';
  /** Id of the supply it is pegged to; absent for stock on hand. @example "PO-881-1" */
  supply?: string;
  /** SUBSTITUTE: what is delivered instead. */
  substitute?: PromisedSubstitute;
  /** Of a kit: what it is put together from. */
  components?: PromisedComponent[];
}
/** Why a quantity cannot be promised. */
export class Shortfall {
  quantity: EdgeQuantity;
  /**
   * What is in the way: whole packs, the channel's cap, what other channels have for themselves, the node named, the latest day, safety
   * stock, shelf life, supply that is overdue, supply beyond the horizon. NO_SUPPLY: nothing known would cover it.
   */
  reason:
    | 'PACK_ROUNDING'
    | 'CHANNEL_CAP'
    | 'CHANNEL_PROTECTED'
    | 'NODE'
    | 'LATEST_DATE'
    | 'STALE_SOURCE'
    | 'SAFETY_STOCK'
    | 'SHELF_LIFE'
    | 'OVERDUE_SUPPLY'
    | 'HORIZON'
    | 'NO_SUPPLY';
}
export class AvailabilityLineAnswer {
  /** As asked. @example "85123A" */
  item: string;
  requested: EdgeQuantity;
  /** Promisable on the requested day to the portal over all nodes, whole packs of each node. */
  availableToPromise: EdgeQuantity;
  /** How the requested quantity would be served; together requested − unpromised. */
  slices: PromisedSlice[];
  /** What nothing known covers. */
  unpromised: EdgeQuantity;
  /** Why; together `unpromised`. Empty when all is promised. */
  shortfalls: Shortfall[];
  /** When `explain` was asked for, in base units. */
  explain?: ExplainedNode[];
}
export class AvailabilityWatermark {
  /** @example "wms/wms-north" */
  source: string;
  /** Time of the newest fact taken from it. */
  at: string;
}
export class AvailabilityResponse {
  /** When the answer was true, RFC 3339. */
  asOf: string;
  watermarks: AvailabilityWatermark[];
  /** Sources not heard of for longer than their rule allows, and what that does to promises at their nodes. Absent when none is. */
  stale?: StaleSource[];
  /** One per line of the request, in its order. */
  lines: AvailabilityLineAnswer[];
  /** Asked together: the ship day of the last of it. Absent while something is unpromised. @example "2026-03-09" */
  completeOn?: string;
}
