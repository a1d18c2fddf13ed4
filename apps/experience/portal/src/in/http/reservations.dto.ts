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
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { EdgeQuantity } from '#contracts/edge/edge-orders.dto';
import { DATE_PATTERN, ID_PATTERN, QuantityDto } from '#contracts/values.dto';
import { PromisedComponent, PromisedSubstitute } from './availability.dto';

export class ReservationLineRequest {
  /** Unique in the reservation. @example 1 */
  @IsInt() @Min(1) @Max(99999) line: number;
  /** SKU or GTIN. @example "85123A" */
  @IsString() @Length(1, 64) item: string;
  @IsObject() @ValidateNested() @Type(() => QuantityDto) quantity: QuantityDto;
  /** Earliest ship day wanted, local to the node; today when absent. @example "2026-03-09" */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Latest ship day that is good enough; any day that is known of when absent. @example "2026-03-20" */
  @IsOptional() @Matches(DATE_PATTERN) latestDate?: string;
  /** Latest delivery day that is good enough: what would arrive later is not promised. A node without a calendar delivers on its ship day. @example "2026-03-23" */
  @IsOptional() @Matches(DATE_PATTERN) deliverBy?: string;
  /** Only from this node; from any when absent. @example "DC-NORTH" */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Consent: what is not there on time may be held of the substitutes that are approved for the item. No when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
}
export class ReservationRequest {
  /** 1 to 500 lines, taken in one step. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReservationLineRequest)
  lines: ReservationLineRequest[];
  /** ALL_OR_NOTHING (default) refuses with 409 unless every line is covered in full. */
  @IsOptional() @IsIn(['PARTIAL', 'ALL_OR_NOTHING']) mode?: 'PARTIAL' | 'ALL_OR_NOTHING';
  /** How long it holds, by the clock of the database: 1 to 604,800 seconds, default 900. */
  @IsOptional() @IsInt() @Min(1) @Max(604800) ttlSeconds?: number;
}
export class ReservedPart {
  /** In the unit asked for when it is whole in it, else in the base unit. */
  quantity: EdgeQuantity;
  /** Day it can leave, local to the node. @example "2026-03-09" */
  shipDate: string;
  /** @example "DC-NORTH" */
  node: string;
  /** What it stands on. */
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER' | 'LEAD_TIME' | 'SUBSTITUTE';
  /** SUBSTITUTE: what is held instead. */
  substitute?: PromisedSubstitute;
  /** Of a kit: what is held or awaited of its components. */
  components?: PromisedComponent[];
}
export class LeadTimePart {
  quantity: EdgeQuantity;
  /** @example "DC-NORTH" */
  node: string;
  /** Day on which it could leave, local to the node. @example "2026-03-12" */
  shipDate: string;
  /** Day on which it would arrive; only of a node that has a calendar. @example "2026-03-16" */
  deliveryDate?: string;
}
export class ReservedLineAnswer {
  line: number;
  /** Our item number. @example "85123A" */
  item: string;
  requested: EdgeQuantity;
  /** Held for the caller. */
  reserved: EdgeQuantity;
  /** Not held: requested − reserved. */
  uncovered: EdgeQuantity;
  slices: ReservedPart[];
  /** By when what is not held could be bought, of an item that may be. Nothing is held for it. */
  leadTime?: LeadTimePart;
}
export class PlacedReservation {
  /** @example "rsv_1f0c5a3d9b8e47260a1b2c3d4e5f6071" */
  id: string;
  /** When it ends unless it is extended, released or ordered before. */
  expiresAt: string;
  lines: ReservedLineAnswer[];
}
export class PortalReservationLine {
  line: number;
  /** @example "85123A" */
  item: string;
  /** What is still held, in the item's base unit. */
  open: EdgeQuantity;
  slices: ReservedPart[];
}
export class PortalReservationChangeLine {
  line: number;
  /** What left, in the item's base unit. */
  quantity: EdgeQuantity;
}
export class PortalReservationChange {
  /** PREEMPTED: given to a more urgent demand. */
  event: 'CREATED' | 'EXTENDED' | 'RELEASED' | 'EXPIRED' | 'CONVERTED' | 'PREEMPTED';
  at: string;
  /** EXTENDED: the new end. */
  expiresAt?: string;
  /** CONVERTED: the order that has it now. */
  order?: string;
  lines?: PortalReservationChangeLine[];
}
export class PortalReservation {
  id: string;
  /** HELD while anything is held; then what ended it last. NOTHING: no line was ever covered. */
  state: 'HELD' | 'EXPIRED' | 'RELEASED' | 'CONVERTED' | 'PREEMPTED' | 'SHIPPED' | 'NOTHING';
  createdAt: string;
  /** When it ends, or ended unless something else ended it. */
  expiresAt?: string;
  lines: PortalReservationLine[];
  /** Oldest first. */
  history: PortalReservationChange[];
}
export class ExtendReservationRequest {
  /** Seconds from now that it is to live: 1 to 604,800; never shortens it. */
  @IsInt() @Min(1) @Max(604800) ttlSeconds: number;
}
export class ExtendedReservation {
  id: string;
  /** Earlier than asked for when the longest life allowed ends it. */
  expiresAt: string;
}
export class ReleaseReservationLine {
  /** @example 1 */
  @IsInt() @Min(1) line: number;
  /** All that is held when absent. */
  @IsOptional() @ValidateNested() @Type(() => QuantityDto) quantity?: QuantityDto;
}
export class ReleaseReservationRequest {
  /** Everything when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReleaseReservationLine)
  lines?: ReleaseReservationLine[];
  /** @example "basket given up" */
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class ReleasedReservation {
  id: string;
  /** What was set free now, in the item's base unit; 0 of what had ended before. */
  released: PortalReservationChangeLine[];
}
