import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is held in place of the item that a line asked for: the components of a kit, a substitute. And in which packs it goes. */
export class StandsFor1763720000140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- {item, as: COMPONENT | SUBSTITUTE, ratio, kits}; null where the slice is of the item itself.
      alter table availability.slice
        add column stands_for jsonb,
        -- Sell pack: what waits is given in whole ones.
        add column multiple   numeric(18, 6) check (multiple > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table availability.slice drop column stands_for, drop column multiple');
  }
}
