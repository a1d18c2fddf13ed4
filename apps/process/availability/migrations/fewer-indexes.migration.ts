import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each reservation pays for: an index that no statement used is gone, and a write fails in one packet with its commit. */
export class FewerIndexes1763720000130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index availability.reservation_partner;

      -- Stock that was decided on is not free: the statement that finds it fails, and its transaction with it.
      create function availability.refuse_stock_taken() returns boolean language plpgsql volatile as $$
        begin raise exception 'stock was decided on that is not free' using errcode = 'XD001'; end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function availability.refuse_stock_taken();
      create index reservation_partner on availability.reservation (partner, created_at desc, id desc)
       where kind = 'SOFT' and partner is not null;
    `);
  }
}
