import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { DifferencesQuery } from '#contracts/availability/feeds.dto';
import { Jobs, type NewJob, type RecordOutcome } from '#messaging/jobs';
import { Database } from '#persistence/database';
import { touch } from '../out/item.store';
import { toldChannelAfter } from '../out/told.store';
import { ToldNumbers } from './told';

export const DRIFT_SWEEP_QUEUE = 'availability.feed-drift';
const EVERY_SECONDS = 900;

/**
 * Some numbers change without a change of their item: a day begins, supply does not come, a lot expires, a node is closed. What a
 * channel was told of the present version and is no longer so gets a new version, and with it its place in the feed.
 */
@Injectable()
export class DriftSweep implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly told: ToldNumbers,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(DRIFT_SWEEP_QUEUE, (job) => this.look(job.payload as Partial<DifferencesQuery>), {
      concurrency: 1,
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.enqueue(this.database, [look({}, EVERY_SECONDS)]);
  }

  /** A part of what one channel was told; re-arms itself in the transaction that completes it. */
  private async look({ channel, cursor }: Partial<DifferencesQuery>): Promise<RecordOutcome> {
    if (channel === undefined) return this.goOn([], await this.after(''));
    const asked = cursor === undefined ? { channel } : { channel, cursor };
    const { differences, next } = await this.told.differences(asked);
    // A change that has not been told yet is on its way.
    const drifted = differences.filter(({ version, presentVersion }) => version === presentVersion);
    const items = [...new Set(drifted.map(({ item }) => item))];
    return this.goOn(items, next === undefined ? await this.after(channel) : { channel, cursor: next });
  }

  private async after(channel: string): Promise<Partial<DifferencesQuery> | undefined> {
    const next = await toldChannelAfter(this.database, channel);
    return next === undefined ? undefined : { channel: next };
  }

  private goOn(drifted: readonly string[], next: Partial<DifferencesQuery> | undefined): RecordOutcome {
    return async (tx) => {
      if (drifted.length > 0) await touch(tx, drifted);
      await this.jobs.enqueue(tx, [next ? look(next, 0) : look({}, EVERY_SECONDS)]);
    };
  }
}

function look(payload: Partial<DifferencesQuery>, delaySeconds: number): NewJob {
  return { queue: DRIFT_SWEEP_QUEUE, key: 'look', payload, delaySeconds };
}
