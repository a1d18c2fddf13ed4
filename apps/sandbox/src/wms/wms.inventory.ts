import { Decimal, plain } from '#canonical/decimal';
import type { Jobs } from '#messaging/jobs';
import type { Queryable, Transaction } from '#persistence/database';
import { moveByLot, type LotMove } from './wms.lots';
import { tell } from './wms.outbound';
import * as store from './wms.store';
import { remember, toldBefore } from './wms.told';
import type { Installation } from './wms.types';

type Sign = 1 | 0 | -1;

/** How each stock fact moves what is on hand here. */
const EFFECT: Readonly<Record<string, Sign | 'SET' | undefined>> = {
  'inventory.received': 1,
  'inventory.putaway': 0,
  'inventory.quarantined': 0,
  'inventory.quarantine-released': 0,
  'inventory.quarantine-rejected': 0,
  'inventory.damaged': 0,
  'inventory.damage-cleared': 0,
  'inventory.scrapped': -1,
  'inventory.wave-released': 0,
  'inventory.pick-confirmed': 0,
  'inventory.pick-short': 0,
  'inventory.pack-completed': 0,
  'inventory.adjusted': 1,
  'inventory.counted': 'SET',
  'inventory.snapshot': 'SET',
  'inventory.transfer-shipped': -1,
  'inventory.transfer-received': 1,
  'inventory.transfer-lost': 0,
  'inventory.returned': 1,
  'inventory.return-restocked': 0,
  'inventory.return-refurbishing': 0,
  'inventory.return-scrapped': -1,
  'inventory.returned-to-vendor': -1,
};
const REVERSED = 'inventory.reversed';

export const INVENTORY_TYPES = [...Object.keys(EFFECT), REVERSED];

export interface StockLine {
  readonly item: string;
  readonly quantity: string;
  readonly reason?: string;
  readonly reference?: string;
  readonly lot?: string;
  readonly expiresOn?: string;
  readonly toNode?: string;
  /** Id of the event taken back; `id#n` for line n of several. */
  readonly reverses?: string;
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
  const moves: LotMove[] = [];
  for (const line of lines) {
    const { item, lot, expiresOn } = line;
    const row = rows.get(item) ?? { installation: id, item, onHand: '0', picked: '0' };
    const sign = type === REVERSED ? negated(await effectOfReversed(tx, installation, line)) : (EFFECT[type] ?? 0);
    const moved = sign === 'SET' ? '0' : plain(new Decimal(line.quantity).mul(sign));
    const onHand = sign === 'SET' ? new Decimal(line.quantity) : new Decimal(row.onHand).plus(moved);
    rows.set(item, { ...row, onHand: plain(onHand) });
    if (lot !== undefined && moved !== '0') moves.push({ item, lot, expiresOn, quantity: moved });
  }
  await store.saveStockRows(tx, [...rows.values()]);
  await moveByLot(tx, id, moves);
  await announce(jobs, tx, installation, type, lines);
}

/** How the event taken back has moved what is on hand; one that is not known has moved nothing. */
async function effectOfReversed(tx: Queryable, installation: Installation, { reverses = '' }: StockLine) {
  const original = await toldBefore(tx, installation, reverses.split('#', 1)[0] ?? '');
  return EFFECT[original?.type ?? ''] ?? 0;
}

function negated(sign: Sign | 'SET'): Sign {
  if (sign === 'SET' || sign === 0) return 0;
  return sign === 1 ? -1 : 1;
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
      lines: some,
    };
    await remember(tx, installation, event);
    await tell(jobs, tx, installation, [event]);
  }
}
