import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { INVENTORY_FACTS, type InventoryFact, type InventoryPosition } from '#canonical/inventory';
import {
  CHANNEL_PATTERN,
  DATE_PATTERN,
  ID_PATTERN,
  POSITIVE_PATTERN,
  QUANTITY_PATTERN,
  SIGNED_PATTERN,
  TIME_PATTERN,
} from '../values.dto';

/** One stock fact; docs/how-to/post-inventory.md says what each moves and who may state it. Quantities are in the item's base unit. */
export class InventoryRecordDto {
  /** Unique within its source for ever: the same id again with the same content changes nothing. @example "rcpt-1001-1" */
  @IsString() @Length(1, 200) id: string;
  @Matches(ID_PATTERN) item: string;
  @Matches(ID_PATTERN) node: string;
  @IsIn(INVENTORY_FACTS) fact: InventoryFact;
  /** Base units. Negative only for ADJUSTED. For COUNTED and SNAPSHOT the absolute quantity. @example "48" */
  @Matches(SIGNED_PATTERN) quantity: string;
  /** RFC 3339 with offset: when it happened at the node. */
  @IsISO8601({ strict: true }) @Matches(TIME_PATTERN) occurredAt: string;
  /** @example "CYCLE_COUNT" */
  @IsOptional() @IsString() @MaxLength(100) reason?: string;
  /** The document behind it: a receipt, a shipment, a count. */
  @IsOptional() @IsString() @MaxLength(200) reference?: string;
  /** SHIPPED only: the reservation and line that it consumes. */
  @IsOptional() @IsString() @MaxLength(100) reservation?: string;
  @IsOptional() @IsInt() @Min(1) line?: number;
  /** Gapless number of the source for this node, when it has one. */
  @IsOptional() @IsInt() @Min(0) sequence?: number;
  /** TRANSFER_SHIPPED only: where it goes, and is in transit to until received there. */
  @IsOptional() @Matches(ID_PATTERN) toNode?: string;
  /** The lot that moves, for items that are kept by lot. @example "L-2291" */
  @IsOptional() @Matches(ID_PATTERN) lot?: string;
  /** Last day on which the lot may be used; needs `lot`. @example "2026-11-30" */
  @IsOptional() @Matches(DATE_PATTERN) expiresOn?: string;
  /** REVERSED only: the id of the record of the same source that is taken back, once and wholly. */
  @IsOptional() @IsString() @Length(1, 200) reverses?: string;
  /** The raw message it came in. @example "msg-77120" */
  @IsOptional() @IsString() @Length(1, 200) messageId?: string;
}
export class PostInventoryRequest {
  /** Who says so, e.g. `wms/wms-north`. Ids are unique within it. */
  @IsString() @Length(1, 100) source: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5000)
  @ValidateNested({ each: true })
  @Type(() => InventoryRecordDto)
  records: InventoryRecordDto[];
}
export class InventoryRecordResult {
  id: string;
  /**
   * `conflict`: the id is known with other content; nothing was changed. `held`: facts before it are missing; it counts as soon as they
   * have come or are given up.
   */
  outcome: 'applied' | 'duplicate' | 'conflict' | 'rejected' | 'held';
  /** Why it was not applied, for a program. @example "AUTHORITY_MISSING" */
  code?: string;
  /** The same for a person. */
  detail?: string;
}
export class PostInventoryResponse {
  results: InventoryRecordResult[];
}

