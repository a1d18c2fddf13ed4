import type { SupplyKind } from './book';
import type { Day } from './days';
import { greatest, least, type Micro } from './quantity';

/** A document that says what will come. */
export interface ExpectedReceipt {
  readonly id: string;
  readonly kind: SupplyKind;
  readonly item: string;
  readonly node: string;
  /** Day on which it can be picked. */
  readonly day: Day;
  /** Still to come by this document alone: what was stated, less what has come of it. */
  readonly open: Micro;
  /** ASN: the purchase order (line) that it announces. */
  readonly announces?: string | undefined;
}

/** Goods that have come, and the document they were received against. */
export interface Arrival {
  readonly reference: string;
  readonly item: string;
  readonly node: string;
  readonly quantity: Micro;
}

/**
 * What each document counts with (domain/atp.md §3). An ASN replaces the quantity of the purchase order that it announces, and all
 * ASNs of an order together never count more than the order still has to come: what a supplier sends beyond it, or what was received
 * against the order before its ASN was known, is nothing to promise. Where they must share, the ASNs that come last keep theirs: the
 * first are the likeliest to have come already.
 */
export function countsOf(receipts: readonly ExpectedReceipt[]): Map<string, Micro> {
  const counts = new Map(receipts.map(({ id, open }) => [id, open]));
  for (const order of receipts.filter(({ kind }) => kind === 'PURCHASE_ORDER')) {
    let left = order.open;
    for (const { id, open } of announcing(receipts, order).reverse()) {
      const part = least(open, left);
      counts.set(id, part);
      left -= part;
    }
    counts.set(order.id, left);
  }
  return counts;
}

/**
 * What is open after goods have come. What comes against an ASN has come of its order too; what comes against an order that is
 * announced has, for all we know, come of its ASNs, the earliest first.
 */
export function afterArrival(receipts: readonly ExpectedReceipt[], arrival: Arrival): ExpectedReceipt[] {
  const { reference, item, node, quantity } = arrival;
  const named = receipts.find((each) => each.id === reference && each.item === item && each.node === node);
  if (!named) return [...receipts];
  const come = new Map([[named.id, quantity]]);
  if (named.announces !== undefined) come.set(named.announces, quantity);
  let rest = quantity;
  for (const { id, open } of announcing(receipts, named)) {
    const part = least(open, rest);
    come.set(id, part);
    rest -= part;
  }
  return receipts.map((each) => {
    const gone = each.item === item ? (come.get(each.id) ?? 0n) : 0n;
    return gone === 0n ? each : { ...each, open: greatest(each.open - gone, 0n) };
  });
}

/** ASNs of an order, the earliest first. */
function announcing(receipts: readonly ExpectedReceipt[], { id, item }: ExpectedReceipt): ExpectedReceipt[] {
  const own = receipts.filter((each) => each.announces === id && each.item === item);
  return own.sort((a, b) => a.day - b.day || (a.id < b.id ? -1 : 1));
}
