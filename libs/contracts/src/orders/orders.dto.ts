import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  ORDER_STATUSES,
  type FulfilmentStatus,
  type HoldType,
  type OrderLineStatus,
  type OrderStatus,
  type TrackingStatus,
} from '#canonical/order';
import { AddressDto, DATE_PATTERN, ID_PATTERN, MoneyDto, POSITIVE_PATTERN } from '../values.dto';
import { type FulfilmentPolicy, PARTIAL_POLICIES } from './fulfilment-policy.dto';
import { OrderedQuantityDto, OrderTerms } from './order-terms.dto';
import { OrderFinding } from './validation.dto';

export class OrderLineRequest {
  /** Number of the line in the partner's purchase order, unique in it. @example 1 */
  @IsInt() @Min(1) @Max(99999) line: number;
  /** SKU, GTIN, or the partner's own code where a cross-reference explains it. @example "85123A" */
  @IsString() @Length(1, 64) item: string;
  @IsObject() @ValidateNested() @Type(() => OrderedQuantityDto) quantity: OrderedQuantityDto;
  /** Price the partner expects for `priceBasis` of `quantity.unit`; checked against ours. */
  @IsOptional() @ValidateNested() @Type(() => MoneyDto) unitPrice?: MoneyDto;
  /** Units that `unitPrice` is for; 1 when absent. @example "100" */
  @IsOptional() @Matches(POSITIVE_PATTERN) priceBasis?: string;
  /** Consent: approved substitutes may be delivered instead; as the order says when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
}
export class OrderCharge {
  /** @example "FREIGHT" */
  @Matches(/^[A-Z0-9_ ]{1,30}$/) code: string;
  @IsOptional() @IsString() @MaxLength(200) description?: string;
  /** Negative for an allowance. */
  @IsObject() @ValidateNested() @Type(() => MoneyDto) amount: MoneyDto;
}
/** The business content of an order, the same from every channel. */
export class OrderContent extends OrderTerms {
  /** The partner's purchase order number; with `release` unique for ever. @example "PO-10042" */
  @IsString() @Length(1, 64) purchaseOrder: string;
  /** Release of a blanket order. */
  @IsOptional() @IsString() @Length(1, 30) release?: string;
  /** One of the partner's ship-tos. @example "BRISTOL" */
  @IsString() @Length(1, 64) shipTo: string;
  /** Wanted ship day, local to the node. @example "2026-03-09" */
  @IsOptional() @Matches(DATE_PATTERN) requestedDate?: string;
  /** Ship everything together or nothing. */
  @IsOptional() @IsBoolean() shipComplete?: boolean;
  /** What may leave before the rest, when it is not as the partner's policy says. */
  @IsOptional() @IsIn(PARTIAL_POLICIES) partial?: (typeof PARTIAL_POLICIES)[number];
  /** Consent: approved substitutes may be delivered for what is not there on time; as the partner's policy says when absent. */
  @IsOptional() @IsBoolean() substitutes?: boolean;
  /** After this day (UTC) nothing more is wanted of what no node works on. @example "2026-03-20" */
  @IsOptional() @Matches(DATE_PATTERN) cancelAfter?: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => OrderLineRequest)
  lines: OrderLineRequest[];
  /** Freight, handling and the like: money, not goods. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => OrderCharge)
  charges?: OrderCharge[];
}
export class AcceptOrderRequest extends OrderContent {
  @Matches(ID_PATTERN) partner: string;
  /** Where it came in. @example "portal" */
  @Matches(/^[a-z-]{1,30}$/) channel: string;
  @IsOptional() @IsString() @MaxLength(64) correlationId?: string;
  /** A soft reservation of this partner that the order stands for: what it holds changes hands, once. */
  @IsOptional() @IsString() @Length(1, 100) reservation?: string;
}

