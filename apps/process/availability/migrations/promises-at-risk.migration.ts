import type { MigrationInterface, QueryRunner } from 'typeorm';

export class PromisesAtRisk1763720000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was promised for a day and can no longer be kept; resolved when it can be after all or is no longer owed.
      create table availability.promise_risk (
        id          bigint generated always as identity primary key,
        reservation text not null,
        line        integer not null,
        item        text not null,
        node        text not null,
        ship_date   date not null,
        quantity    numeric(18,6) not null check (quantity > 0),
        -- When all of it could ship; null when no known supply covers it.
        new_date    date,
        opened_at   timestamptz not null default now(),
        changed_at  timestamptz not null default now(),
        resolved_at timestamptz
      );
      -- Also the way to the open risks of an item.
      create unique index promise_risk_open on availability.promise_risk (item, node, reservation, line, ship_date)
        where resolved_at is null;
      create index promise_risk_list on availability.promise_risk (id) where resolved_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table availability.promise_risk');
  }
}
