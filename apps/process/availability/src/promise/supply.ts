import type { Supply, SupplyKind } from './book';
import type { Day } from './days';
import { greatest, type Micro } from './quantity';

/** A document that says what will come. */
export interface ExpectedReceipt {
  readonly id: string;
  readonly kind: SupplyKind;
  /** The date acknowledged by who sends it; counts before `requestedOn`. */
  readonly acknowledgedOn?: Day | undefined;
  readonly requestedOn: Day;
  readonly ordered: Micro;
  readonly received: Micro;
  readonly cancelled: Micro;
  /** ASN: the purchase order (line) that it announces. */
  readonly announces?: string | undefined;
  readonly expiresOn?: Day | undefined;
}

/**
 * Documents as supply (domain/atp.md §3): each counts with what is still to come, from its date plus the days until goods can be
 * picked. What an open ASN announces is no longer expected from its purchase order: the two are never added (E7c).
 */
export function suppliesOf(receipts: readonly ExpectedReceipt[], bufferDays: number): Supply[] {
  const announced = new Map<string, Micro>();
  for (const receipt of receipts)
    if (receipt.announces !== undefined)
      announced.set(receipt.announces, (announced.get(receipt.announces) ?? 0n) + openOf(receipt));
  return receipts.flatMap(({ id, kind, acknowledgedOn, requestedOn, expiresOn, ...quantities }) => {
    const quantity = openOf(quantities) - (announced.get(id) ?? 0n);
    const day = (acknowledgedOn ?? requestedOn) + bufferDays;
    return quantity > 0n ? [{ id, kind, day, quantity, ...(expiresOn === undefined ? {} : { expiresOn }) }] : [];
  });
}

/** Stock of an item at a node, in base units. */
export interface StockOnHand {
  readonly onHand: Micro;
  /** On hand but not for sale: quality control, damaged, blocked, expired. */
  readonly unusable: Micro;
  readonly allocated: Micro;
  readonly reserved: Micro;
  readonly safety: Micro;
}

/** What a book starts from. Safety stock is withheld here and nowhere else. May be negative. */
export function freeOf({ onHand, unusable, allocated, reserved, safety }: StockOnHand): Micro {
  return onHand - unusable - allocated - reserved - safety;
}

function openOf({ ordered, received, cancelled }: Pick<ExpectedReceipt, 'ordered' | 'received' | 'cancelled'>): Micro {
  return greatest(ordered - received - cancelled, 0n);
}
