import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import type { TrackingStatus } from '#canonical/order';
import { AddressDto } from '../values.dto';
import { EdgeQuantity } from './edge-orders.dto';

export class EdgeShipmentLine {
  /** Line of the order. @example 1 */
  line: number;
  /** @example "85123A" */
  item: string;
  /** In the item's base unit. */
  quantity: EdgeQuantity;
}
export class EdgeShipment {
  id: string;
  /** Id of the order. */
  order: string;
  /** @example "PO-10042" */
  purchaseOrder: string;
  node: string;
  /** RFC 3339. @example "2026-03-02T15:04:05Z" */
  shippedAt: string;
  /** CORRECTED: the lines are not those first told. VOIDED: nothing of it left after all. */
  status: 'CONFIRMED' | 'CORRECTED' | 'VOIDED';
  carrier?: string;
  trackingNumbers: string[];
  /** Where it is; absent before the carrier's first word. */
  tracking?: TrackingStatus;
  shipTo: AddressDto;
  lines: EdgeShipmentLine[];
  version: number;
  updatedAt: string;
}
export class EdgeShipmentFeed {
  /** Oldest change first; a shipment comes again when it changes. */
  shipments: EdgeShipment[];
  /** Give this as `since` next time. */
  next: string;
  /** True when another page is waiting. */
  more: boolean;
}
export class EdgeShipmentFeedQuery {
  /** Only this order's. */
  @IsOptional() @IsString() @Length(1, 64) order?: string;
  /** Cursor of the last change seen; from the beginning when absent. */
  @IsOptional() @IsString() @Length(1, 500) since?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
