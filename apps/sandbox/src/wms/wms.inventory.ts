import { Decimal, plain } from '#canonical/decimal';
import type { Jobs } from '#messaging/jobs';
import type { Queryable, Transaction } from '#persistence/database';
import { tell } from './wms.outbound';
import * as store from './wms.store';
import type { Installation } from './wms.types';

/** How each stock fact moves what is on hand here; those not named leave it as it is. */
const EFFECT: Readonly<Record<string, ((onHand: Decimal, quantity: Decimal) => Decimal) | undefined>> = {
  'inventory.received': (onHand, quantity) => onHand.plus(quantity),
  'inventory.returned': (onHand, quantity) => onHand.plus(quantity),
  'inventory.adjusted': (onHand, quantity) => onHand.plus(quantity),
  'inventory.counted': (_, quantity) => quantity,
  'inventory.snapshot': (_, quantity) => quantity,
};

export const INVENTORY_TYPES = [
  ...Object.keys(EFFECT),
  'inventory.quarantined',
  'inventory.quarantine-released',
  'inventory.damaged',
];

export interface StockLine {
  readonly item: string;
  readonly quantity: string;
  readonly reason?: string;
}

const LINES_PER_EVENT = 4_000;

/** Changes the shelves and tells the world. Returns the quantities on hand afterwards. */
export async function changeStock(
  jobs: Jobs,
  tx: Transaction,
  installation: Installation,
  type: string,
  lines: readonly StockLine[],
): Promise<void> {
  const { installation: id } = installation;
  const known = await store.stockOf(
    tx,
    lines.map(({ item }) => ({ installation: id, item })),
  );
  const rows = new Map(known.map((row) => [row.item, row]));
  const effect = EFFECT[type];
  for (const { item, quantity } of lines) {
    const row = rows.get(item) ?? { installation: id, item, onHand: '0', picked: '0' };
    const onHand = effect ? effect(new Decimal(row.onHand), new Decimal(quantity)) : new Decimal(row.onHand);
    rows.set(item, { ...row, onHand: plain(onHand) });
  }
  await store.saveStockRows(tx, [...rows.values()]);
  await announce(jobs, tx, installation, type, lines);
}

/** Numbers the facts without a gap, whatever else happens at the same time, and queues them. */
export async function announce(
  jobs: Jobs,
  tx: Queryable,
  installation: Installation,
  type: string,
  lines: readonly StockLine[],
): Promise<void> {
  for (let start = 0; start < lines.length; start += LINES_PER_EVENT) {
    const some = lines.slice(start, start + LINES_PER_EVENT);
    const { first, now } = await store.sequence(tx, installation.installation, some.length);
    const event = {
      id: `${installation.installation}-stock-${first}`,
      type,
      occurredAt: now.toISOString(),
      node: installation.node,
      sequence: first,
      lines: some.map(({ item, quantity, reason }) => ({ item, quantity, ...(reason !== undefined && { reason }) })),
    };
    await tell(jobs, tx, installation, [event]);
  }
}
