import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { DeltaPage, DeltasQuery } from '#contracts/availability/availability.dto';
import { Database } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBook } from '../out/book.store';
import { changesSince, type FeedCursor } from '../out/feed.store';
import { NodeDirectory } from '../out/node-directory';
import { text } from '../promise/quantity';

const DEFAULT_LIMIT = 200;

/** What changed since a reader last looked: each item once, with the value it has now. */
@Injectable()
export class Deltas {
  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Errors: CURSOR_INVALID (invalid). */
  async deltas({ since, limit = DEFAULT_LIMIT }: DeltasQuery): Promise<DeltaPage> {
    const cursor = since === undefined ? { xid: '0', item: '' } : cursorOf(since);
    await this.nodes.nodes();
    const rows = await changesSince(this.database, cursor, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    if (!last) return { changes: [], next: since ?? '0.', more: false };
    const reading = await loadBook(this.database, page.map((row) => row.item), this.config); // prettier-ignore
    const book = reading.bookFor(await this.nodes.at(reading.asOf));
    const changes = page.map(({ item, changedAt }) => {
      const nodes = book.get(item) ?? [];
      const promisable = nodes.reduce((sum, node) => sum + node.promisable(node.today), 0n);
      return { item, availableToPromise: text(promisable), changedAt };
    });
    return { changes, next: `${last.xid}.${last.item}`, more: rows.length > limit };
  }
}

function cursorOf(since: string): FeedCursor {
  const match = /^(\d{1,19})\.(.*)$/s.exec(since);
  if (!match)
    throw new CrossdockError({
      code: 'CURSOR_INVALID',
      kind: 'invalid',
      message: 'since is not a cursor of this feed',
    });
  return { xid: match[1] ?? '0', item: match[2] ?? '' };
}
