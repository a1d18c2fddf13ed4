import type { FulfilmentStatus } from '#canonical/order';
import type { ReservedLine } from '#contracts/availability/reserve.dto';
import type { Money } from '#canonical/money';
import type { OrderFinding } from '#contracts/orders/validation.dto';
import type { ShipmentConfirmed, ShipmentProgressed, WmsFulfilmentProgressed } from '#contracts/events/catalogue';
import type { ShipmentCorrected } from '#contracts/events/shipments';
import type { CancelFulfilmentResponse } from '#contracts/wms/wms.dto';
import type { Command } from './order-command';
import type { ChangeMessage, HoldReason, OrderContents, OrderedLine, OrderProgress } from './order-state';

/** What is known of an item that is held in place of the one of a line. */
export type SubstituteItem = { readonly line: number; readonly item: string } & (
  | {
      readonly description: string;
      readonly baseUnit: string;
      /** Its own price of one base unit for this customer. */
      readonly unitPrice?: Money;
      readonly weightKg?: string;
      readonly capture?: 'LOT' | 'SERIAL';
    }
  /** Why this customer may not have it. */
  | { readonly refused: string }
);

/** Everything that can happen to an accepted order. Each may come twice, late or out of order. */
export type OrderEvent = Happening & {
  /** Of the command that it answers: how often it was tried, this time included. */
  readonly tries?: number;
};

type Happening =
  | { readonly type: 'RESERVED'; readonly reservation: string; readonly lines: readonly ReservedLine[]; readonly substitutes?: readonly SubstituteItem[] } // prettier-ignore
  | { readonly type: 'STOCK_ALLOCATED'; readonly reservation: string; readonly event: string; readonly line: number; readonly node: string; readonly quantity: string; readonly substitute?: { readonly item: string; readonly quantity: string } } // prettier-ignore
  | { readonly type: 'RESERVATION_RELEASED'; readonly command: string }
  | { readonly type: 'ERP_CREATED'; readonly documentNumber: string }
  | { readonly type: 'ERP_CANCELLED'; readonly command: string }
  | { readonly type: 'NODE_TOLD'; readonly fulfilment: string }
  /** The node had been told to stop before it was told to ship. */
  | { readonly type: 'RELEASE_OVERTAKEN'; readonly fulfilment: string }
  | { readonly type: 'FULFILMENT_PROGRESSED'; readonly fulfilment: string; readonly status: FulfilmentStatus; readonly lines?: WmsFulfilmentProgressed['lines']; readonly detail?: string } // prettier-ignore
  | { readonly type: 'CANCEL_ANSWERED'; readonly fulfilment: string; readonly outcome: CancelFulfilmentResponse['outcome'] } // prettier-ignore
  | { readonly type: 'SHIPMENT_CONFIRMED'; readonly shipment: ShipmentConfirmed }
  | { readonly type: 'SHIPMENT_CORRECTED'; readonly shipment: ShipmentCorrected }
  | { readonly type: 'SHIPMENT_PROGRESSED'; readonly shipment: ShipmentProgressed }
  | { readonly type: 'CANCEL'; readonly key: string; readonly lines?: readonly { line: number; quantity?: string }[]; readonly reason?: string } // prettier-ignore
  /** Taken back before it was ever tried. */
  | { readonly type: 'WITHDRAWN'; readonly command: string }
  | { readonly type: 'COMMAND_REFUSED'; readonly command: Command; readonly code: string; readonly detail: string }
  | { readonly type: 'COMMAND_FAILED'; readonly command: Command; readonly detail: string }
  /** Somebody, or a check, stops the order or a line. */
  | { readonly type: 'HELD'; readonly reason: HoldReason }
  | { readonly type: 'HOLD_RELEASED'; readonly hold: string; readonly who: string; readonly why: string }
  | { readonly type: 'OVERDUE'; readonly detail: string }
  /** The last day for what is not with a node has passed, by the clock of the database. */
  | { readonly type: 'EXPIRED' }
  /** A dated promise cannot be kept on its day; without a new day nobody knows when. */
  | { readonly type: 'PROMISE_MOVED'; readonly reservation: string; readonly line: number; readonly item: string; readonly shipDate: string; readonly newDate?: string } // prettier-ignore
  /** Day or place agreed anew. */
  | { readonly type: 'AMENDED'; readonly amended: OrderProgress['amended'] }
  /** A change request is answered, with the order that carries what it adds. */
  | { readonly type: 'CHANGED'; readonly key: string; readonly followOn?: string; readonly message?: ChangeMessage }
  /** Codes of parked lines were looked up again: what each line is now, what was found, what holds it, and the new total. */
  | { readonly type: 'LINES_LOOKED_UP'; readonly lines: readonly OrderedLine[]; readonly findings: readonly OrderFinding[]; readonly holds: readonly HoldReason[]; readonly total?: Money } // prettier-ignore
  /** The ship-to of an order that waited for it means something: what the order is now, and what holds it. */
  | { readonly type: 'PLACED'; readonly contents: OrderContents; readonly holds: readonly HoldReason[] }
  | { readonly type: 'RETRY'; readonly who: string; readonly why: string };

export type EventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;
