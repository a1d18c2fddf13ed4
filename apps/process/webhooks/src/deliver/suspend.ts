import { Injectable } from '@nestjs/common';
import type { PartnerPut } from '#contracts/events/partners';
import { Jobs } from '#messaging/jobs';
import type { Transaction } from '#persistence/database';
import { resumePending } from '../out/delivery.store';
import { resumeOf, suspendOf } from '../out/endpoint.store';
import { lockFeed } from '../out/event.store';
import { lookAt } from './lane';

/**
 * A partner that is deactivated is sent nothing; what happens meanwhile waits in its deliveries, which say so. Let in again, it gets all of
 * it, oldest first, as if its receivers had been away.
 */
@Injectable()
export class Suspend {
  constructor(private readonly jobs: Jobs) {}

  async follow(tx: Transaction, changes: readonly PartnerPut[]): Promise<void> {
    const standing = new Map(changes.map(({ partner, active }) => [partner, active]));
    // Feeds come before endpoints, everywhere.
    await lockFeed(tx, [...standing.keys()].sort());
    for (const [partner, active] of standing) {
      if (!active) {
        await suspendOf(tx, partner);
        continue;
      }
      const resumed = await resumeOf(tx, partner);
      if (resumed.length === 0) continue;
      await resumePending(tx, resumed);
      await this.jobs.enqueue(tx, resumed.map(lookAt)); // prettier-ignore
    }
  }
}
