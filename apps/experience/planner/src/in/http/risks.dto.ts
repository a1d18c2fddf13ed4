import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '#contracts/values.dto';
import { PlannerQuantity } from './timeline.dto';

export class PlannerRisksQuery {
  /** One item number; all when absent. @example "85123A" */
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  /** One node; all when absent. @example "DC-NORTH" */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
/** The order that a promise was made to. */
export class PlannerOrder {
  id: string;
  partner: string;
  /** Our customer number. */
  customer: string;
  /** The partner's own number. @example "PO-10042" */
  purchaseOrder: string;
  release?: string;
  status: string;
}
/** Part of a dated promise that can no longer be kept. */
export class PlannerRisk {
  item: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  node: string;
  /** Absent when the promise was made to a reservation that no order has used. */
  order?: PlannerOrder;
  /** Reservation, and line of it: for an order the line of the purchase order. */
  reservation: string;
  line: number;
  /** Node-local ship day that was promised. @example "2026-03-08" */
  shipDate: string;
  /** What cannot ship on that day. */
  quantity: PlannerQuantity;
  /** First day on which all of it could, without moving a promise that is kept; absent when no known supply covers it. */
  newDate?: string;
}
export class PlannerOpenRisk extends PlannerRisk {
  /** RFC 3339. */
  openedAt: string;
  changedAt: string;
}
export class PlannerRisks {
  /** The oldest first. */
  risks: PlannerOpenRisk[];
  /** Give this as `cursor`; absent on the last page. */
  next?: string;
}
