import type { FulfilmentStatus, HoldType, TrackingStatus } from '#canonical/order';
import type { Address } from '#canonical/party';
import type { Money } from '#canonical/money';
import type { FulfilmentPolicy } from '#contracts/orders/fulfilment-policy.dto';
import type { AcceptOrderRequest, OrderCharge, OrderLineRequest, OrderWarning } from '#contracts/orders/orders.dto';
import type { OrderFinding } from '#contracts/orders/validation.dto';
import type { Command } from './order-command';

/**
 * What was agreed when the order was accepted. It never changes: a later agreement stands in `progress.amended`. What its codes mean is
 * filled in once, when they come to mean something.
 */
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
  /** Its customer has a credit limit: what the order is worth counts. */
  readonly credit?: true;
  readonly shipComplete: boolean;
  /** How it may be filled; the house's way when absent. */
  readonly policy?: FulfilmentPolicy;
  /** Day after which nothing more is wanted that no node works on. */
  readonly cancelAfter?: string;
  /** The order that it adds to. */
  readonly follows?: string;
  /**
   * Its ship-to means nothing yet: the order as it was sent. Nobody is known to bill, so customer, currency and address are empty, every
   * line is parked, and nothing is asked of anybody.
   */
  readonly unplaced?: AcceptOrderRequest;
  readonly lines: readonly OrderedLine[];
  readonly charges: readonly OrderCharge[];
  readonly total?: Money;
  /** What the checks found; absent when nothing. */
  readonly findings?: readonly OrderFinding[];
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
  /** Its codes mean nothing yet: item, unit and quantity are as they were sent, and nothing is asked of anybody for it. */
  readonly parked?: { readonly request: OrderLineRequest };
  /** What the warehouse must record of each unit. */
  readonly capture?: 'LOT' | 'SERIAL';
  /** The partner's consent to what is approved in its place. */
  readonly substitutes?: true;
  /** It was not ordered: it stands for so much of another line, in base units of that line. */
  readonly insteadOf?: { readonly line: number; readonly quantity: string };
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
  /** Its line in the reservation, where that is another: of a substitute the line that it stands for. */
  reservedLine?: number;
  node?: string;
  fulfilment?: string;
  /** NEW and REQUESTED: nodes that must not serve it, because they have just come up short. */
  exclude?: string[];
  /** WAITING: latest day promised for it. */
  promised?: string;
  /** WAITING: the day under which availability has its promise, when the day told to the partner has moved. */
  bookedFor?: string;
}

export interface LineProgress {
  readonly line: number;
  cancelled: string;
  shipped: string;
  /** Left the node beyond what was open: recorded, because goods really left. */
  overShipped: string;
  /** Part of `cancelled` that other lines deliver instead. */
  substituted?: string;
  /** What was offered in its place may not be had: it is not asked for again. */
  refusedSubstitutes?: true;
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
  readonly substitute?: { readonly item: string; readonly quantity: string };
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
  /** What the warehouse says of it now; 1, its first word, when absent. */
  revision?: number;
  lines: { line: number; item: string; quantity: string }[];
}

/** What is known of a reason to stop when it is found. */
export interface HoldReason {
  readonly type: HoldType;
  readonly code: string;
  readonly detail: string;
  /** What was found, and what would have been right, e.g. the exposure and the limit. */
  readonly seen?: string;
  readonly expected?: string;
  /** Whose work it is to end it, e.g. `credit`; by type when absent. */
  readonly owner?: string;
  /** Who opened it: a person, or absent for the process itself. */
  readonly who?: string;
  /** Stops this line alone; the whole order when absent, and when it ships complete. */
  readonly line?: number;
  /** False: shown, and stops nothing. */
  readonly blocking?: boolean;
  /** The command that failed, whole, so that a retry sends the same again. */
  readonly command?: Command;
}

/** One reason why an order or a line does not proceed. It proceeds when no blocking one is left. */
export interface Hold extends HoldReason {
  /** Unique in the order, never used again: `h1`. */
  readonly id: string;
  /** RFC 3339. */
  readonly since: string;
  readonly owner: string;
  readonly who: string;
  readonly blocking: boolean;
}

/** A hold that is over; the command is left out, because it went out again. */
export interface PastHold extends Omit<Hold, 'command'> {
  readonly ended: { readonly at: string; readonly who: string; readonly why: string };
}

export interface Cancellation {
  readonly key: string;
  readonly outcome: 'CANCELLED' | 'PARTIAL' | 'REQUESTED' | 'NOTHING_TO_CANCEL';
}

/** A command that is over. One that is not is a job, with its tries and its next one. */
export interface EndedCommand {
  readonly key: string;
  /** OVERTAKEN: something else answered it first. */
  readonly outcome: 'DONE' | 'REFUSED' | 'FAILED' | 'WITHDRAWN' | 'OVERTAKEN';
  readonly at: string;
  readonly tries?: number;
}

/** REQUESTED: a node is asked, and its answer decides; PARTIAL: some was past recall. */
export type ChangeOutcome = 'APPLIED' | 'REQUESTED' | 'PARTIAL';

/** A message of the partner that said the order anew. */
export interface ChangeMessage {
  /** Purpose and hash of what it said. */
  readonly content: string;
  readonly sequence?: number;
}

export interface AnsweredChange {
  /** The message that asked for it; `at`: when it was taken, RFC 3339. */
  readonly message?: ChangeMessage & { readonly at: string };
  readonly key: string;
  readonly outcome: ChangeOutcome;
  /** The order that carries what was added. */
  readonly followOn?: string;
}

/** Everything about an order that moves. */
export interface OrderProgress {
  lines: LineProgress[];
  reservations: Reservation[];
  fulfilments: Fulfilment[];
  shipments: ConfirmedShipment[];
  holds: Hold[];
  /** What once held it, and who ended that and why. */
  pastHolds: PastHold[];
  warnings: OrderWarning[];
  cancellations: Cancellation[];
  /** What was agreed anew since: counts instead of what stands in the contents. */
  amended: { requestedDate?: string; shipTo?: string; shipToAddress?: Address };
  /** Change requests that were answered; the same key again answers the same. */
  changes: AnsweredChange[];
  /** Nodes that came up short, once per report. */
  shorts: { line: number; node: string; quantity: string }[];
  /** The day after which nothing more is wanted has passed, by the clock of the database. */
  expired?: true;
  erp: { state: 'NONE' | 'REQUESTED' | 'CREATED'; documentNumber?: string };
  /** Keys of commands that were given and have not answered. */
  pending: string[];
  endedCommands: EndedCommand[];
  /** Makes ids of releases, cancellations and holds; only grows. */
  counter: number;
}

export interface OrderState {
  readonly contents: OrderContents;
  readonly progress: OrderProgress;
}

/** Day and place in force: as agreed last. */
export function agreed({
  contents,
  progress,
}: OrderState): Pick<OrderContents, 'requestedDate' | 'shipTo' | 'shipToAddress'> {
  const { requestedDate, shipTo, shipToAddress } = contents;
  return { shipTo, shipToAddress, ...(requestedDate !== undefined && { requestedDate }), ...progress.amended };
}
