import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type InventoryPosition } from '#canonical/inventory';
import { ID_PATTERN } from '../values.dto';
import { SourceWatermark } from './answer.dto';
import { StaleSource } from './source-rules.dto';

export class TimelineQuery {
  @Matches(ID_PATTERN) item: string;
  /** All nodes when absent. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** 1 to 180 days from today, default 30. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(180) days?: number;
}
export class PositionDto implements InventoryPosition {
  item: string;
  node: string;
  onHand: string;
  quarantined: string;
  damaged: string;
  expired: string;
  usable: string;
  allocated: string;
  reserved: string;
  safety: string;
  inTransit: string;
  free: string;
}
export class TimelineDay {
  date: string;
  supply: string;
  demand: string;
  /** Projected available balance at the end of the day; may be negative: that is a shortage. */
  projected: string;
  /** Cumulative with look-ahead: the least projected balance from this day on, never below 0. */
  availableToPromise: string;
  /** Discrete, shortages corrected: what of the newest receipt is left until the next one. */
  discreteAvailableToPromise: string;
}
/** A part of a demand and what covers it. */
export class DemandPeg {
  /** Id of the supply; absent: stock on hand. */
  supply?: string;
  quantity: string;
  /** When it can ship. */
  date: string;
  /** Whether that is after the day of the demand. */
  late: boolean;
}
/** Who needs a part of a supply. */
export class SupplyPeg {
  reservation: string;
  line: number;
  quantity: string;
  late: boolean;
}
/** Stock on hand as a supply. */
export class TimelineStock {
  pegs: SupplyPeg[];
  /** Needed by nobody, above safety stock. */
  left: string;
}
export class TimelineSupply {
  id: string;
  kind: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  item: string;
  node: string;
  /** What counts of it: of a purchase order what is not announced, of an ASN no more than its order still has to come. */
  quantity: string;
  /** What is still to come by this document alone. */
  open: string;
  /** ASN: the purchase order that it replaces. */
  announces?: string;
  availableOn: string;
  /** Day for which it counts: later than `availableOn` when it is overdue; absent when it cannot be trusted or is beyond the horizon. */
  countsOn?: string;
  pegs: SupplyPeg[];
  /** Needed by nobody; what is not pegged and not left makes good what safety stock lacks. */
  left: string;
}
export class NodeTimeline {
  node: string;
  /** Sources of the node that are beyond their age. Absent when none is. */
  stale?: StaleSource[];
  position: PositionDto;
  days: TimelineDay[];
  stock: TimelineStock;
  /** What the supply and demand rows are made of. */
  supplies: TimelineSupply[];
  /** All that waits for supply, and of what is held on hand the 2,000 that ship last. */
  demands: TimelineDemand[];
}
export class TimelineDemand {
  /** Reservation (an order id) and line. */
  reservation: string;
  line: number;
  quantity: string;
  date: string;
  state: 'RESERVED' | 'ALLOCATED' | 'PROMISED' | 'BACKORDERED';
  /** What covers it. Promises of a day are served first, the earliest before the later; backorders get what those leave. */
  pegs: DemandPeg[];
  /** What no known supply covers, however late. */
  uncovered: string;
}
export class Timeline {
  item: string;
  asOf: string;
  watermarks: SourceWatermark[];
  nodes: NodeTimeline[];
}
