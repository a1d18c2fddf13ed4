import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Jobs, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Database, type Transaction } from '#persistence/database';
import { changesSince, type FeedCursor } from '../out/feed.store';
import { touch } from '../out/item.store';
import { kits } from '../out/policy.store';
import { waiting } from '../out/slice.store';
import { FEED_START } from '../read/deltas';
import { serveKitJobs } from '../reserve/serve-kits';

export const KIT_FOLLOW_QUEUE = 'availability.feed-kits';
const EVERY_SECONDS = 5;
const AT_ONCE = 1_000;

/**
 * A kit changes when a component does, and nobody who changes a component knows of the kits. This reads the feed as any channel
 * does and puts the kits of what changed at its end: seconds later, and outside of every transaction that is waited for.
 */
@Injectable()
export class KitFollow implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(KIT_FOLLOW_QUEUE, (job) => this.follow(job.payload as FeedCursor), { concurrency: 1 });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [followFrom(FEED_START, 0)]);
  }

  /** One page; re-arms itself in the transaction that completes it. A kit of kits follows when its kit is read in turn. */
  private async follow(cursor: FeedCursor): Promise<RecordOutcome> {
    const changed = await changesSince(this.database, cursor, AT_ONCE);
    const items = new Set(changed.map(({ item }) => item));
    return async (tx) => {
      const made = items.size === 0 ? [] : [...(await kits(tx))];
      const concerned = made.filter(([, components]) => components.some((item) => items.has(item)));
      if (concerned.length > 0) await this.followed(tx, concerned.map(([kit]) => kit)); // prettier-ignore
      const delay = changed.length === AT_ONCE ? 0 : EVERY_SECONDS;
      await this.jobs.enqueue(tx, [followFrom(changed.at(-1) ?? cursor, delay)]);
    };
  }

  /** Who waits for one of these kits may get it now. */
  private async followed(tx: Transaction, made: string[]): Promise<void> {
    await touch(tx, made);
    const waited = new Set((await waiting(tx, made)).map(({ item }) => item));
    await this.jobs.enqueue(tx, serveKitJobs([...waited]));
  }
}

function followFrom({ xid, item }: FeedCursor, delaySeconds: number): NewJob {
  return { queue: KIT_FOLLOW_QUEUE, key: 'follow', payload: { xid, item }, delaySeconds };
}
