import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Inbox } from '#messaging/inbox';
import { JobOperations } from '#messaging/job-operations';
import { Jobs } from '#messaging/jobs';
import type { JobSettings } from '#messaging/jobs';
import { Listener } from '#messaging/listener';
import { Outbox } from '#messaging/outbox';
import { Relay } from '#messaging/relay';
import { Subscriptions } from '#messaging/subscriptions';
import type { Database } from '#persistence/database';
import { Log } from '#service/logging';

export interface TestMessaging {
  jobs: Jobs;
  operations: JobOperations;
  outbox: Outbox;
  subscriptions: Subscriptions;
  inbox: Inbox;
  relay: Relay;
  /** Register handlers and subscriptions first. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Waits until no event is undispatched and no job of a served queue is due, running or soon to be tried again. */
  drain(timeoutSeconds?: number): Promise<void>;
}

/** The messaging of one process, without Nest, on a database that has `messagingMigrations`. */
export function testMessaging(database: Database, settings: JobSettings = {}): TestMessaging {
  Logger.overrideLogger(new Log());
  const listener = new Listener(database);
  const jobs = new Jobs(database, listener, { leaseSeconds: 5, reapSeconds: 1, ...settings });
  const subscriptions = new Subscriptions(database, jobs);
  const relay = new Relay(database, listener, jobs, subscriptions, { pollMilliseconds: 50 });
  relay.onModuleInit();
  return {
    jobs,
    operations: new JobOperations(database, jobs),
    outbox: new Outbox(listener),
    subscriptions,
    inbox: new Inbox(database),
    relay,
    start: async () => {
      await relay.start();
      await jobs.start();
    },
    stop: async () => {
      await relay.stop();
      await jobs.stop();
    },
    drain: (timeoutSeconds = 90) => drained(database, timeoutSeconds),
  };
}

/** A job without a delay is open from its birth, also when that lies after the clock of the transaction that looks. */
async function drained(database: Database, timeoutSeconds: number): Promise<void> {
  const deadline = Date.now() + timeoutSeconds * 1000;
  for (;;) {
    const { rows } = await database.query<{ open: string }>(`
      select (select count(*) from messaging.outbox where dispatched_at is null)
           + (select count(*) from messaging.job
               where state = 'running'
                  or (state = 'ready' and (run_at <= greatest(now(), created_at) or attempts > 0))) as open`);
    if (rows[0]?.open === '0') return;
    if (Date.now() > deadline)
      throw new Error(`${rows[0]?.open ?? '?'} events or jobs still open after ${timeoutSeconds} s`);
    await sleep(20);
  }
}
