/** Header states of domain/order-to-cash.md §2. Always derived from the lines and holds, never set by hand. */
export const ORDER_STATUSES = [
  'ACCEPTED', // recorded; reservation, ERP order and release follow
  'ON_HOLD', // waits for a person or for reference data
  'BACKORDERED', // nothing of what is open can be promised yet
  'RELEASED', // at least one node works on it
  'PARTIALLY_SHIPPED',
  'SHIPPED', // everything that is not cancelled has left
  'CANCELLED',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const ORDER_LINE_STATUSES = [
  'NEW',
  'BACKORDERED',
  'ALLOCATED',
  'RELEASED',
  'PICKED',
  'SHORT',
  'SHIPPED',
  'CANCELLED',
] as const;
export type OrderLineStatus = (typeof ORDER_LINE_STATUSES)[number];

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
