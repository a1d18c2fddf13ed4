import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBook } from '../out/book.store';
import { changesSince, versionsOf, type FeedCursor, type ItemVersion } from '../out/feed.store';
import { NodeDirectory } from '../out/node-directory';
import { quotasOf } from '../out/quota.store';
import { sellable, type Sellable } from '../promise/sellable';

/** What a channel may sell of an item, and the version of the item that this was true of. */
export interface ChannelNumber extends ItemVersion, Sellable {}

export interface ChangedNumbers {
  readonly changes: readonly ChannelNumber[];
  /** Behind the last of them; undefined when there is none. */
  readonly next: FeedCursor | undefined;
  readonly more: boolean;
}

/** The numbers channels are told. */
@Injectable()
export class ChannelNumbers {
  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  /** Items that changed since the cursor, each once with its present number. */
  changedSince(cursor: FeedCursor, limit: number, channel: string | undefined): Promise<ChangedNumbers> {
    return this.inOneSnapshot(async (tx) => {
      const found = await changesSince(tx, cursor, limit + 1);
      const page = found.slice(0, limit);
      const changes = await this.numbers(tx, page, channel);
      return { changes, next: page.at(-1), more: found.length > limit };
    });
  }

  /** The present numbers of items. Those never seen are absent. */
  of(items: readonly string[], channel: string | undefined): Promise<ChannelNumber[]> {
    return this.inOneSnapshot(async (tx) => this.numbers(tx, await versionsOf(tx, items), channel));
  }

  private async numbers(
    tx: Transaction,
    versions: readonly ItemVersion[],
    channel: string | undefined,
  ): Promise<ChannelNumber[]> {
    if (versions.length === 0) return [];
    const items = versions.map(({ item }) => item);
    const reading = await loadBook(tx, items, this.config);
    const quotas = await quotasOf(tx, items);
    const book = reading.bookFor(await this.nodes.at(reading.asOf));
    return versions.map(({ item, version, changedAt }) => ({
      ...{ item, version, changedAt },
      ...sellable(book.get(item) ?? [], quotas.get(item) ?? [], channel),
    }));
  }

  /** A version must never stand beside a number of another one: a receiver would keep the wrong one for good. */
  private async inOneSnapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    await this.nodes.nodes();
    return this.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      return work(tx);
    });
  }
}
