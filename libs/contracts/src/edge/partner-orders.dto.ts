import type { OrderLineStatus, OrderStatus } from '#canonical/order';
import { OrderCharge, OrderWarning } from '../orders/orders.dto';
import { OrderFinding } from '../orders/validation.dto';
import { AddressDto, MoneyDto } from '../values.dto';
import { EdgeOrderHold, EdgeOrderShipment, EdgeQuantity, EdgeSubstitution } from './edge-orders.dto';

/** Orders as version 2 shows them: every quantity of a line in one unit, and each part of it with what became of it. */

export class OrderShipTo {
  /** One of your ship-tos. @example "BRISTOL" */
  code: string;
  /** Absent while the code means nothing: the order waits until it does. */
  address?: AddressDto;
}
/** The unit that a line was ordered in. */
export class OrderLinePack {
  /** UNECE Recommendation 20 unit code. @example "XCS" */
  unit: string;
  /** @example "EA" */
  baseUnit: string;
  /** Base units in one of it, decimal text. @example "12" */
  baseQuantity: string;
}
export class OrderLinePart {
  /** OPEN: promised or worked on. BACKORDERED: waits for stock. SUBSTITUTED: other lines deliver it. */
  state: 'SHIPPED' | 'OPEN' | 'BACKORDERED' | 'SUBSTITUTED' | 'CANCELLED';
  /** More than 0, in the unit of `ordered`. */
  quantity: EdgeQuantity;
}
export class PartnerOrderLine {
  /** @example 1 */
  line: number;
  /** Our item number. @example "85123A" */
  item: string;
  /** @example "White hanging heart T-light holder" */
  description: string;
  pack: OrderLinePack;
  /** In `pack.unit`; in `pack.baseUnit` when some part of the line is no exact number of packs. */
  ordered: EdgeQuantity;
  /** What became of it: together `ordered`, each state once at most, and none that is 0. */
  parts: OrderLinePart[];
  /** How far the line is, in one word; `parts` say the rest. */
  status: OrderLineStatus;
  /** A line that you did not order: it is delivered in place of another. */
  insteadOf?: EdgeSubstitution;
  /** Price of one `pack.unit`. */
  unitPrice?: MoneyDto;
  /** Latest promised ship day of what is OPEN or BACKORDERED, local to the node. @example "2026-03-09" */
  promisedDate?: string;
}
export class PartnerOrder {
  /** @example "ord_019a3b6e8f1c7d2a9b4c5d6e7f801234" */
  id: string;
  /** @example "PO-10042" */
  purchaseOrder: string;
  release?: string;
  status: OrderStatus;
  /** Grows with every change; the ETag is made of it. */
  version: number;
  shipTo: OrderShipTo;
  requestedDate?: string;
  shipComplete: boolean;
  lines: PartnerOrderLine[];
  charges: OrderCharge[];
  /** Lines rounded, then summed, and charges. Absent while a line has no price. */
  total?: MoneyDto;
  /** Why it waits, when it does. */
  holds: EdgeOrderHold[];
  /** What was accepted although it looked odd. */
  warnings: OrderWarning[];
  /** What the checks found when it was accepted: which line is held or dropped, and why. */
  findings: OrderFinding[];
  /** Quantities in the unit of their line. */
  shipments: EdgeOrderShipment[];
  createdAt: string;
  updatedAt: string;
}
export class PartnerOrderPage {
  orders: PartnerOrder[];
  /** Cursor of the next page; absent on the last. */
  next?: string;
}
export class CancelPartnerOrderResponse {
  /** REQUESTED: a warehouse already works on it and is asked; PARTIAL: something has shipped and stays. */
  outcome: 'CANCELLED' | 'PARTIAL' | 'REQUESTED' | 'NOTHING_TO_CANCEL';
  order: PartnerOrder;
}
export class ChangePartnerOrderResponse {
  /** REQUESTED: a warehouse is asked, and its answer decides; PARTIAL: some was past recall meanwhile. */
  outcome: 'APPLIED' | 'REQUESTED' | 'PARTIAL';
  /** The order that carries what was added. */
  followOn?: string;
  order: PartnerOrder;
}
