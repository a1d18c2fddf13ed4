import { setTimeout as sleep } from 'node:timers/promises';
import { messagingMigrations } from '#messaging/migrations';
import type { Job } from '#messaging/jobs';
import { Log } from '#service/logging';
import { testMessaging } from '#testing/messaging';
import { testDatabase } from '#testing/postgres';
import { exceptionsMigrations } from '../migrations/migrations';
import { WatchDeadWork } from '../src/dead-work/watch-dead-work';
import { EvidenceService } from '../src/evidence.service';
import { ExceptionsService } from '../src/exceptions.service';
import { ExceptionEvents } from '../src/in/events/exception-events';
import { TimelineEvents } from '../src/in/events/timeline-events';
import { ActOnExceptions } from '../src/keep-exception/act';
import { KeepExceptions } from '../src/keep-exception/keep-exceptions';
import { Timelines } from '../src/timeline/timelines';
import { WatchDue } from '../src/watch-due/watch-due';

/** The app on a real database and real messaging. `work` is a queue whose jobs do what `carryOut` says. */
export async function exceptionsHarness(carryOut: (job: Job) => Promise<void>) {
  const ground = await testDatabase(messagingMigrations, exceptionsMigrations);
  const { database } = ground;
  const messaging = testMessaging(database, { pollSeconds: 0.1 });
  const { jobs, operations, outbox, subscriptions, inbox } = messaging;
  const keep = new KeepExceptions();
  const watch = new WatchDeadWork(database, jobs, operations, keep, { deadWorkSeconds: 1, archiveDays: 90 });
  const act = new ActOnExceptions(database, outbox, inbox, operations);
  const service = new ExceptionsService(database, act);
  const evidence = new EvidenceService(database, new Timelines(database));
  new ExceptionEvents(subscriptions, keep).onModuleInit();
  new TimelineEvents(subscriptions).onModuleInit();
  watch.onModuleInit();
  const due = new WatchDue(database, jobs, outbox, new Log(), { deadWorkSeconds: 1, archiveDays: 90 });
  due.onModuleInit();
  for (const queue of ['work', 'test.map']) jobs.handle(queue, carryOut, { maxAttempts: 1 });
  await messaging.start();
  await watch.onApplicationBootstrap();
  await due.onApplicationBootstrap();
  return {
    ...{ database, messaging, service, evidence, inbox },
    publish: async (...events: Parameters<typeof outbox.publish>[1][number][]) => {
      await outbox.publish(database, events);
      await messaging.drain();
    },
    close: async () => {
      await messaging.stop();
      await ground.close();
    },
  };
}

/** Asks until it is as wanted. */
export async function eventually<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)}`);
    await sleep(50);
  }
}
