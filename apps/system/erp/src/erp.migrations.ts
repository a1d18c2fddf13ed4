import type { MigrationInterface, QueryRunner } from 'typeorm';
import { connectionMigration, postingMigration } from '#connections/migrations';
import type { SchemaMigrations } from '#persistence/migrations';

class ErpMasterData1772500000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erp.master_data_cursor (
        connection  text not null,
        kind        text not null check (kind in ('items', 'customers', 'prices')),
        cursor      text not null,
        updated_at  timestamptz not null default now(),
        primary key (connection, kind)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table erp.master_data_cursor`);
  }
}

export const erpMigrations: SchemaMigrations = {
  schema: 'erp',
  migrations: [
    connectionMigration('erp', 1_772_500_000_001),
    postingMigration('erp', 1_772_500_000_002),
    ErpMasterData1772500000003,
  ],
};
