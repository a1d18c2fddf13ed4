import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator'; // prettier-ignore
import { ORDER_STATUSES, type OrderLineStatus, type OrderStatus, type TrackingStatus } from '#canonical/order';
import { OrderCharge, OrderWarning } from '../orders/orders.dto';
import { OrderFinding } from '../orders/validation.dto';
import { AddressDto, MoneyDto, QuantityDto } from '../values.dto';

/** Orders as every audience outside sees them: quantities in the unit of the order, never in our base units. */
export class EdgeQuantity {
  /** Decimal text, 0 or more. @example "24" */
  value: string;
  /** UNECE Recommendation 20 unit code. @example "EA" */
  unit: string;
}
export class EdgeSubstitution {
  /** The line that it stands for. @example 1 */
  line: number;
  /** The item that was ordered. @example "CANDLE-AMBER" */
  item: string;
  /** How much of that item it stands for, in the unit of that line. */
  quantity: EdgeQuantity;
}
export class EdgeOrderLine {
  /** @example 1 */
  line: number;
  /** Our item number. @example "85123A" */
  item: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  /** ordered = shipped + open + cancelled + substituted. */
  ordered: EdgeQuantity;
  shipped: EdgeQuantity;
  open: EdgeQuantity;
  cancelled: EdgeQuantity;
  /** What other lines deliver instead, with your consent; they say so in `insteadOf`. */
  substituted: EdgeQuantity;
  /** Part of `open` that waits for stock. */
  backordered: EdgeQuantity;
  status: OrderLineStatus;
  /** A line that you did not order: it is delivered in place of another. */
  insteadOf?: EdgeSubstitution;
  /** Price of one `ordered.unit`. */
  unitPrice?: MoneyDto;
  /** Latest promised ship day of the open part, local to the node. @example "2026-03-09" */
  promisedDate?: string;
}
export class EdgeOrderShipmentLine {
  line: number;
  item: string;
  quantity: EdgeQuantity;
}
export class EdgeOrderShipment {
  id: string;
  node: string;
  /** RFC 3339. @example "2026-03-02T15:04:05Z" */
  shippedAt: string;
  /** @example "UPS" */
  carrier?: string;
  trackingNumbers: string[];
  tracking?: TrackingStatus;
  lines: EdgeOrderShipmentLine[];
}
/** Why something waits for a decision. Who decides is ours alone. */
export class EdgeOrderHold {
  /** @example "CREDIT_LIMIT" */
  code: string;
  detail: string;
  /** The line that waits; the whole order when absent. */
  line?: number;
  /** RFC 3339. */
  since: string;
}
export class EdgeOrder {
  /** @example "ord_019a3b6e8f1c7d2a9b4c5d6e7f801234" */
  id: string;
  /** @example "PO-10042" */
  purchaseOrder: string;
  release?: string;
  status: OrderStatus;
  /** Grows with every change; the ETag is made of it. */
  version: number;
  /** @example "BRISTOL" */
  shipTo: string;
  /** Absent while we do not know your ship-to: then the order waits, and `holds` says so. */
  shipToAddress?: AddressDto;
  requestedDate?: string;
  shipComplete: boolean;
  lines: EdgeOrderLine[];
  charges: OrderCharge[];
  /** Lines rounded, then summed, and charges. Absent while a line has no price. */
  total?: MoneyDto;
  /** Why it waits, when it does. */
  holds: EdgeOrderHold[];
  /** What was accepted although it looked odd. */
  warnings: OrderWarning[];
  /** What the checks found when it was accepted: which line is held or dropped, and why. */
  findings: OrderFinding[];
  shipments: EdgeOrderShipment[];
  createdAt: string;
  updatedAt: string;
}
export class EdgeOrderPage {
  orders: EdgeOrder[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
export class ListEdgeOrdersQuery {
  /** Opaque: `next` of the page before, with the same filters. */
  @IsOptional() @IsString() @Length(1, 500) cursor?: string;
  /** 1 to 200, default 50; more is taken as 200. */
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) limit?: number;
  @IsOptional() @IsIn(ORDER_STATUSES) status?: OrderStatus;
  /** @example "PO-10042" */
  @IsOptional() @IsString() @Length(1, 64) purchaseOrder?: string;
}
export class CancelEdgeLine {
  /** @example 1 */
  @IsInt() @Min(1) line: number;
  /** In the unit of the order line or in the item's base unit; all that is open when absent. */
  @IsOptional() @ValidateNested() @Type(() => QuantityDto) quantity?: QuantityDto;
}
export class CancelEdgeOrderRequest {
  /** Everything that is open when absent. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => CancelEdgeLine)
  lines?: CancelEdgeLine[];
  /** @example "ordered twice" */
  @IsOptional() @IsString() @MaxLength(200) reason?: string;
}
export class CancelEdgeOrderResponse {
  /** REQUESTED: a warehouse already works on it and is asked; PARTIAL: something has shipped and stays. */
  outcome: 'CANCELLED' | 'PARTIAL' | 'REQUESTED' | 'NOTHING_TO_CANCEL';
  order: EdgeOrder;
}
