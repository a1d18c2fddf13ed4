import { Database } from '#persistence/database';
import type { TestDatabase } from '#testing/postgres';

/** A database whose `now()` is what a test says. Defaults of columns keep the real time: they were bound when the table was made. */
export interface StoppedClock {
  readonly database: Database;
  set(at: string): Promise<void>;
}

/** Before `now()` of the system, connections made from here on find ours. */
export async function stopClock({ asOwner, url }: TestDatabase, at: string): Promise<StoppedClock> {
  await asOwner('create schema clock; grant usage on schema clock to public');
  await asOwner('create table clock.stopped (at timestamptz not null); grant all on clock.stopped to public');
  await asOwner('insert into clock.stopped values ($1)', [at]);
  await asOwner('create function clock.now() returns timestamptz language sql stable as $$ select at from clock.stopped $$'); // prettier-ignore
  await asOwner(`do $$ begin
    execute format('alter database %I set search_path = clock, pg_catalog', current_database());
  end $$`);
  const database = await Database.connect({ url, poolSize: 10, applicationName: 'crossdock-test-clock' });
  const set = async (moment: string): Promise<void> => {
    await database.query('update clock.stopped set at = $1', [moment]);
  };
  return { database, set };
}
