import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import type { AvailabilityDelta } from '#contracts/availability/deltas.dto';
import { lookUpItems } from '#contracts/edge/item-lookup';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { exceptionCleared, exceptionOpened, type ExceptionIdentity } from '#contracts/events/exceptions';
import { Jobs, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Outbox } from '#messaging/outbox';
import { Database, type Transaction } from '#persistence/database';
import { availabilityConfig, type AvailabilityConfig } from '../config';
import { advanceFeed, allFeeds, feedFailed, findFeed, lockFeedState, setFeedState, type StoredFeed } from '../out/channel-feed.store'; // prettier-ignore
import { writeTolds } from '../out/told.store';
import { ChannelNumbers } from '../read/channel-numbers';
import { cursorText, deltaOf, toldBy } from '../read/deltas';
import { Receivers } from './receivers';

export const FEED_PUSH_QUEUE = 'availability.feed-push';
/** A channel that is away for weeks is told when it is back: what it has missed does not grow, only the newest counts. */
const FOR_EVER = 1_000_000;
const GONE = 410;
const APP = 'process/availability';

/**
 * One job per channel, so its batches go one after the other. Each sends the newest numbers of the items behind the cursor of the
 * feed and, when they are acknowledged, moves the cursor in the transaction that completes the job. A process that dies
 * between the two leaves the cursor where it was: the same items are sent again, none is lost.
 */
@Injectable()
export class FeedPush implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly numbers: ChannelNumbers,
    private readonly receivers: Receivers,
    private readonly reference: ReferenceApi,
    private readonly outbox: Outbox,
    @Inject(availabilityConfig.token) private readonly config: AvailabilityConfig,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(FEED_PUSH_QUEUE, (job) => this.push((job.payload as { channel: string }).channel), {
      concurrency: 32,
      maxAttempts: FOR_EVER,
      maxBackoffSeconds: 300,
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    const active = (await allFeeds(this.database)).filter(({ state }) => state === 'ACTIVE');
    await this.jobs.enqueue(this.database, active.map(({ channel }) => look(channel, 0))); // prettier-ignore
  }

  /**
   * Looks at once, also when it waits for its next try. The change of the feed is committed before: a job that ends right now
   * either sees it and goes on, or has ended when the new one is enqueued.
   */
  async wake(channel: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.jobs.cancel(tx, FEED_PUSH_QUEUE, channel);
      await this.jobs.enqueue(tx, [look(channel, 0)]);
    });
  }

  private async push(channel: string): Promise<RecordOutcome> {
    const feed = await findFeed(this.database, channel);
    if (feed?.state !== 'ACTIVE') return (tx) => this.again(tx, channel, 0);
    try {
      return await this.pushOn(feed);
    } catch (error) {
      if (isGone(error)) return (tx) => this.stop(tx, channel);
      const message = error instanceof Error ? error.message : String(error);
      await this.failed(feed, message);
      const retryAfter = error instanceof CrossdockError ? error.retryAfter : undefined;
      // Whatever the receiver says, it is told again: no is not an answer to a number.
      throw new CrossdockError({ code: 'FEED_NOT_TAKEN', kind: 'unavailable', message, cause: error, ...(retryAfter === undefined ? {} : { retryAfter }) }); // prettier-ignore
    }
  }

  private async pushOn(feed: StoredFeed): Promise<RecordOutcome> {
    const { channel, by, batchSize, intervalSeconds } = feed;
    const { changes, next, more } = await this.numbers.changedSince(feed.cursor, batchSize, channel);
    if (!next) return (tx) => this.again(tx, channel, intervalSeconds);
    const deltas = changes.map((each) => deltaOf(each, by));
    await this.receivers.send(feed, { channel, changes: await this.inUnits(deltas), next: cursorText(next), more });
    return async (tx) => {
      if (await advanceFeed(tx, feed, next)) {
        await writeTolds(tx, channel, 'PUSH', deltas.flatMap(toldBy));
        if (feed.alertedAt !== undefined)
          await this.outbox.publish(tx, [exceptionCleared(APP, troubleOf(channel), 'it takes its numbers again')]);
      }
      await this.again(tx, channel, more ? 0 : intervalSeconds);
    };
  }

  /** Tells somebody once every attempt has failed for days. */
  private async failed(feed: StoredFeed, message: string): Promise<void> {
    const { channel, failingSince = '' } = feed;
    await this.database.transaction(async (tx) => {
      if (!(await feedFailed(tx, feed, message, this.config.feedAlertSeconds)) || feed.alertedAt !== undefined) return;
      const cause = `channel ${channel} has taken no numbers since ${failingSince}: ${message}`;
      const suggestedAction =
        'See whether its receiver is up and knows the secret; what it sells meanwhile is what it was last told.';
      await this.outbox.publish(tx, [
        exceptionOpened(APP, { ...troubleOf(channel), tier: 'BUSINESS', cause, suggestedAction }),
      ]);
    });
  }

  /** As the feed that is read by cursor shows them; an item that the item master does not know (yet) has no unit. */
  private async inUnits(deltas: readonly AvailabilityDelta[]): Promise<object[]> {
    const items = await lookUpItems(this.reference, deltas.map(({ item }) => item)); // prettier-ignore
    return deltas.map(({ nodes, ...delta }) => {
      const unit = items.get(delta.item)?.baseUnit;
      const quantity = (value: string) => ({ value, ...(unit === undefined ? {} : { unit }) });
      const each = nodes?.map(({ node, availableToPromise }) => ({ node, availableToPromise: quantity(availableToPromise) })); // prettier-ignore
      return { ...delta, availableToPromise: quantity(delta.availableToPromise), ...(each ? { nodes: each } : {}) };
    });
  }

  private async again(tx: Transaction, channel: string, delaySeconds: number): Promise<void> {
    if ((await lockFeedState(tx, channel)) === 'ACTIVE') await this.jobs.enqueue(tx, [look(channel, delaySeconds)]);
  }

  private async stop(tx: Transaction, channel: string): Promise<void> {
    await setFeedState(tx, channel, 'PAUSED', 'the receiver answered 410: it is gone for good');
  }
}

function troubleOf(channel: string): ExceptionIdentity {
  return { domain: 'inventory', code: 'FEED_NOT_TAKEN', object: { type: 'channel', id: channel } };
}

function look(channel: string, delaySeconds: number): NewJob {
  return { queue: FEED_PUSH_QUEUE, key: channel, payload: { channel }, delaySeconds };
}

function isGone(error: unknown): boolean {
  return error instanceof CrossdockError && error.details['status'] === GONE;
}
