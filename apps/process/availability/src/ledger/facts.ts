import { createHash } from 'node:crypto';
import type { InventoryFact } from '#canonical/inventory';
import { micro, text, type Micro } from '../promise/quantity';

/** One stock fact as a source states it; see `InventoryRecordDto` for the meaning of each field. */
export interface StockRecord {
  readonly id: string;
  readonly item: string;
  readonly node: string;
  readonly fact: InventoryFact;
  readonly quantity: string;
  readonly occurredAt: string;
  readonly reason?: string;
  readonly reference?: string;
  readonly reservation?: string;
  readonly line?: number;
  readonly sequence?: number;
  readonly toNode?: string;
}

/** What a fact moves, per unit of its quantity. The columns of the ledger and of the position. */
interface Effect {
  readonly onHand: 1 | 0 | -1;
  readonly quarantined: 1 | 0 | -1;
  readonly damaged: 1 | 0;
  readonly inTransit: 1 | 0 | -1;
}

const none: Effect = { onHand: 0, quarantined: 0, damaged: 0, inTransit: 0 };

/** The taxonomy of domain/inventory.md §2. Counts and snapshots move the variance, which only the ledger can tell. */
const effects: Readonly<Record<Exclude<InventoryFact, 'COUNTED' | 'SNAPSHOT'>, Effect>> = {
  RECEIVED: { ...none, onHand: 1 },
  ADJUSTED: { ...none, onHand: 1 },
  SHIPPED: { ...none, onHand: -1 },
  TRANSFER_SHIPPED: { ...none, onHand: -1 },
  TRANSFER_RECEIVED: { ...none, onHand: 1, inTransit: -1 },
  QUARANTINED: { ...none, quarantined: 1 },
  QUARANTINE_RELEASED: { ...none, quarantined: -1 },
  DAMAGED: { ...none, damaged: 1 },
  RETURNED: { ...none, onHand: 1, quarantined: 1 },
};

/** A row of the ledger to be. */
export interface Entry {
  readonly record: StockRecord;
  readonly recordId: string;
  readonly hash: string;
  readonly node: string;
  readonly quantity: string;
  readonly onHand: string;
  readonly quarantined: string;
  readonly damaged: string;
  readonly inTransit: string;
}

export function isCount(record: StockRecord): boolean {
  return record.fact === 'COUNTED' || record.fact === 'SNAPSHOT';
}

/** Why a record cannot be posted; undefined when it can. */
export function faultOf(record: StockRecord): string | undefined {
  const quantity = micro(record.quantity);
  if (record.fact === 'ADJUSTED') return undefined;
  if (quantity < 0n) return `${record.fact} must not be negative; only ADJUSTED may`;
  if (quantity === 0n && !isCount(record)) return `${record.fact} must be greater than 0`;
  return undefined;
}

/** The same fact written in another way (24 and 24.0, other offset of the same instant) has the same hash. */
export function hashOf(record: StockRecord): string {
  const content = [
    record.item,
    record.node,
    record.fact,
    text(micro(record.quantity)),
    Date.parse(record.occurredAt),
    record.reason ?? null,
    record.reference ?? null,
    record.reservation ?? null,
    record.line ?? null,
    record.sequence ?? null,
    record.toNode ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

/** The rows a record becomes: one, and for a transfer that leaves a second one, in transit to where it goes. */
export function entriesOf(record: StockRecord, hash: string): Entry[] {
  const quantity = micro(record.quantity);
  const entry = rowOf(record, record.id, hash, record.node, quantity, effectOf(record));
  if (record.fact !== 'TRANSFER_SHIPPED' || record.toNode === undefined) return [entry];
  const inTransit = { ...none, inTransit: 1 } as const;
  return [entry, rowOf(record, `${record.id}#in-transit`, hash, record.toNode, quantity, inTransit)];
}

function effectOf({ fact }: StockRecord): Effect {
  return fact === 'COUNTED' || fact === 'SNAPSHOT' ? none : effects[fact];
}

function rowOf(
  record: StockRecord,
  recordId: string,
  hash: string,
  node: string,
  quantity: Micro,
  effect: Effect,
): Entry {
  const moved = (factor: number): string => text(quantity * BigInt(factor));
  return {
    record,
    recordId,
    hash,
    node,
    quantity: text(quantity),
    onHand: moved(effect.onHand),
    quarantined: moved(effect.quarantined),
    damaged: moved(effect.damaged),
    inTransit: moved(effect.inTransit),
  };
}
