import type { MigrationInterface, QueryRunner } from 'typeorm';
import { connectionMigration, postingMigration } from '#connections/migrations';
import type { SchemaMigrations } from '#persistence/migrations';

class VoidedLabels1763800100002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Business keys whose label was given back: a late repeat of the purchase must not answer a label that is worth nothing.
      create table tms.voided_label (
        business_key text primary key,
        label        text not null,
        voided_at    timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table tms.voided_label`);
  }
}

export const tmsMigrations: SchemaMigrations = {
  schema: 'tms',
  migrations: [
    connectionMigration('tms', 1763800100000),
    postingMigration('tms', 1763800100001),
    VoidedLabels1763800100002,
  ],
};
