/**
 * The stock facts of domain/inventory.md §2. Each names the buckets it moves; `quantity` is in the base unit and its sign
 * is given by the kind, so a record is always positive except for ADJUSTED and COUNTED corrections.
 */
export const INVENTORY_FACTS = [
  'RECEIVED', // onHand + q
  'ADJUSTED', // onHand ± q, with a reason
  'SHIPPED', // goods issue: onHand − q, allocated − q
  'COUNTED', // onHand := counted at the count's own time; posted as the variance against the ledger at that time
  'TRANSFER_SHIPPED', // onHand − q at the source, inTransit + q at the destination
  'TRANSFER_RECEIVED', // inTransit − q, onHand + q
  'QUARANTINED', // usable → quarantined
  'QUARANTINE_RELEASED', // quarantined → usable
  'DAMAGED', // usable → damaged
  'RETURNED', // onHand + q, quarantined until dispositioned
  'SNAPSHOT', // rebase: what the warehouse says it held at `asOf`
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
