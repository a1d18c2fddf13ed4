import * as pg from 'pg';
import { DataSource } from 'typeorm';
import type { MigrationInterface } from 'typeorm';
import { clientConfig, dataSourceOptions } from './connection-options';
import type { DatabaseOptions } from './connection-options';
import { ensureRoles, rolesOf } from './roles';
import { RowAccess } from './row-access';
import type { PartnerColumns } from './row-access';

/** The migrations of one app. A class name ends in a 13-digit timestamp; its SQL names every table with the schema. */
export interface SchemaMigrations {
  readonly schema: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Whose rows they are where that column is not called `partner`. */
  readonly partnerColumns?: PartnerColumns;
}

/** Any number that only migrations lock: concurrent starters wait here for each other. */
const migrationLock = 7_243_001;

/**
 * Brings every schema up to date, one after the other. Each keeps its own table of what has run, so apps can be
 * deployed alone. Concurrent callers take turns; the second finds nothing left to do. Then the roles of the product get what they need of it.
 */
export async function migrate(
  databaseUrlOrOptions: string | DatabaseOptions,
  schemas: readonly SchemaMigrations[],
): Promise<void> {
  const options = typeof databaseUrlOrOptions === 'string' ? { url: databaseUrlOrOptions } : databaseUrlOrOptions;
  const client = new pg.Client(clientConfig(options.url, 'crossdock-migrations'));
  client.on('error', () => undefined);
  await client.connect();
  const roles = rolesOf(options.url);
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    // First: an owner sees the rows of a partner, which a migration may have to change, by being a member of the system's role.
    await ensureRoles(client, roles);
    for (const each of schemas) {
      await client.query(`create schema if not exists ${pg.escapeIdentifier(each.schema)}`);
      await migrateSchema(options, each);
    }
    await new RowAccess(client, roles, schemas).give();
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
