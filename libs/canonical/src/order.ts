/** Header states of domain/order-to-cash.md §2. Always derived from the lines and holds, never set by hand. */
export const ORDER_STATUSES = [
  'ACCEPTED', // recorded; reservation, ERP order and release follow
  'ON_HOLD', // waits for a person or for reference data
  'BACKORDERED', // no node works on it, and some of it waits for stock that nobody has promised
  'PROMISED', // no node works on it, and all of it is on hand or promised for a day
  'RELEASED', // at least one node works on it
  'CANCEL_REQUESTED', // the nodes have been asked to give back all that is open
  'PARTIALLY_SHIPPED',
  'SHIPPED', // everything that is not cancelled has left
  'CANCELLED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const ORDER_LINE_STATUSES = [
  'NEW',
  'HELD', // a hold of this line stops it
  'BACKORDERED',
  'ALLOCATED',
  'RELEASED',
  'PICKED',
  'PACKED',
  'SHORT',
  'SHIPPED',
  'CANCELLED',
  'SUBSTITUTED', // another item is delivered instead, by a line of its own
] as const;
export type OrderLineStatus = (typeof ORDER_LINE_STATUSES)[number];

/** Why something of an order does not proceed; each names who decides about it unless the hold says otherwise. */
export const HOLD_TYPES = [
  'CREDIT', // keeps no stock: once it is released the promise is made anew
  'VALIDATION', // a rule found something that a person must look at
  'COMMAND', // a backend refused, or every try is used up
  'WAREHOUSE', // a node gave it back, or is not known
  'ANSWER', // an answer is overdue; lifts itself when it comes
  'MANUAL', // somebody stopped it
] as const;
export type HoldType = (typeof HOLD_TYPES)[number];

/** Milestones of a fulfilment order at its node, in the order in which they normally come. */
export const FULFILMENT_STATUSES = [
  'REQUESTED',
  'ACCEPTED',
  'IN_PROGRESS',
  'PICKED',
  'PACKED',
  'SHIPPED',
  'CANCELLED',
  'REJECTED',
] as const;
export type FulfilmentStatus = (typeof FULFILMENT_STATUSES)[number];

/** Where a parcel is; ranks grow, and a lower rank that arrives late changes nothing (tracking never goes backwards). */
export const TRACKING_STATUSES = [
  'LABEL_CREATED',
  'ACCEPTED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'ATTEMPTED',
  'EXCEPTION',
  'DELIVERED',
] as const;
export type TrackingStatus = (typeof TRACKING_STATUSES)[number];
