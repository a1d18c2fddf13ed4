import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { ID_PATTERN } from '../values.dto';

export class RisksQuery {
  @IsOptional() @Matches(ID_PATTERN) item?: string;
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** `next` of the page before. */
  @IsOptional() @Matches(/^\d{1,18}$/) cursor?: string;
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
