import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How orders of a partner are checked; `*` is everybody. */
export class CheckPolicies1763720000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.check_policy (
        partner    text primary key,
        document   jsonb not null,
        version    integer not null default 1,
        updated_at timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table orders.check_policy');
  }
}
