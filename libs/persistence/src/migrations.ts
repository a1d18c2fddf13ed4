import * as pg from 'pg';
import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';
import { clientConfig, dataSourceOptions } from './database';
import type { DatabaseOptions } from './database';

/** The migrations of one app. A class name ends in a 13-digit timestamp; its SQL names every table with the schema. */
export interface SchemaMigrations {
  readonly schema: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
}

/** Any number that only migrations lock: concurrent starters wait here for each other. */
const migrationLock = 7_243_001;

/**
 * Brings every schema up to date, one after the other. Each keeps its own table of what has run, so apps can be
 * deployed alone. Concurrent callers take turns; the second finds nothing left to do.
 */
export async function migrate(
  databaseUrlOrOptions: string | DatabaseOptions,
  schemas: readonly SchemaMigrations[],
): Promise<void> {
  const options = typeof databaseUrlOrOptions === 'string' ? { url: databaseUrlOrOptions } : databaseUrlOrOptions;
  const client = new pg.Client(clientConfig(options.url, 'crossdock-migrations'));
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    for (const each of schemas) {
      await client.query(`create schema if not exists ${pg.escapeIdentifier(each.schema)}`);
      await migrateSchema(options, each);
    }
  } finally {
    await client.end();
  }
}

async function migrateSchema(options: DatabaseOptions, { schema, migrations }: SchemaMigrations): Promise<void> {
  const dataSource = new DataSource(
    dataSourceOptions(
      { url: options.url, poolSize: 1, applicationName: 'crossdock-migrations' },
      { schema, migrations: [...migrations], migrationsTableName: 'migration', migrationsTransactionMode: 'each' },
    ),
  );
  await dataSource.initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
}
