import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '#contracts/values.dto';
import { PlannerOrder } from './risks.dto';
import { PlannerQuantity } from './timeline.dto';

export class PlannerShortagesQuery {
  /** One item number; all when absent. @example "85123A" */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** One node; all when absent. @example "DC-NORTH" */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Only those that begin within so many days, 0 to 180; default 30. @example 30 */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(180) days?: number;
  /** `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
/** A line that the shortage makes late, or that nothing covers. */
export class PlannerShortageOrder {
  /** Absent when it is a reservation that no order has used. */
  order?: PlannerOrder;
  /** Reservation, and line of it: for an order the line of the purchase order. */
  reservation: string;
  line: number;
  /** Node-local ship day that was promised or wanted. @example "2026-03-08" */
  shipDate: string;
  /** What of it is late. */
  quantity: PlannerQuantity;
  /** When all of it can ship; absent when no known supply covers it. */
  newDate?: string;
}
/** A projected balance below 0 after safety stock is withheld. */
export class PlannerShortage {
  item: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  node: string;
  /** Node-local: first day on which something is missing. @example "2026-03-08" */
  firstDay: string;
  /** The most that is missing on any day. */
  quantity: PlannerQuantity;
  /** First day on which nothing is missing again; absent when no known supply makes it good. @example "2026-03-12" */
  until?: string;
  /** Withheld from the projection: with no order touched it is only safety stock that is short. */
  safetyStock: PlannerQuantity;
  /** Reservations that become late or are not covered. */
  ordersTouched: number;
  /** At most 20 lines of them. */
  orders: PlannerShortageOrder[];
}
export class PlannerShortages {
  /** When the answer was true, RFC 3339. */
  asOf: string;
  /** The most urgent first. */
  shortages: PlannerShortage[];
  /** Give this as `cursor`; absent on the last page. */
  next?: string;
}
