import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
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
    const after = keyOf(cursor, { source });
    const rows = await refusedFacts(this.database, source, after, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      facts: page.map(({ messageId, ...row }) => ({ ...row, ...(messageId !== null && { messageId }) })),
      ...(last &&
        rows.length > limit && {
          next: encodeCursor([last.receivedAt, last.source, last.record], 'refused-facts', { source }),
        }),
    };
  }
}

/** Errors: CURSOR_INVALID (invalid). */
function keyOf(cursor: string | undefined, filter: object): RefusedKey {
  const keys = decodeCursor(cursor, ['time', 'text', 'text'], 'refused-facts', filter);
  if (keys === undefined) return START;
  const [at, source, record] = keys;
  return { at, source, record };
}
