import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { StaleSource } from '#contracts/availability/source-rules.dto';
import { ID_PATTERN } from '#contracts/values.dto';

export class PlannerTimelineQuery {
  /** One node; all when absent. @example "DC-NORTH" */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** 1 to 180 days from today, default 30. @example 30 */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(180) days?: number;
}
export class PlannerQuantity {
  /** Decimal text; may be negative where a shortage is shown. @example "24" */
  value: string;
  /** The item's base unit, UNECE Recommendation 20. @example "EA" */
  unit: string;
}
/** Stock of the item at the node now. */
export class PlannerPosition {
  /** Physically there, whatever its quality or commitment. */
  onHand: PlannerQuantity;
  quarantined: PlannerQuantity;
  damaged: PlannerQuantity;
  expired: PlannerQuantity;
  /** onHand − quarantined − damaged − expired. */
  usable: PlannerQuantity;
  /** Committed to orders, until it leaves. */
  allocated: PlannerQuantity;
  /** Held for a while, no order yet. */
  reserved: PlannerQuantity;
  /** Withheld from every promise. */
  safety: PlannerQuantity;
  /** On its way from another node. */
  inTransit: PlannerQuantity;
  /** usable − allocated − reserved. */
  free: PlannerQuantity;
}
export class PlannerDay {
  /** Node-local day. @example "2026-03-09" */
  date: string;
  supply: PlannerQuantity;
  demand: PlannerQuantity;
  /** Projected balance at the end of the day; negative is a shortage. */
  projected: PlannerQuantity;
  /** Cumulative with look-ahead: the least projected balance from this day on, never below 0. */
  availableToPromise: PlannerQuantity;
  /** Discrete, shortages corrected: what of the newest receipt is left until the next one. */
  discreteAvailableToPromise: PlannerQuantity;
}
/** A part of a demand and what covers it. */
export class PlannerDemandPeg {
  /** Id of the supply; absent: stock on hand. @example "PO-881-1" */
  supply?: string;
  quantity: PlannerQuantity;
  /** Node-local day on which it can ship. @example "2026-03-09" */
  date: string;
  /** Whether that is after the day of the demand. */
  late: boolean;
}
/** Who needs a part of a supply. */
export class PlannerSupplyPeg {
  /** The reservation, which for an order is the order's id. */
  reservation: string;
  line: number;
  quantity: PlannerQuantity;
  late: boolean;
}
/** Stock on hand as a supply. */
export class PlannerStock {
  pegs: PlannerSupplyPeg[];
  /** Needed by nobody, above safety stock. */
  left: PlannerQuantity;
}
export class PlannerSupply {
  /** Purchase order line, ASN line or transfer line. @example "PO-881-1" */
  id: string;
  kind: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  /** What counts of it: of a purchase order what is not announced, of an ASN no more than its order still has to come. */
  quantity: PlannerQuantity;
  /** What is still to come by this document alone. */
  open: PlannerQuantity;
  /** ASN: the purchase order that it replaces. @example "PO-881-1" */
  announces?: string;
  /** Node-local day on which it can be picked. @example "2026-03-09" */
  availableOn: string;
  /** Day for which it counts: later than `availableOn` when it is overdue; absent when it cannot be trusted or is beyond the horizon. */
  countsOn?: string;
  pegs: PlannerSupplyPeg[];
  /** Needed by nobody; what is not pegged and not left makes good what safety stock lacks. */
  left: PlannerQuantity;
}
export class PlannerDemand {
  /** The reservation, which for an order is the order's id. */
  reservation: string;
  line: number;
  quantity: PlannerQuantity;
  date: string;
  state: 'RESERVED' | 'ALLOCATED' | 'PROMISED' | 'BACKORDERED';
  /** What covers it. Promises of a day are served first, the earliest before the later; backorders get what those leave. */
  pegs: PlannerDemandPeg[];
  /** What no known supply covers, however late. */
  uncovered: PlannerQuantity;
}
export class PlannerNode {
  /** @example "DC-NORTH" */
  node: string;
  /** Sources of the node that were not heard of for longer than their rule allows. Absent when none is. */
  stale?: StaleSource[];
  position: PlannerPosition;
  days: PlannerDay[];
  stock: PlannerStock;
  supplies: PlannerSupply[];
  /** All that waits for supply, and of what is held on hand the 2,000 that ship last. */
  demands: PlannerDemand[];
}
export class PlannerWatermark {
  /** @example "wms/wms-north" */
  source: string;
  /** Time of the newest fact taken from it. */
  at: string;
}
export class PlannerTimeline {
  /** @example "85123A" */
  item: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  /** When the answer was true, RFC 3339. */
  asOf: string;
  watermarks: PlannerWatermark[];
  nodes: PlannerNode[];
}
