import { hash } from 'node:crypto';
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
  readonly fromNode?: string;
  readonly lot?: string;
  readonly expiresOn?: string;
  readonly reverses?: string;
  readonly messageId?: string;
}

/** What a fact moves, per unit of its quantity. The columns of the ledger and of the position. */
interface Effect {
  readonly onHand: 1 | 0 | -1;
  readonly quarantined: 1 | 0 | -1;
  readonly damaged: 1 | 0 | -1;
  readonly inTransit: 1 | 0 | -1;
}

const none: Effect = { onHand: 0, quarantined: 0, damaged: 0, inTransit: 0 };

/** A transfer as the node sees it to which it goes. */
const arriving: Effect = { ...none, inTransit: 1 };

/** What only the ledger can tell: the variance of a count, the buckets of the record taken back. */
const told = ['COUNTED', 'SNAPSHOT', 'REVERSED'] as const;
type Told = (typeof told)[number];

/** The taxonomy of domain/inventory.md §2. */
const effects: Readonly<Record<Exclude<InventoryFact, Told>, Effect>> = {
  RECEIVED: { ...none, onHand: 1 },
  PUTAWAY: none,
  QUARANTINED: { ...none, quarantined: 1 },
  QUARANTINE_RELEASED: { ...none, quarantined: -1 },
  QUARANTINE_REJECTED: { ...none, quarantined: -1, damaged: 1 },
  DAMAGED: { ...none, damaged: 1 },
  DAMAGE_CLEARED: { ...none, damaged: -1 },
  SCRAPPED: { ...none, onHand: -1, damaged: -1 },
  WAVE_RELEASED: none,
  PICK_CONFIRMED: none,
  PICK_SHORT: none,
  PACK_COMPLETED: none,
  SHIPPED: { ...none, onHand: -1 },
  ADJUSTED: { ...none, onHand: 1 },
  TRANSFER_SHIPPED: { ...none, onHand: -1 },
  TRANSFER_RECEIVED: { ...none, onHand: 1, inTransit: -1 },
  TRANSFER_LOST: { ...none, inTransit: -1 },
  RETURNED: { ...none, onHand: 1, quarantined: 1 },
  RETURN_RESTOCKED: { ...none, quarantined: -1 },
  RETURN_REFURBISHING: none,
  RETURN_SCRAPPED: { ...none, onHand: -1, quarantined: -1 },
  RETURNED_TO_VENDOR: { ...none, onHand: -1, quarantined: -1 },
  VALUED: none,
  UNITS_CHANGED: none,
};

/** What is to be remembered of how a record came. */
export interface Marks {
  /** After records of its source with a higher sequence. */
  readonly late: boolean;
  /** Numbers before it were given up. */
  readonly afterGap: boolean;
  /** The step before it that nobody told us and that it proves; of what is implied itself, its own fact. */
  readonly implied?: InventoryFact | 'ALLOCATED' | undefined;
  /** How much of it had been implied before it was told: that has moved already. */
  readonly matches?: Micro | undefined;
}

export const unmarked: Marks = { late: false, afterGap: false };

/** A row of the ledger to be. */
export interface Entry {
  readonly record: StockRecord;
  readonly marks: Marks;
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
    // Only where there is one: what was posted before these existed keeps its hash. The message is not content.
    ...(record.lot === undefined ? [] : ['lot', record.lot, record.expiresOn ?? null]),
    ...(record.reverses === undefined ? [] : ['reverses', record.reverses]),
    ...(record.fromNode === undefined ? [] : ['fromNode', record.fromNode]),
  ];
  return hash('sha256', JSON.stringify(content), 'base64url');
}

/** A record that is to be posted. */
export interface Hashed {
  readonly record: StockRecord;
  readonly hash: string;
  readonly marks: Marks;
}

/**
 * The rows a record becomes: one, and for a transfer that leaves a second one, in transit to where it goes. Written out field by field:
 * of 5,000 a call, what is spread from several objects costs ten times as much.
 */
export function entriesOf(hashed: Hashed): Entry[] {
  const { record } = hashed;
  const quantity = micro(record.quantity);
  const own = entryOf(hashed, quantity, effectOf(record), record.id, record.node);
  if (record.fact !== 'TRANSFER_SHIPPED' || record.toNode === undefined) return [own];
  return [own, entryOf(hashed, quantity, arriving, `${record.id}#in-transit`, record.toNode)];
}

function entryOf(
  { record, hash, marks }: Hashed,
  quantity: Micro,
  effect: Effect,
  recordId: string,
  node: string,
): Entry {
  const stated = text(quantity);
  // What an implied row has moved before does not move again.
  const rest = marks.matches === undefined ? quantity : quantity - marks.matches;
  const left = rest === quantity ? stated : text(rest);
  return {
    record,
    marks,
    recordId,
    hash,
    node,
    quantity: stated,
    onHand: moved(effect.onHand, rest, left),
    quarantined: moved(effect.quarantined, rest, left),
    damaged: moved(effect.damaged, rest, left),
    inTransit: moved(effect.inTransit, rest, left),
  };
}

function moved(factor: 1 | 0 | -1, quantity: Micro, stated: string): string {
  if (factor === 0) return '0';
  return factor > 0 ? stated : text(-quantity);
}

/** Never more usable stock than before, and no absolute statement: it may be applied whatever is missing before it. */
export function onlyTakes(record: StockRecord): boolean {
  if (isTold(record.fact)) return false;
  const { onHand, quarantined, damaged } = effects[record.fact];
  const sign = record.quantity.startsWith('-') ? -1 : 1;
  return onHand * sign <= 0 && (onHand - quarantined - damaged) * sign <= 0;
}

function isTold(fact: InventoryFact): fact is Told {
  return told.some((each) => each === fact);
}

function effectOf({ fact }: StockRecord): Effect {
  return isTold(fact) ? none : effects[fact];
}
