import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, IsString, Length, Matches, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { OrderLineRequest } from '../orders/orders.dto';
import { DATE_PATTERN, QuantityDto } from '../values.dto';
import { EdgeOrder } from './edge-orders.dto';

/** More or less of one line: exactly one of the three. Quantities in the unit of the order line or in the item's base unit. */
export class ChangeEdgeLine {
  /** @example 1 */
  @IsInt() @Min(1) line: number;
  @IsOptional() @ValidateNested() @Type(() => QuantityDto) increase?: QuantityDto;
  @IsOptional() @ValidateNested() @Type(() => QuantityDto) decrease?: QuantityDto;
  /** True: all that is open. */
  @IsOptional() @IsBoolean() drop?: boolean;
}
export class ChangeEdgeOrderRequest {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ChangeEdgeLine)
  lines?: ChangeEdgeLine[];
  /** Lines to add; their numbers are new to the order. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => OrderLineRequest)
  add?: OrderLineRequest[];
  /** Wanted ship day, local to the node. @example "2026-03-16" */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Another of the caller's ship-tos. @example "LEEDS" */
  @IsOptional() @IsString() @Length(1, 64) shipTo?: string;
  /** @example "the shop moves" */
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class ChangeEdgeOrderResponse {
  /** REQUESTED: a warehouse is asked, and its answer decides; PARTIAL: some was past recall meanwhile. */
  outcome: 'APPLIED' | 'REQUESTED' | 'PARTIAL';
  /** The order that carries what was added. */
  followOn?: string;
  order: EdgeOrder;
}
