import type { FulfilmentStatus, OrderLineStatus, OrderStatus } from '#canonical/order';

/**
 * Where each state may lead. A later state may be the first that is heard of: the steps between are implied, so each list
 * names all that can follow. `docs/order-states.md` shows these tables; a test keeps them equal.
 */
type Moves<S extends string> = Readonly<Record<S, readonly S[]>>;

// prettier-ignore
export const ORDER_MOVES: Moves<OrderStatus> = {
  ACCEPTED: ['ON_HOLD', 'BACKORDERED', 'PROMISED', 'RELEASED', 'CANCEL_REQUESTED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED'],
  ON_HOLD: ['ACCEPTED', 'BACKORDERED', 'PROMISED', 'RELEASED', 'CANCEL_REQUESTED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED'],
  BACKORDERED: ['ACCEPTED', 'ON_HOLD', 'PROMISED', 'RELEASED', 'CANCEL_REQUESTED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED'],
  PROMISED: ['ACCEPTED', 'ON_HOLD', 'BACKORDERED', 'RELEASED', 'CANCEL_REQUESTED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED'],
  // Back: the node gave it back, or did not have it.
  RELEASED: ['ACCEPTED', 'ON_HOLD', 'BACKORDERED', 'PROMISED', 'CANCEL_REQUESTED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED'],
  CANCEL_REQUESTED: ['ACCEPTED', 'ON_HOLD', 'BACKORDERED', 'PROMISED', 'RELEASED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED'],
  // What has left does not come back: only holds, and the rest.
  PARTIALLY_SHIPPED: ['ON_HOLD', 'SHIPPED'],
  SHIPPED: [],
  CANCELLED: [],
};

// prettier-ignore
export const LINE_MOVES: Moves<OrderLineStatus> = {
  NEW: ['HELD', 'BACKORDERED', 'ALLOCATED', 'RELEASED', 'PICKED', 'PACKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  HELD: ['NEW', 'BACKORDERED', 'ALLOCATED', 'RELEASED', 'PICKED', 'PACKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  // Back to NEW: a credit hold gives up what was promised.
  BACKORDERED: ['NEW', 'HELD', 'ALLOCATED', 'RELEASED', 'PICKED', 'PACKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  ALLOCATED: ['NEW', 'HELD', 'BACKORDERED', 'RELEASED', 'PICKED', 'PACKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  RELEASED: ['NEW', 'HELD', 'BACKORDERED', 'ALLOCATED', 'PICKED', 'PACKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  // From here on: the rest of the line, when what was picked has left or was fewer.
  PICKED: ['NEW', 'HELD', 'BACKORDERED', 'ALLOCATED', 'RELEASED', 'PACKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  PACKED: ['NEW', 'HELD', 'BACKORDERED', 'ALLOCATED', 'RELEASED', 'PICKED', 'SHORT', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  SHORT: ['NEW', 'HELD', 'BACKORDERED', 'ALLOCATED', 'RELEASED', 'PICKED', 'PACKED', 'SHIPPED', 'CANCELLED', 'SUBSTITUTED'],
  SHIPPED: [],
  CANCELLED: [],
  SUBSTITUTED: [],
};

/** A report that stands before the present state is late and changes nothing; one that is not listed here is kept as a warning. */
export const FULFILMENT_MOVES: Moves<FulfilmentStatus> = {
  REQUESTED: ['ACCEPTED', 'IN_PROGRESS', 'PICKED', 'PACKED', 'SHIPPED', 'CANCELLED', 'REJECTED'],
  ACCEPTED: ['IN_PROGRESS', 'PICKED', 'PACKED', 'SHIPPED', 'CANCELLED', 'REJECTED'],
  IN_PROGRESS: ['PICKED', 'PACKED', 'SHIPPED', 'CANCELLED', 'REJECTED'],
  PICKED: ['PACKED', 'SHIPPED', 'CANCELLED', 'REJECTED'],
  PACKED: ['SHIPPED', 'CANCELLED', 'REJECTED'],
  // The rest of it, when some has left in another shipment.
  SHIPPED: ['CANCELLED', 'REJECTED'],
  CANCELLED: [],
  REJECTED: [],
};

const ORDER_OF_REPORTS = Object.keys(FULFILMENT_MOVES) as FulfilmentStatus[];

type Report = 'ADVANCES' | 'LATE' | 'UNEXPECTED';

/** What a node's report means to a fulfilment order in this state. */
export function reportIn(state: FulfilmentStatus, report: FulfilmentStatus): Report {
  if (FULFILMENT_MOVES[state].includes(report)) return 'ADVANCES';
  if (report === state || FULFILMENT_MOVES[state].length > 0) return 'LATE';
  // It is over at the node: it may have begun before, but it cannot have picked.
  return ORDER_OF_REPORTS.indexOf(report) < ORDER_OF_REPORTS.indexOf('PICKED') ? 'LATE' : 'UNEXPECTED';
}
