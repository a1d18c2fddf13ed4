import { Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { RefusedFactPage, RefusedFactsQuery } from '#contracts/availability/source-rules.dto';
import { Database } from '#persistence/database';
import { refusedFacts, type RefusedKey } from '../out/refused-fact.store';

const DEFAULT_LIMIT = 100;
const START: RefusedKey = { at: 'infinity', source: '', record: '' };

/** What was stated without authority. */
@Injectable()
export class RefusedFacts {
  constructor(private readonly database: Database) {}

  /** Errors: CURSOR_INVALID (invalid). */
  async page({ source, cursor, limit = DEFAULT_LIMIT }: RefusedFactsQuery): Promise<RefusedFactPage> {
    const after = cursor === undefined ? START : keyOf(cursor);
    const rows = await refusedFacts(this.database, source, after, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      facts: page.map(({ messageId, ...row }) => ({ ...row, ...(messageId !== null && { messageId }) })),
      ...(last && rows.length > limit && { next: cursorOf({ ...last, at: last.receivedAt }) }),
    };
  }
}

function cursorOf({ at, source, record }: RefusedKey): string {
  return Buffer.from(JSON.stringify([at, source, record])).toString('base64url');
}

function keyOf(cursor: string): RefusedKey {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(keys) && keys.length === 3 && keys.every((key) => typeof key === 'string')) {
      const [at = '', source = '', record = ''] = keys;
      if (!Number.isNaN(Date.parse(at))) return { at, source, record };
    }
  } catch {
    // Not one of ours, as the error below says.
  }
  throw new CrossdockError({ code: 'CURSOR_INVALID', kind: 'invalid', message: 'cursor is not one of this list' });
}
