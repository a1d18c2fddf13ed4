import { greatest, least, micro, text, type Micro } from '../promise/quantity';
import { hashOf, unmarked, type Hashed, type StockRecord } from './facts';

/** One item of a transfer, as one of its two nodes sees it. */
export interface TransferKey {
  readonly reference: string;
  readonly item: string;
  readonly node: string;
}

/** What the ledger knows of a transfer at a node. */
export interface TransferState extends TransferKey {
  /** On its way to the node. */
  readonly inTransit: Micro;
  /** Taken from the node because it arrived elsewhere, and not told by the node itself yet. */
  readonly implied: Micro;
}

/** Whose state has to be known: what says that it arrived from somewhere, and what says that it has left. */
export function transferKeys(records: readonly StockRecord[]): TransferKey[] {
  return records.flatMap(({ fact, reference, item, node, fromNode }) => {
    if (reference === undefined) return [];
    if (fact === 'TRANSFER_SHIPPED' || (fact === 'TRANSFER_RECEIVED' && fromNode !== undefined))
      return [{ reference, item, node }];
    return [];
  });
}

/**
 * What has arrived has left before, whether its node said so yet or not: the dispatch that is missing is implied, so that nobody is
 * promised goods that are gone, and what the node says later is matched with it, not added. In the order of the records; those
 * `known` are in the ledger already and prove nothing new.
 */
export function withImplied(
  records: readonly Hashed[],
  states: readonly TransferState[],
  known: ReadonlySet<string>,
): Hashed[] {
  const inTransit = new Map(states.map((state) => [keyOf(state), state.inTransit]));
  const implied = new Map(states.map((state) => [keyOf(state), state.implied]));
  return records.flatMap((each): Hashed[] => {
    const { record } = each;
    const { fact, reference = '', item, node, fromNode, toNode = '' } = record;
    const quantity = micro(record.quantity);
    if (known.has(record.id)) return [each];
    if (fact === 'TRANSFER_SHIPPED') {
      const own = keyOf({ reference, item, node });
      const there = keyOf({ reference, item, node: toNode });
      const matches = least(implied.get(own) ?? 0n, quantity);
      implied.set(own, (implied.get(own) ?? 0n) - matches);
      inTransit.set(there, (inTransit.get(there) ?? 0n) + quantity - matches);
      return [matches > 0n ? { ...each, marks: { ...each.marks, matches } } : each];
    }
    if (fact !== 'TRANSFER_RECEIVED' || fromNode === undefined) return [each];
    const here = keyOf({ reference, item, node });
    const coming = greatest(inTransit.get(here) ?? 0n, 0n);
    const missing = greatest(quantity - coming, 0n);
    inTransit.set(here, coming + missing - quantity);
    if (missing === 0n) return [each];
    const from = keyOf({ reference, item, node: fromNode });
    implied.set(from, (implied.get(from) ?? 0n) + missing);
    return [dispatchOf(record, fromNode, missing), { ...each, marks: { ...each.marks, implied: 'TRANSFER_SHIPPED' } }];
  });
}

function dispatchOf(receipt: StockRecord, fromNode: string, missing: Micro): Hashed {
  const { id, item, node, occurredAt, reference, lot, messageId } = receipt;
  const record: StockRecord = {
    ...{ id: `${id}#implied`, item, node: fromNode, fact: 'TRANSFER_SHIPPED', quantity: text(missing), occurredAt },
    toNode: node,
    ...(reference !== undefined && { reference }),
    ...(lot !== undefined && { lot }),
    ...(messageId !== undefined && { messageId }),
  };
  return { record, hash: hashOf(record), marks: { ...unmarked, implied: 'TRANSFER_SHIPPED' } };
}

function keyOf({ reference, item, node }: TransferKey): string {
  return [reference, item, node].join('\u001f');
}
