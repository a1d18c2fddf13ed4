import { MAPPING_ADDED, type MappingAdded } from '#contracts/events/reference';
import { messagingMigrations } from '#messaging/migrations';
import { testMessaging, type TestMessaging } from '#testing/messaging';
import { testDatabase, type TestDatabase } from '#testing/postgres';
import { referenceMigrations } from '../../migrations/reference.migrations';
import { MappingsService } from '../mappings.service';
import { TellMappings } from './tell-mappings';

describe('a cross-reference with a first day to come', () => {
  let db: TestDatabase;
  let messaging: TestMessaging;
  let mappings: MappingsService;
  beforeAll(async () => {
    db = await testDatabase(messagingMigrations, referenceMigrations);
    messaging = testMessaging(db.database);
    const told = new TellMappings(messaging.outbox, messaging.jobs);
    told.onModuleInit();
    mappings = new MappingsService(db.database, told);
    await messaging.start();
  });
  afterAll(async () => {
    await messaging.stop();
    await db.close();
  });

  const one = async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
    (await db.database.query<{ value: T }>(text, values)).rows.map(({ value }) => value);
  const told = () =>
    one<MappingAdded>(`select envelope->'data' as value from messaging.outbox where type = $1 order by id`, [MAPPING_ADDED]); // prettier-ignore
  const timers = () =>
    one<string>(`select key || ' ' || to_char(run_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as value from messaging.job
                  where queue = 'reference.mappings-begin' order by key`);
  const day = async (inDays: number) =>
    (await one<string>(`select ((now() at time zone 'UTC')::date + $1::int)::text as value`, [inDays]))[0]!;
  const carrier = (external: string, validFrom: string) => ({ kind: 'CARRIER' as const, system: 'harbour', external, internal: 'UPS', validFrom }); // prettier-ignore

  it('is told when it is put and again on its first day, so that what waits for it goes on; one timer a day', async () => {
    const [today, later, latest] = [await day(0), await day(3), await day(9)];
    const rows = [carrier('NOW', today), carrier('A', later), carrier('B', later), carrier('C', latest)];
    await mappings.putMappings({ mappings: rows });
    await mappings.putMappings({ mappings: [carrier('D', later)] });
    expect(await timers()).toEqual([`${later} ${later} 00:01`, `${latest} ${latest} 00:01`]);
    await mappings.endMapping({ kind: 'CARRIER', system: 'harbour', external: 'B', lastDay: later });
    const before = (await told()).length;
    await db.database.query(`update messaging.job set run_at = now() where key = $1`, [later]);
    await messaging.drain();
    const codes = ['A', 'B', 'D'].map((external) => ({ kind: 'CARRIER', external }));
    expect((await told()).slice(before)).toEqual([{ system: 'harbour', codes }]);
    expect(await timers()).toEqual([`${latest} ${latest} 00:01`]);
  });
});
