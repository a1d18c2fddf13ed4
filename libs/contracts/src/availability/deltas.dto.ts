import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { CHANNEL_PATTERN } from '../values.dto';

export class DeltasQuery {
  /** Cursor of the last change seen; from the beginning when absent. */
  @IsOptional() @IsString() @Length(1, 100) since?: string;
  /** 1 to 1000, default 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(1000) limit?: number;
  /** What this channel may sell, by its quotas; without it what anybody may. @example "MARKETPLACE" */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /** `node`: also each node by itself. */
  @IsOptional() @IsIn(['node']) by?: 'node';
}
export class NodeQuantity {
  node: string;
  /** Base units, today. Nodes share the quotas of the item: their sum may be more than can be sold in all. */
  availableToPromise: string;
}
export class AvailabilityDelta {
  item: string;
  /** Today, all nodes together, base units. */
  availableToPromise: string;
  /** Grows with each change of the item: a row with a smaller one than was seen before is old. */
  version: number;
  changedAt: string;
  /** Only when asked `by=node`. */
  nodes?: NodeQuantity[];
}
export class DeltaPage {
  changes: AvailabilityDelta[];
  /** Give this as `since` next time; the same again when nothing changed. */
  next: string;
  /** True when another page is waiting. */
  more: boolean;
}
