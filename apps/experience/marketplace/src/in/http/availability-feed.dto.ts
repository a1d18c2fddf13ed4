import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { EdgeQuantity } from '#contracts/edge/edge-orders.dto';

export class AvailabilityFeedQuery {
  /** Cursor of the last change seen; from the beginning when absent. */
  @IsOptional() @IsString() @Length(1, 100) since?: string;
  /** 1 to 500, default 200; more is taken as 500. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
  /** `node`: also each node by itself. */
  @IsOptional() @IsIn(['node']) by?: 'node';
}
export class AvailabilityOfNode {
  /** @example "DC-NORTH" */
  node: string;
  /** What can be promised today from there, in the base unit. Nodes share what the channel may take: do not add them up. */
  availableToPromise: EdgeQuantity;
}
export class AvailabilityChange {
  /** Our item number. @example "85123A" */
  item: string;
  /** What this channel may sell today over all nodes, in the base unit. */
  availableToPromise: EdgeQuantity;
  /** Grows with each change of the item: a row with a smaller one than was seen before is old. @example 17 */
  version: number;
  /** RFC 3339: this row was true then. */
  changedAt: string;
  /** Only when asked `by=node`. */
  nodes?: AvailabilityOfNode[];
}
export class AvailabilityFeed {
  /** One row per item that changed, with its latest quantity. */
  changes: AvailabilityChange[];
  /** Give this as `since` next time; the same again when nothing changed. */
  next: string;
  /** True when another page is waiting. */
  more: boolean;
}
