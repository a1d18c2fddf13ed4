import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '#canonical/list-cursor';
import type { SequenceRange, SourcePage, SourcesQuery, SourceStream, SourceView } from '#contracts/availability/ledger.dto'; // prettier-ignore
import { Database } from '#persistence/database';
import { kindOf, statable } from '../ledger/authority';
import { frontier, holes, rangesOf, type Range } from '../ledger/ranges';
import { streamsOfSources, type SourceRow } from '../out/source-page.store';

const DEFAULT_LIMIT = 100;
const LIST = 'sources';

/** Who tells us about stock, and how far each has come. */
@Injectable()
export class Sources {
  constructor(private readonly database: Database) {}

  /** Errors: CURSOR_INVALID (invalid). */
  async page({ cursor, limit = DEFAULT_LIMIT }: SourcesQuery): Promise<SourcePage> {
    const [after = ''] = decodeCursor(cursor, ['text'], LIST, {}) ?? [];
    const rows = await streamsOfSources(this.database, after, limit + 1);
    const views = new Map<string, SourceView>();
    for (const row of rows) {
      const { source } = row;
      const kind = kindOf(source);
      const view = views.get(source) ?? { source, kind, authority: statable(kind), streams: [] };
      view.streams.push(streamOf(row));
      views.set(source, view);
    }
    const sources = [...views.values()].slice(0, limit);
    const last = sources.at(-1);
    return { sources, ...(last && views.size > limit && { next: encodeCursor([last.source], LIST, {}) }) };
  }
}

function streamOf({ base, seen, givenUp, ...row }: SourceRow): SourceStream {
  const known = rangesOf(seen);
  const first = base === null ? undefined : Number(base);
  return {
    node: row.node,
    lastAt: row.lastAt,
    ...(first !== undefined && { sequence: frontier(known, first) }),
    missing: first === undefined ? [] : holes(known, first).map(rangeOf),
    ...(row.gapSince !== null && { gapSince: row.gapSince }),
    held: row.held,
    asks: row.asks,
    ...(row.alertedAt !== null && { alertedAt: row.alertedAt }),
    givenUp: rangesOf(givenUp).map(rangeOf),
  };
}

function rangeOf([from, to]: Range): SequenceRange {
  return { from, to };
}
