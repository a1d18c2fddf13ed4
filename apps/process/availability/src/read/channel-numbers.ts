import { Inject, Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { loadBookOn } from '../out/book.store';
import { changesSince, versionsOf, type FeedCursor, type ItemVersion } from '../out/feed.store';
import { NodeDirectory } from '../out/node-directory';
import { PolicyDirectory } from '../out/policy-directory';
import { policyRevision } from '../out/policy.store';
import { withKits } from '../promise/kits';
import { sellable, type Sellable } from '../promise/sellable';

/** What a channel may sell of an item, and the version of the item that this was true of. */
export interface ChannelNumber extends ItemVersion, Sellable {}

export interface ChangedNumbers {
  readonly changes: readonly ChannelNumber[];
  /** Behind the last of them; undefined when there is none. */
  readonly next: FeedCursor | undefined;
  readonly more: boolean;
}

/**
 * The numbers channels are told: for today, by the rules, kits, lots and quotas of the items. Cut-offs and calendars of nodes are left out,
 * because they would change the number of an item that does not change; where stock ships later, the answer to a query may be more.
 */
@Injectable()
export class ChannelNumbers {
  constructor(
    private readonly database: Database,
    private readonly nodes: NodeDirectory,
    private readonly policies: PolicyDirectory,
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
    const terms = this.policies.known(versions.map(({ item }) => item));
    const reading = await loadBookOn(tx, terms, this.config);
    const sources = withKits(reading.bookFor(await this.nodes.at(reading.asOf), terms), terms.kits);
    return versions.map(({ item, version, changedAt }) => ({
      ...{ item, version, changedAt },
      ...sellable(sources.get(item) ?? [], channel),
    }));
  }

  /**
   * A version must never stand beside a number of an older one: a receiver would keep the wrong one for good. So all is read in
   * one snapshot, and with policies that are at least as new as it; a newer one has a version to come.
   */
  private async inOneSnapshot<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (;;) {
      // Nothing is waited for that needs another connection while this holds one.
      await Promise.all([this.nodes.nodes(), this.policies.terms([])]);
      const result = await this.database.transaction(async (tx) => {
        await tx.query('set transaction isolation level repeatable read, read only');
        return this.policies.knows(await policyRevision(tx)) ? { value: await work(tx) } : undefined;
      });
      if (result) return result.value;
      this.policies.expire();
    }
  }
}
