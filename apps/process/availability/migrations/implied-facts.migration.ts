import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A fact that was implied before it was told. */
export class ImpliedFacts1763720000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How much of it an implied row had moved before it came: that it does not move again.
      alter table availability.ledger add column matches numeric(18,6) check (matches > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table availability.ledger drop column matches');
  }
}