/** Expected stock. Replaced as a whole by its id; quantity 0 removes it. */
export class SupplyDto {
  /** Purchase order line, ASN line or transfer line. @example "PO-881-1" */
  @IsString() @Length(1, 100) id: string;
  @IsIn(['PURCHASE_ORDER', 'ASN', 'TRANSFER']) kind: 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  @Matches(ID_PATTERN) item: string;
  @Matches(ID_PATTERN) node: string;
  /** Still to come, base units. An ASN replaces its purchase order's quantity: lower the order by what the ASN carries. */
  @Matches(QUANTITY_PATTERN) quantity: string;
  /** Node-local day on which it can be picked: arrival plus unloading, inspection and putaway. @example "2026-03-09" */
  @Matches(DATE_PATTERN) availableOn: string;
}
export class PutSuppliesRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => SupplyDto)
  supplies: SupplyDto[];
}
export class PutSuppliesResponse {
  stored: number;
}
export class SafetyStockDto {
  @Matches(ID_PATTERN) item: string;
  @Matches(ID_PATTERN) node: string;
  @Matches(QUANTITY_PATTERN) quantity: string;
}
export class PutSafetyStockRequest {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1000)
  @ValidateNested({ each: true })
  @Type(() => SafetyStockDto)
  levels: SafetyStockDto[];
}

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
  /** Only this node; all active nodes when absent. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Sell pack, base units: each node gives whole packs only. @example "24" */
  @IsOptional() @Matches(POSITIVE_PATTERN) multiple?: string;
  /** Nothing, or all of it on one ship day. */
  @IsOptional() @IsBoolean() complete?: boolean;
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
/** A part of a promise: so much, from there, on that day, out of this supply. */
export class PromiseSlice {
  node: string;
  quantity: string;
  /** Node-local ship day. */
  shipDate: string;
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  /** Id of the supply it is pegged to; absent for stock on hand. */
  supply?: string;
}
/** Of a kit: what one of its components adds to a slice. */
export class ComponentSlice {
  item: string;
  /** Base units of the component. */
  quantity: string;
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER';
  supply?: string;
}
/** A part of an answer. `quantity` is always of the item that was asked for. */
export class AnsweredSlice {
  node: string;
  quantity: string;
  /** Node-local day on which it leaves, by the calendar of the node. */
  shipDate: string;
  /** Day on which it arrives; only of a node that has a calendar. */
  deliveryDate?: string;
  /** LEAD_TIME: can be bought by then, no supply is known. SUBSTITUTE: another item, approved to be delivered instead. */
  basis: 'ON_HAND' | 'PURCHASE_ORDER' | 'ASN' | 'TRANSFER' | 'LEAD_TIME' | 'SUBSTITUTE';
  /** Id of the supply it is pegged to; absent for stock on hand. */
  supply?: string;
  /** SUBSTITUTE: the item that is delivered. */
  item?: string;
  /** SUBSTITUTE: how much of that item, base units. */
  itemQuantity?: string;
  /** Of a kit: what it is put together from. */
  components?: ComponentSlice[];
}
/** Why a quantity cannot be promised. The quantities of a line add up to `unpromised`. */
export class ShortfallDto {
  quantity: string;
  /**
   * What is in the way: whole packs, the channel's cap, what other channels have for themselves, the node named, the latest day, safety
   * stock, shelf life, supply that is overdue, supply beyond the horizon. NO_SUPPLY: nothing known would cover it.
   */
  reason:
    | 'PACK_ROUNDING'
    | 'CHANNEL_CAP'
    | 'CHANNEL_PROTECTED'
    | 'NODE'
    | 'LATEST_DATE'
    | 'SAFETY_STOCK'
    | 'SHELF_LIFE'
    | 'OVERDUE_SUPPLY'
    | 'HORIZON'
    | 'NO_SUPPLY';
}
/** A promise of a day that waits for supply. */
export class ExplainedDemand {
  quantity: string;
  /** The supply it is pegged to. */
  supply?: string;
}
export class ExplainedDay {
  date: string;
  supply: string;
  demand: string;
  /** Projected available balance at the end of the day, safety stock left out; negative is a shortage. */
  projected: string;
  /** Promisable on the day, to the channel asked for. */
  availableToPromise: string;
  /** On days of receipt, and today: what comes less what it has to serve until the next receipt, shortages corrected. Not for lots. */
  discrete?: string;
  /** Ids of the supply that comes. */
  supplies: string[];
  demands: ExplainedDemand[];
}
/** The day table of an item at a node, by the days on which goods can be picked. */
export class ExplainedNode {
  node: string;
  /** The item asked for, a component of it, or a substitute. */
  item: string;
  days: ExplainedDay[];
}
export class AvailabilityLine {
  item: string;
  /** False when no node has ever held or expected it. */
  known: boolean;
  /**
   * Promisable at the requested day to the channel asked for (minimum of the projection from that day to the horizon, never below 0),
   * whole packs of each node, all nodes.
   */
  availableToPromise: string;
  slices: AnsweredSlice[];
  /** Part of the wanted quantity that nothing known covers within the horizon. */
  unpromised: string;
  /** Why. Empty when everything is promised. */
  shortfalls: ShortfallDto[];
  /** When `explain` was asked for. */
  explain?: ExplainedNode[];
}
export class SourceWatermark {
  source: string;
  /** Time of the newest fact taken from this source. */
  at: string;
}
export class AvailabilityAnswer {
  /** Database time of the answer. */
  asOf: string;
  watermarks: SourceWatermark[];
  lines: AvailabilityLine[];
  /** Asked together: the ship day of the last of it. Absent while something is unpromised. */
  completeOn?: string;
}

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
  quantity: string;
  availableOn: string;
  /** Day for which it counts: later than `availableOn` when it is overdue; absent when it cannot be trusted or is beyond the horizon. */
  countsOn?: string;
  pegs: SupplyPeg[];
  /** Needed by nobody; what is not pegged and not left makes good what safety stock lacks. */
  left: string;
}
export class NodeTimeline {
  node: string;
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

export class ReserveLine {
  @IsInt() @Min(1) line: number;
  @Matches(ID_PATTERN) item: string;
  /** Base units. */
  @Matches(POSITIVE_PATTERN) quantity: string;
  /** Earliest ship day wanted; today when absent. */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Latest ship day that is good enough: what can only leave later is not covered. Any day within the horizon when absent. */
  @IsOptional() @Matches(DATE_PATTERN) latestDate?: string;
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /** Sell pack, base units: each node gives whole packs only. What waits in line is served as it comes. @example "24" */
  @IsOptional() @Matches(POSITIVE_PATTERN) multiple?: string;
}
export class ReserveRequest {
  /** Idempotency: the same id with the same content answers the first result. An order uses its own id. */
  @IsString() @Length(1, 100) reservation: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReserveLine)
  lines: ReserveLine[];
  /** ALL_OR_NOTHING refuses with INSUFFICIENT_AVAILABILITY unless every line is covered. */
  @IsIn(['PARTIAL', 'ALL_OR_NOTHING']) mode: 'PARTIAL' | 'ALL_OR_NOTHING';
  /** SOFT ends after its time to live; FIRM belongs to an order and stays until shipped or released. */
  @IsIn(['SOFT', 'FIRM']) kind: 'SOFT' | 'FIRM';
  /** SOFT only: seconds, database time; 1 to 7 days' worth, default 900. */
  @IsOptional() @IsInt() @Min(1) @Max(604800) ttlSeconds?: number;
  /** FIRM only: what cannot be promised waits in line and is allocated when stock arrives (first come, first served). */
  @IsOptional() @IsBoolean() backorder?: boolean;
  /** Nodes that must not serve it (a node that has just picked short). */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsString({ each: true }) excludeNodes?: string[];
  /**
   * The soft reservation that this one stands for, as an order for the basket it came from. In one step its stock changes hands,
   * item by item, and what is not asked for is free again: never counted twice, never taken over twice. One that has ended gives nothing.
   */
  @IsOptional() @IsString() @Length(1, 100) converts?: string;
  /** Where it was asked for. @example "PORTAL" */
  @IsOptional() @Matches(CHANNEL_PATTERN) channel?: string;
  /** Whose it is; caps count by partner. */
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  /** 1 is served first, 9 last; default 5. */
  @IsOptional() @IsInt() @Min(1) @Max(9) priority?: number;
  /**
   * What is short is taken from soft reservations of a larger priority number, the least urgent and youngest first, never from
   * firm ones. Only where policy allows it for this priority; who loses is told by an event.
   */
  @IsOptional() @IsBoolean() preempt?: boolean;
}
export class ReservedSlice extends PromiseSlice {
  /** ALLOCATED: on hand now, may be released to the node. PROMISED: waits for its supply. */
  state: 'ALLOCATED' | 'PROMISED' | 'RESERVED';
}
export class ReservedLine {
  line: number;
  item: string;
  slices: ReservedSlice[];
  /** Not covered: waiting when the request asked for backorder, else simply not reserved. */
  uncovered: string;
  /** Part of the line that came from the soft reservation named by `converts`. */
  converted?: string;
}
export class ReserveResponse {
  reservation: string;
  outcome: 'created' | 'replayed';
  lines: ReservedLine[];
  /** SOFT: when it ends. */
  expiresAt?: string;
}
export class ReleaseLine {
  @IsInt() @Min(1) line: number;
  /** Base units to free; all that is left when absent. Backordered first, then the latest promise, then allocations. */
  @IsOptional() @Matches(POSITIVE_PATTERN) quantity?: string;
  /** Only what is held at, or promised from, this node. */
  @IsOptional() @Matches(ID_PATTERN) node?: string;
  /**
   * Only this kind. ALLOCATED: stock on hand that is held. WAITING: what is promised from supply or waits in line. If the kind named
   * has meanwhile become the other, nothing is freed in its place. Both when absent.
   */
  @IsOptional() @IsIn(['WAITING', 'ALLOCATED']) held?: 'WAITING' | 'ALLOCATED';
}
export class ReleaseRequest {
  @IsString() @Length(1, 100) reservation: string;
  /** Idempotency of this release within the reservation, e.g. a cancellation's id. */
  @IsString() @Length(1, 200) key: string;
  /** All lines when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ReleaseLine)
  lines?: ReleaseLine[];
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class ReleasedLine {
  line: number;
  released: string;
}
export class ReleaseResponse {
  reservation: string;
  lines: ReleasedLine[];
}

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
export class InvariantsQuery {}
export class InvariantBreach {
  /** I1, I2 or I6 of docs/reliability.md. */
  invariant: string;
  subject: string;
  detail: string;
}
export class InvariantReport {
  checked: number;
  breaches: InvariantBreach[];
}
