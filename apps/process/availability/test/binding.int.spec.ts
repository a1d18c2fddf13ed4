import { setTimeout as sleep } from 'node:timers/promises';
import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AvailabilityApi } from '#contracts/availability/availability.api';
import { ReferenceApi } from '#contracts/reference/reference.api';
import { Jobs } from '#messaging/jobs';
import { messagingMigrations } from '#messaging/migrations';
import { Outbox } from '#messaging/outbox';
import { Subscriptions } from '#messaging/subscriptions';
import { Database } from '#persistence/database';
import { Log } from '#service/logging';
import { testMessaging, type TestMessaging } from '#testing/messaging';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { AvailabilityModule, availabilityApp } from '../src/app.module';
import { fact, reservation } from './harness';

describe('the app behind its contract', () => {
  let database: TestDatabase;
  let messaging: TestMessaging;
  let availability: AvailabilityApi;

  beforeAll(async () => {
    if (!availabilityApp.migrations) throw new Error('the app has a schema');
    database = await testDatabase(messagingMigrations, availabilityApp.migrations);
    messaging = testMessaging(database.database);
    const ground = [
      { provide: Database, useValue: database.database },
      { provide: Jobs, useValue: messaging.jobs },
      { provide: Outbox, useValue: messaging.outbox },
      { provide: Subscriptions, useValue: messaging.subscriptions },
      { provide: ReferenceApi, useValue: { listNodes: () => Promise.reject(new Error('away')) } },
      { provide: Log, useValue: new Log() },
    ];
    process.env['CROSSDOCK_SECRET_KEY'] = Buffer.alloc(32, 7).toString('base64');
    @Global()
    @Module({ providers: ground, exports: ground.map(({ provide }) => provide) })
    class Ground {}
    const module = await Test.createTestingModule({ imports: [Ground, AvailabilityModule] }).compile();
    await module.init();
    availability = module.get(AvailabilityApi);
  });
  afterAll(async () => {
    await messaging.stop();
    await database.close();
  });

  test('promises and reserves also while reference data is away', async () => {
    const records = [fact({ item: 'A', fact: 'RECEIVED', quantity: '10' })];
    await availability.postInventory({ source: 'wms', records });
    const answer = await availability.query({ lines: [{ item: 'A', quantity: '4' }] });
    expect(answer.lines).toMatchObject([{ availableToPromise: '10', slices: [{ node: 'DC', quantity: '4' }] }]);
    expect(await availability.reserve(reservation('A', '4'))).toMatchObject({ outcome: 'created' });
    expect(await availability.timeline({ item: 'A', days: 3 })).toMatchObject({ nodes: [{ position: { free: '6' } }] });
    // The feed shows a change once no older transaction of the server is open; the server is shared with other tests.
    let feed = await availability.deltas({});
    const deadline = Date.now() + 90_000;
    while (feed.changes.length === 0 && Date.now() < deadline) {
      await sleep(50);
      feed = await availability.deltas({});
    }
    expect(feed).toMatchObject({ changes: [{ item: 'A', availableToPromise: '6' }] });
    expect(await availability.checkInvariants({})).toMatchObject({ breaches: [] });
  });

  test.each(['0', '-1', 'NaN', '1e3', '1.0000001', '', ' 1'])('quantity %j is refused', async (quantity) => {
    const refused = { kind: 'invalid' };
    await expect(availability.query({ lines: [{ item: 'A', quantity }] })).rejects.toMatchObject(refused);
    await expect(availability.reserve(reservation('A', quantity))).rejects.toMatchObject(refused);
  });

  test('a call with more records than allowed is refused as a whole', async () => {
    const records = Array.from({ length: 5001 }, () => fact({ item: 'A', fact: 'RECEIVED', quantity: '1' }));
    await expect(availability.postInventory({ source: 'wms', records })).rejects.toMatchObject({ kind: 'invalid' });
  });
});
