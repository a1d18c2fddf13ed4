import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { CHANNEL_PATTERN, DATE_PATTERN, ID_PATTERN, POSITIVE_PATTERN } from '../values.dto';

export const OBJECTIVES = ['EARLIEST_DATE', 'FEWEST_SHIPMENTS', 'LOWEST_COST', 'NODE_PRIORITY'] as const;
export type Objective = (typeof OBJECTIVES)[number];

export class AvailabilityLineQuery {
  @Matches(ID_PATTERN) item: string;
  /** Wanted, base units. */
  @Matches(POSITIVE_PATTERN) quantity: string;
  /** Earliest ship day wanted, not in the past; the first possible when absent. */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Latest ship day that is good enough: what can only leave later is not promised. */
  @IsOptional() @Matches(DATE_PATTERN) latestDate?: string;
  /** Latest delivery day that is good enough, at the customer's: by the transit of each node's calendar; of a node without one, its ship day. */
  @IsOptional() @Matches(DATE_PATTERN) deliverBy?: string;
  /** Only this node; all active nodes when absent. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Sell pack, base units: each node gives whole packs only. @example "24" */
  @IsOptional() @Matches(POSITIVE_PATTERN) multiple?: string;
  /** Nothing, or all of it on one ship day. */
  @IsOptional() @IsBoolean() complete?: boolean;
  /** False: the item itself alone, no approved substitutes. They are offered when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
}
export class AvailabilityQuery {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => AvailabilityLineQuery)
  lines: AvailabilityLineQuery[];
  /** Where it is asked for: the quotas of this channel apply. Without one only what no channel has for itself is promised. @example "PORTAL" */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /**
   * Days of life that lots must have left, 0 to 3650; the policy of an item counts where it asks for more. On the day of delivery
   * where the node has a calendar, else on the ship day.
   */
  @IsOptional() @IsInt() @Min(0) @Max(3650) minimumRemainingLifeDays?: number;
  /** The lines are one order: they share stock, and nodes are chosen for all of them together. Each by itself when absent. */
  @IsOptional() @IsBoolean() together?: boolean;
  /**
   * What nodes are chosen by: the first aim that tells two plans apart decides, what is not named follows in this order, which is
   * the default: EARLIEST_DATE, FEWEST_SHIPMENTS, LOWEST_COST (of the node policies), NODE_PRIORITY.
   */
  @IsOptional() @IsArray() @ArrayMaxSize(4) @IsIn(OBJECTIVES, { each: true }) objective?: Objective[];
  /** With the day table of each node that the answer was made from; for at most 10 lines. */
  @IsOptional() @IsBoolean() explain?: boolean;
  /** Days of the table; 1 to 180, default 30. */
  @IsOptional() @IsInt() @Min(1) @Max(180) explainDays?: number;
}
