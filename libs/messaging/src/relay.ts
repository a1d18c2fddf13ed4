import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { crashPoint } from '#persistence/crash-point';
import { Database } from '#persistence/database';
import { gatherPause } from './gather-pause';
import { Jobs } from './jobs';
import type { RecordOutcome } from './jobs';
import { Listener } from './listener';
import { outboxChannel } from './outbox';
import * as store from './relay.store';
import { Subscriptions } from './subscriptions';
import { Wake } from './wake';

export interface RelaySettings {
  /** Days a dispatched event stays, for replay; default 7. */
  retentionDays?: number;
  /** Default 250. */
  pollMilliseconds?: number;
}

export const RELAY_SETTINGS = Symbol('RELAY_SETTINGS');
const roundSize = 500;
const retentionQueue = 'messaging.retention';

/** Carries events from the outbox to the queues of their subscribers. Any process can; one at a time does. */
@Injectable()
export class Relay implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('relay');
  private readonly wakeUp = new Wake();
  private readonly ring = (): void => this.wakeUp.ring();
  private readonly poll: number;
  private readonly retentionDays: number;
  private loop: Promise<void> | undefined;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
    private readonly jobs: Jobs,
    private readonly subscriptions: Subscriptions,
    @Optional() @Inject(RELAY_SETTINGS) settings?: RelaySettings,
  ) {
    this.poll = settings?.pollMilliseconds ?? 250;
    this.retentionDays = settings?.retentionDays ?? 7;
  }

  onModuleInit(): void {
    this.jobs.handle(retentionQueue, () => this.forgetOld(), { concurrency: 1 });
  }

  async start(): Promise<void> {
    await this.subscriptions.register();
    await this.jobs.enqueue(this.database, [{ queue: retentionQueue, key: 'outbox', payload: null, delaySeconds: 60 }]);
    this.stopping = false;
    this.listener.on(outboxChannel, this.ring);
    await this.listener.start();
    this.loop = this.serve();
  }

  async stop(): Promise<void> {
    if (!this.loop) return;
    this.stopping = true;
    this.wakeUp.ring();
    await this.loop;
    this.loop = undefined;
    this.listener.off(outboxChannel, this.ring);
    await this.listener.stop();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** One round: returns how many events went to their subscribers, 0 also when another process relays. */
  async relay(): Promise<number> {
    const relayed = await this.database.transaction(async (tx) => {
      const dispatched = await store.dispatch(tx, roundSize);
      if (dispatched > 0) {
        this.jobs.wakeAfter(tx);
        crashPoint('event.relaying');
      }
      return dispatched;
    });
    if (relayed > 0) crashPoint('event.relayed');
    return relayed;
  }

  private async serve(): Promise<void> {
    while (!this.stopping) {
      let dispatched = 0;
      try {
        dispatched = await this.relay();
      } catch (error) {
        this.log.warn(error instanceof Error ? error.message : String(error));
      }
      if (dispatched === roundSize) continue;
      // What is published within this moment goes together.
      if (dispatched > 0) await sleep(gatherPause(dispatched));
      await this.wakeUp.wait(this.poll);
    }
  }

  /** Re-arms itself in the transaction that completes it. */
  private forgetOld(): Promise<RecordOutcome> {
    return Promise.resolve(async (tx) => {
      const limit = 5_000;
      const deleted = await store.deleteOld(tx, this.retentionDays, limit);
      const delaySeconds = deleted === limit ? 1 : 600;
      await this.jobs.enqueue(tx, [{ queue: retentionQueue, key: 'outbox', payload: null, delaySeconds }]);
    });
  }
}
