import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
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
    const after = cursor === undefined ? START : keyOf(cursor);
    const rows = await entriesOfItem(this.database, { item, node, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return { entries: page.map(entryOf), ...(last && rows.length > limit && { next: cursorOf(last) }) };
  }
}

function cursorOf({ node, at, id }: LedgerKey): string {
  return Buffer.from(JSON.stringify([node, at, id])).toString('base64url');
}

function keyOf(cursor: string): LedgerKey {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(keys) && keys.length === 3 && keys.every((key) => typeof key === 'string')) {
      const [node = '', at = '', id = ''] = keys;
      if (!Number.isNaN(Date.parse(at)) && /^\d{1,18}$/.test(id)) return { node, at, id };
    }
  } catch {
    // Not one of ours, as the error below says.
  }
  throw new CrossdockError({ code: 'CURSOR_INVALID', kind: 'invalid', message: 'cursor is not one of this list' });
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