/** Delivered in place of another item of the order, with the partner's consent. */
export class OrderSubstitution {
  /** The line that it stands for. @example 1 */
  line: number;
  /** The item that was ordered. @example "CANDLE-AMBER" */
  item: string;
  /** How much of it, base units of that item. */
  quantity: string;
}
export class OrderLineView {
  line: number;
  item: string;
  description: string;
  /** Unit the partner ordered in, and how many base units one of it holds. */
  unit: string;
  baseUnit: string;
  baseQuantityPerUnit: string;
  /** All quantities in base units: ordered = cancelled + substituted + shipped + open; backordered is the part of open that waits for stock. */
  ordered: string;
  shipped: string;
  open: string;
  cancelled: string;
  /** What other lines deliver instead; they say so in `insteadOf`. */
  substituted: string;
  backordered: string;
  status: OrderLineStatus;
  /** A line that was not ordered: a substitute. Its number is one that no partner uses. */
  insteadOf?: OrderSubstitution;
  /** Price of one base unit. */
  unitPrice?: MoneyDto;
  /** Latest promised ship day of the open part. */
  promisedDate?: string;
}
/** Why an order or a line does not proceed. It proceeds when no blocking one is left. */
export class OrderHold {
  /** Names it within its order. @example "h3" */
  id: string;
  /** What kind of decision ends it. */
  type: HoldType;
  /** @example "BACKEND_REFUSED" */
  code: string;
  detail: string;
  /** What was found, and what would have been right, where there is one. @example "56100.00 GBP" */
  seen?: string;
  /** @example "50000.00 GBP" */
  expected?: string;
  /** Whose work it is to end it. @example "credit" */
  owner: string;
  /** Who opened it: a person, or `orders` for the process itself. */
  who: string;
  /** The line that it stops; the whole order when absent. */
  line?: number;
  /** False: shown, and stops nothing. */
  blocking: boolean;
  /** RFC 3339. */
  since: string;
}
/** A hold that is over. */
export class PastOrderHold extends OrderHold {
  /** RFC 3339. */
  endedAt: string;
  endedBy: string;
  endedBecause: string;
}
export class OrderWarning {
  code: string;
  detail: string;
  pointer?: string;
}
export class OrderFulfilment {
  id: string;
  node: string;
  status: FulfilmentStatus;
}
export class OrderShipmentLine {
  line: number;
  item: string;
  /** Base units. */
  quantity: string;
}
export class OrderShipment {
  id: string;
  node: string;
  shippedAt: string;
  carrier?: string;
  trackingNumbers: string[];
  tracking?: TrackingStatus;
  lines: OrderShipmentLine[];
}
export class OrderView {
  id: string;
  partner: string;
  /** Absent while the ship-to names nothing. */
  customer?: string;
  purchaseOrder: string;
  release?: string;
  /** As sent, while it names nothing. */
  shipTo: string;
  /** Absent while the ship-to names nothing. */
  shipToAddress?: AddressDto;
  channel: string;
  status: OrderStatus;
  /** Grows with every change; basis of the ETag. */
  version: number;
  requestedDate?: string;
  shipComplete: boolean;
  lines: OrderLineView[];
  charges: OrderCharge[];
  /** Σ rounded lines + charges, at the prices in force. Absent when a line has no price. */
  total?: MoneyDto;
  /** Open now. */
  holds: OrderHold[];
  /** Over, the oldest first. */
  pastHolds: PastOrderHold[];
  warnings: OrderWarning[];
  /** What the checks found when it was accepted. */
  findings: OrderFinding[];
  fulfilments: OrderFulfilment[];
  shipments: OrderShipment[];
  /** Document number of the sales order in the ERP, once it is there. */
  erpDocument?: string;
  /** How it may be filled. */
  policy: FulfilmentPolicy;
  cancelAfter?: string;
  /** The order that this one adds to. */
  follows?: string;
  correlationId: string;
  createdAt: string;
  updatedAt: string;
}
export class AcceptOrderResponse {
  /** `changed`: a purchase order that was known has another content now. */
  outcome: 'created' | 'replayed' | 'changed';
  order: OrderView;
}
export class OrderQuery {
  @Matches(ID_PATTERN) partner: string;
  @IsString() @Length(1, 64) id: string;
}
export class ListOrdersQuery {
  /** Absent: all partners (operations only). */
  @IsOptional() @Matches(ID_PATTERN) partner?: string;
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @IsIn(ORDER_STATUSES) status?: OrderStatus;
  @IsOptional() @IsString() @Length(1, 64) purchaseOrder?: string;
}
export class OrderPage {
  orders: OrderView[];
  next?: string;
}
export class LookUpOrdersRequest {
  /** Those that do not exist are left out of the answer. */
  @IsArray() @ArrayMinSize(1) @ArrayMaxSize(500) @Length(1, 64, { each: true }) ids: string[];
}
export class OrderName {
  id: string;
  partner: string;
  /** Empty while its ship-to names nothing. */
  customer: string;
  /** The partner's own number. */
  purchaseOrder: string;
  release?: string;
  status: OrderStatus;
}
export class OrderNames {
  orders: OrderName[];
}
export class CancelLine {
  @IsInt() @Min(1) line: number;
  /** Base units; all that is open when absent. */
  @IsOptional() @Matches(POSITIVE_PATTERN) quantity?: string;
}
export class CancelOrderRequest {
  @Matches(ID_PATTERN) partner: string;
  @IsString() @Length(1, 64) id: string;
  /** Names this cancellation: the same key again answers the first result. */
  @IsString() @Length(1, 255) key: string;
  /** Version the caller saw; another one now → VERSION_STALE (precondition). */
  @IsOptional() @IsInt() @Min(1) expectedVersion?: number;
  /** All open lines when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => CancelLine)
  lines?: CancelLine[];
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class CancelOrderResponse {
  /** REQUESTED: a node already works on it and is asked; PARTIAL: something has shipped and stays. */
  outcome: 'CANCELLED' | 'PARTIAL' | 'REQUESTED' | 'NOTHING_TO_CANCEL';
  order: OrderView;
}
export class RetryHoldsRequest extends OrderQuery {
  /** Who retries; `operations` when absent. */
  @IsOptional() @IsString() @Length(1, 100) who?: string;
  /** What was mended; written to the log. @example "customer unblocked in the ERP" */
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
/** Types that a person may open; the others are the process's own. */
const HOLD_TYPES_BY_HAND = ['CREDIT', 'VALIDATION', 'MANUAL'] as const satisfies readonly HoldType[];

/** What somebody stops, and why. */
export class HoldReasonRequest {
  /** CREDIT keeps no stock: when it is released the promise is made anew. */
  @IsIn(HOLD_TYPES_BY_HAND) type: (typeof HOLD_TYPES_BY_HAND)[number];
  /** @example "CUSTOMER_ASKED_TO_WAIT" */
  @Matches(/^[A-Z0-9_ ]{1,30}$/) code: string;
  @IsString() @Length(1, 500) detail: string;
  /** Whose work it is to end it; by type when absent. @example "credit" */
  @IsOptional() @Matches(/^[a-z-]{1,30}$/) owner?: string;
  /** The line to stop; the whole order when absent. */
  @IsOptional() @IsInt() @Min(1) line?: number;
  /** Default true; false only shows it. */
  @IsOptional() @IsBoolean() blocking?: boolean;
}
export class HoldOrderRequest extends HoldReasonRequest {
  @Matches(ID_PATTERN) partner: string;
  @IsString() @Length(1, 64) id: string;
  /** Who stops it. @example "key_7f3a" */
  @IsString() @Length(1, 100) who: string;
}
export class ReleaseHoldRequest extends OrderQuery {
  /** Id of the hold. @example "h3" */
  @IsString() @Length(1, 20) hold: string;
  @IsString() @Length(1, 100) who: string;
  /** @example "credit given by phone" */
  @IsString() @Length(1, 200) why: string;
}
export class OrderSummaryQuery {}
export class StatusCount {
  status: OrderStatus;
  count: number;
}
export class OrderSummary {
  statuses: StatusCount[];
  /** Orders that are neither terminal, nor explained by a hold or backorder, nor in progress with a live job or an awaited warehouse answer. */
  unexplained: number;
}
