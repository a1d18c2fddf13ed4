import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '../values.dto';

export class RisksQuery {
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 500, default 100. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(500) limit?: number;
}
/** Part of a dated promise that can no longer be kept. Base units. */
export class PromiseRisk {
  /** An order id, with `~n` behind it when the order made a later reservation; or any other reservation. */
  reservation: string;
  line: number;
  item: string;
  node: string;
  /** Node-local ship day that was promised. @example "2026-03-08" */
  shipDate: string;
  /** What cannot ship on that day. */
  quantity: string;
  /** First day on which all of it could, without moving a promise that is kept; absent when no known supply covers it. */
  newDate?: string;
}
export class OpenPromiseRisk extends PromiseRisk {
  openedAt: string;
  changedAt: string;
}
export class RiskPage {
  /** The oldest first. */
  risks: OpenPromiseRisk[];
  /** Absent on the last page. */
  next?: string;
}

export class ShortagesQuery {
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Only those that begin within so many days, 0 to 180; default 30. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(180) days?: number;
  /** `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
}
/** A reservation line that the shortage makes late, or that nothing covers. */
export class ShortageOrder {
  reservation: string;
  line: number;
  /** Node-local ship day that was promised or wanted. */
  shipDate: string;
  /** What of it is late. */
  quantity: string;
  /** When all of it can ship; absent when no known supply covers it. */
  newDate?: string;
}
/** A projected balance below 0 after safety stock is withheld. Base units. */
export class Shortage {
  item: string;
  node: string;
  /** Node-local: first day on which something is missing. @example "2026-03-08" */
  firstDay: string;
  /** The most that is missing on any day. */
  quantity: string;
  /** First day on which nothing is missing again; absent when no known supply makes it good. */
  until?: string;
  /** Withheld from the projection: with no order touched it is only safety stock that is short. */
  safetyStock: string;
  /** Reservations that become late or are not covered. */
  ordersTouched: number;
  /** At most 20 lines of them. */
  orders: ShortageOrder[];
}
export class ShortagePage {
  asOf: string;
  /** The most urgent first. */
  shortages: Shortage[];
  /** Absent on the last page. */
  next?: string;
}
