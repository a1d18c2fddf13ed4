/**
 * The stock facts of domain/inventory.md §2, each with the buckets it moves. `quantity` is in the base unit and its sign is given by
 * the kind, so a record is never negative except for ADJUSTED. Only what enters or leaves a node moves onHand.
 */
export const INVENTORY_FACTS = [
  'RECEIVED', // onHand + q
  'PUTAWAY', // nothing: another place in the same node
  'QUARANTINED', // usable → quarantined
  'QUARANTINE_RELEASED', // quarantined → usable
  'QUARANTINE_REJECTED', // quarantined → damaged
  'DAMAGED', // usable → damaged
  'DAMAGE_CLEARED', // damaged → usable
  'SCRAPPED', // onHand − q, damaged − q
  'WAVE_RELEASED', // nothing
  'PICK_CONFIRMED', // nothing: allocated until goods issue
  'PICK_SHORT', // nothing yet: what is missing is for a count to say
  'PACK_COMPLETED', // nothing
  'SHIPPED', // goods issue: onHand − q, allocated − q
  'ADJUSTED', // onHand ± q, with a reason
  'COUNTED', // onHand := counted at the count's own time; posted as the variance against the ledger at that time
  'SNAPSHOT', // rebase: what the warehouse says it held at its own time or sequence
  'TRANSFER_SHIPPED', // onHand − q at the source, inTransit + q at the destination
  'TRANSFER_RECEIVED', // inTransit − q, onHand + q
  'TRANSFER_LOST', // inTransit − q: what left and will never come
  'RETURNED', // onHand + q, quarantined until dispositioned
  'RETURN_RESTOCKED', // quarantined → usable
  'RETURN_REFURBISHING', // nothing: stays quarantined
  'RETURN_SCRAPPED', // onHand − q, quarantined − q
  'RETURNED_TO_VENDOR', // onHand − q, quarantined − q
  'VALUED', // nothing: money only
  'UNITS_CHANGED', // nothing: conversion factors of the item
  'REVERSED', // takes back another record of the same source, once and wholly
] as const;
export type InventoryFact = (typeof INVENTORY_FACTS)[number];

/** Quantities of one item at one node; names and invariants of domain/inventory.md §1. All in the base unit. */
export interface InventoryPosition {
  readonly item: string;
  readonly node: string;
  /** Physically present, whatever its quality or commitment. */
  readonly onHand: string;
  readonly quarantined: string;
  readonly damaged: string;
  readonly expired: string;
  /** onHand − quarantined − damaged − expired. */
  readonly usable: string;
  /** Hard-committed to order lines, picked included, until goods issue. */
  readonly allocated: string;
  /** Soft, bound to a time to live, not yet an order line. */
  readonly reserved: string;
  /** A policy, not stock: withheld once from every promise. */
  readonly safety: string;
  /** Shipped by a source, not received yet; in the onHand of neither. */
  readonly inTransit: string;
  /** usable − allocated − reserved. */
  readonly free: string;
}
