import type { FulfilmentStatus, TrackingStatus } from '#canonical/order';
import type { Address } from '#canonical/party';
import type { Money } from '#canonical/money';
import type { OrderCharge, OrderWarning } from '#contracts/orders/orders.dto';
import type { Command } from './order-command';

/** What was agreed when the order was accepted. It never changes. */
export interface OrderContents {
  readonly id: string;
  readonly partner: string;
  readonly customer: string;
  readonly purchaseOrder: string;
  readonly release?: string;
  readonly shipTo: string;
  readonly shipToAddress: Address;
  readonly channel: string;
  /** A soft reservation that it stands for. */
  readonly reservation?: string;
  readonly currency: string;
  readonly erpConnection: string;
  readonly requestedDate?: string;
  readonly shipComplete: boolean;
  readonly lines: readonly OrderedLine[];
  readonly charges: readonly OrderCharge[];
  readonly total?: Money;
  readonly correlationId: string;
}

/** One line as ordered; `ordered` in base units, `unitPrice` of one base unit. */
export interface OrderedLine {
  readonly line: number;
  readonly item: string;
  readonly description: string;
  readonly unit: string;
  readonly baseUnit: string;
  readonly baseQuantityPerUnit: string;
  readonly ordered: string;
  readonly unitPrice?: Money;
  readonly weightKg?: string;
}

/** Where a part of a line's open quantity stands. Stages after ALLOCATED belong to a fulfilment order. */
export type Stage =
  | 'NEW' // no reservation asked yet
  | 'REQUESTED' // the reservation is being asked
  | 'WAITING' // in line for stock, or promised from a supply to come
  | 'ALLOCATED' // stock on hand at a node is held for it
  | 'RELEASED' // a node has been told to ship it
  | 'PICKED'; // past the node's point of no return

/** A part of what is open. The parts of a line add up to its open quantity, always. */
export interface Part {
  stage: Stage;
  quantity: string;
  reservation?: string;
  node?: string;
  fulfilment?: string;
  /** NEW and REQUESTED: nodes that must not serve it, because they have just come up short. */
  exclude?: string[];
  /** WAITING: latest day promised for it. */
  promised?: string;
}

export interface LineProgress {
  readonly line: number;
  cancelled: string;
  shipped: string;
  /** Left the node beyond what was open: recorded, because goods really left. */
  overShipped: string;
  /** Part of `cancelled` that the ERP has been told of. */
  cancelledInErp: string;
  parts: Part[];
}

export interface Reservation {
  readonly id: string;
  state: 'REQUESTED' | 'HELD' | 'VOID';
  /** Allocations that arrived before the answer to the reservation itself. */
  early: Allocation[];
  /** Events already counted: the same allocation delivered again changes nothing. */
  seen: string[];
  /** Nodes that must not serve it. */
  readonly exclude: readonly string[];
}

export interface Allocation {
  readonly event: string;
  readonly line: number;
  readonly node: string;
  readonly quantity: string;
}

export interface Fulfilment {
  readonly id: string;
  readonly node: string;
  readonly wmsConnection: string;
  status: FulfilmentStatus;
  /** Base units per line that a cancellation wants back from the node; the node has not answered yet. */
  cancelling?: { line: number; quantity: string }[];
  /** What the node says it picked in all, per line. */
  picked?: { line: number; quantity: string }[];
}

export interface ConfirmedShipment {
  readonly id: string;
  readonly fulfilment: string;
  readonly node: string;
  readonly shippedAt: string;
  carrier?: string;
  trackingNumbers: string[];
  tracking?: TrackingStatus;
  /** Of the newest fact taken; an older one changes nothing. */
  version: number;
  readonly lines: { line: number; item: string; quantity: string }[];
}

/** One reason why an order does not proceed. It proceeds when there is none. */
export interface Hold {
  readonly code: string;
  readonly detail: string;
  readonly since: string;
  /** The command that failed, whole, so that a retry sends the same again. */
  readonly command?: Command;
}

export interface Cancellation {
  readonly key: string;
  readonly outcome: 'CANCELLED' | 'PARTIAL' | 'REQUESTED' | 'NOTHING_TO_CANCEL';
}

/** Everything about an order that moves. */
export interface OrderProgress {
  lines: LineProgress[];
  reservations: Reservation[];
  fulfilments: Fulfilment[];
  shipments: ConfirmedShipment[];
  holds: Hold[];
  warnings: OrderWarning[];
  cancellations: Cancellation[];
  erp: { state: 'NONE' | 'REQUESTED' | 'CREATED'; documentNumber?: string };
  /** Keys of commands that were given and have not answered. */
  pending: string[];
  /** Makes ids of releases and cancellations; only grows. */
  counter: number;
}

export interface OrderState {
  readonly contents: OrderContents;
  readonly progress: OrderProgress;
}

/** All of it is new: nothing reserved, nothing posted. */
export function newProgress(contents: OrderContents, warnings: OrderWarning[], holds: Hold[]): OrderProgress {
  return {
    lines: contents.lines.map(({ line, ordered }) => ({
      line,
      cancelled: '0',
      shipped: '0',
      overShipped: '0',
      cancelledInErp: '0',
      parts: [{ stage: 'NEW', quantity: ordered }],
    })),
    reservations: [],
    fulfilments: [],
    shipments: [],
    holds,
    warnings,
    cancellations: [],
    erp: { state: 'NONE' },
    pending: [],
    counter: 0,
  };
}
