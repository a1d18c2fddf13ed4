import { Injectable } from '@nestjs/common';
import type { CrossdockEvent } from '#canonical/event';
import { Database } from '#persistence/database';
import type { Transaction } from '#persistence/database';
import { Jobs } from './jobs';
import type { Job, RecordOutcome } from './jobs';
import * as store from './relay.store';

export type EventHandler<T> = (event: CrossdockEvent<T>) => Promise<RecordOutcome | void>;
export type EventBatchHandler<T> = (events: readonly CrossdockEvent<T>[], tx: Transaction) => Promise<void>;

export interface SubscribeOptions {
  /** What a subscription that did not exist before gets first: default nothing, or all events still kept. */
  from?: 'now' | 'beginning';
}

export interface BatchSubscribeOptions extends SubscribeOptions {
  /**
   * Takes the locks that the handlers of these events need, before any handler of the set runs: handlers that lock one after the
   * other in one transaction would lock in any order, and two transactions could wait for each other. Registered for several types,
   * it is called once for the events of all of them.
   */
  readonly lock?: EventBatchHandler<never>;
}

interface Subscription {
  readonly subscriber: string;
  readonly type: string;
  readonly queue: string;
  readonly from: 'now' | 'beginning';
}

/**
 * Who wants to know what. Each subscriber has one queue for single events and one for batches; within a queue the
 * events of a partition key arrive in order, whatever their types. The effect commits with the completion: on the
 * database it happens once per subscriber and event. Type `*` is every event.
 */
@Injectable()
export class Subscriptions {
  private readonly single = new Map<string, Map<string, EventHandler<never>>>();
  private readonly batched = new Map<string, Map<string, EventBatchHandler<never>>>();
  private readonly locks = new Map<string, Map<string, EventBatchHandler<never>>>();
  private readonly wanted: Subscription[] = [];

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
  ) {}

  /** Handles events one at a time: outside call first, then what to record. Register in `onModuleInit`. */
  each<T>(subscriber: string, type: string, handler: EventHandler<T>, options: SubscribeOptions = {}): void {
    let handlers = this.single.get(subscriber);
    if (!handlers) {
      handlers = new Map();
      this.single.set(subscriber, handlers);
      this.jobs.handle(queueOf(subscriber), (job) => this.one(subscriber, eventOf(job)));
    }
    add(handlers, subscriber, type, handler);
    this.wanted.push({ subscriber, type, queue: queueOf(subscriber), from: options.from ?? 'now' });
  }

  /**
   * Handles many events in one transaction, for projections that touch only the database: those of a partition key in order. What is
   * registered for several types is called once for events of all of them.
   */
  batch<T>(subscriber: string, type: string, handler: EventBatchHandler<T>, options: BatchSubscribeOptions = {}): void {
    let handlers = this.batched.get(subscriber);
    if (!handlers) {
      handlers = new Map();
      this.batched.set(subscriber, handlers);
      this.jobs.handleBatch(batchQueueOf(subscriber), (jobs, tx) => this.many(subscriber, jobs.map(eventOf), tx));
    }
    add(handlers, subscriber, type, handler);
    if (options.lock) {
      const locks = this.locks.get(subscriber) ?? new Map<string, EventBatchHandler<never>>();
      this.locks.set(subscriber, locks.set(type, options.lock));
    }
    this.wanted.push({ subscriber, type, queue: batchQueueOf(subscriber), from: options.from ?? 'now' });
  }

  /** Makes the subscriptions of this process known to every relay. */
  async register(): Promise<void> {
    for (const { subscriber, type, queue, from } of this.wanted) {
      await this.database.transaction(async (tx) => {
        // Between two rounds of the relay, so that no event falls between what is dispatched and what is replayed.
        await store.lockRelay(tx);
        const isNew = await store.register(tx, subscriber, type, queue);
        if (isNew && from === 'beginning') await store.replay(tx, subscriber, '0', type);
      });
    }
  }

  /** Ends a subscription for good: for a subscriber that left the code. What waits in its queue stays there. */
  async retire(subscriber: string, type: string): Promise<void> {
    await store.retire(this.database, subscriber, type);
  }

  /** Sends a subscriber all it subscribes to again, from this outbox id on. Returns the number of events. */
  async replay(subscriber: string, fromId: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const replayed = await store.replay(tx, subscriber, fromId);
      this.jobs.wakeAfter(tx);
      return replayed;
    });
  }

  private async one(subscriber: string, event: CrossdockEvent<never>): Promise<RecordOutcome | void> {
    const handlers = this.single.get(subscriber);
    return handlerFor(handlers, subscriber, event.type)(event);
  }

  /** What one handler takes goes to it together, as far as the order within partition keys allows. */
  private async many(subscriber: string, events: readonly CrossdockEvent<never>[], tx: Transaction): Promise<void> {
    const handlers = this.batched.get(subscriber);
    await this.lock(subscriber, events, tx);
    let left = events;
    for (let [first] = left; first; [first] = left) {
      const handler = handlerFor(handlers, subscriber, first.type);
      const isOwn = ({ type }: CrossdockEvent<never>): boolean => handlerFor(handlers, subscriber, type) === handler;
      const { taken, rest } = firstOf(left, isOwn);
      await handler(taken, tx);
      left = rest;
    }
  }

  private async lock(subscriber: string, events: readonly CrossdockEvent<never>[], tx: Transaction): Promise<void> {
    const locks = this.locks.get(subscriber);
    for (const lock of new Set(locks?.values())) {
      const own = events.filter(({ type }) => locks?.get(type) === lock);
      if (own.length > 0) await lock(own, tx);
    }
  }
}

/** Those that are wanted and have nothing else of their partition key before them. */
function firstOf<T extends CrossdockEvent>(
  events: readonly T[],
  isWanted: (event: T) => boolean,
): { taken: T[]; rest: T[] } {
  const behind = new Set<string>();
  const taken: T[] = [];
  const rest: T[] = [];
  for (const event of events) {
    if (isWanted(event) && !behind.has(event.partitionkey)) taken.push(event);
    else {
      behind.add(event.partitionkey);
      rest.push(event);
    }
  }
  return { taken, rest };
}

function queueOf(subscriber: string): string {
  return `events.${subscriber}`;
}

function batchQueueOf(subscriber: string): string {
  return `events.${subscriber}.batch`;
}

function eventOf(job: Job): CrossdockEvent<never> {
  return job.payload as CrossdockEvent<never>;
}

function add<H>(handlers: Map<string, H>, subscriber: string, type: string, handler: H): void {
  if (handlers.has(type)) throw new Error(`${subscriber} subscribes twice to ${type}`);
  handlers.set(type, handler);
}

function handlerFor<H>(handlers: ReadonlyMap<string, H> | undefined, subscriber: string, type: string): H {
  const handler = handlers?.get(type) ?? handlers?.get('*');
  if (!handler) throw new Error(`${subscriber} no longer handles ${type}`);
  return handler;
}
