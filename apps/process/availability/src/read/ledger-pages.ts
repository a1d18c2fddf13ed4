import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { LedgerEntry, LedgerPage, LedgerQuery } from '#contracts/availability/ledger.dto';
import { Database } from '#persistence/database';
import { entriesOfItem, type LedgerKey, type LedgerRow } from '../out/ledger-page.store';

const DEFAULT_LIMIT = 100;
const START: LedgerKey = { node: '', at: '-infinity', id: '0' };

/** The history of an item's stock: each number is the sum of what stands here. */
@Injectable()
export class LedgerPages {
  constructor(private readonly database: Database) {}

  /** Errors: CURSOR_INVALID (invalid). */
  async page({ item, node, cursor, limit = DEFAULT_LIMIT }: LedgerQuery): Promise<LedgerPage> {
    const after = keyOf(cursor, { item, node });
    const rows = await entriesOfItem(this.database, { item, node, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      entries: page.map(entryOf),
      ...(last &&
        rows.length > limit && { next: encodeCursor([last.node, last.at, last.id], 'ledger', { item, node }) }),
    };
  }
}

/** Errors: CURSOR_INVALID (invalid). */
function keyOf(cursor: string | undefined, filter: object): LedgerKey {
  const keys = decodeCursor(cursor, ['text', 'time', 'number'], 'ledger', filter);
  if (keys === undefined) return START;
  const [node, at, id] = keys;
  return { node, at, id };
}

function entryOf({ at, id: _id, moved, optional, sequence, marks, ...row }: LedgerRow): LedgerEntry {
  return {
    ...row,
    occurredAt: at,
    moved,
    ...(sequence !== null && { sequence: Number(sequence) }),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)) as Partial<LedgerEntry>),
    ...(Object.fromEntries(Object.entries(marks).filter(([, value]) => value)) as Partial<LedgerEntry>),
  };
}
