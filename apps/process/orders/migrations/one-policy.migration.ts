import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row per partner says how its orders are checked and how they may be filled; `*` is everybody. */
export class OnePolicyPerPartner1763720000350 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table orders.partner_policy rename column policy to filling;
      alter table orders.partner_policy rename column updated_by to filled_by;
      alter table orders.partner_policy rename column updated_at to filled_at;
      alter table orders.partner_policy
        alter column filling drop not null,
        alter column filled_by drop not null,
        alter column filled_at drop not null,
        alter column filled_at drop default,
        add column checks jsonb,
        add column checked_at timestamptz not null default now();
      insert into orders.partner_policy (partner, checks, checked_at)
      select partner, document, updated_at from orders.check_policy
      on conflict (partner) do update set checks = excluded.checks, checked_at = excluded.checked_at;
      drop table orders.check_policy`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.check_policy (
        partner    text primary key,
        document   jsonb not null,
        version    integer not null default 1,
        updated_at timestamptz not null default now()
      );
      insert into orders.check_policy (partner, document, updated_at)
      select partner, checks, checked_at from orders.partner_policy where checks is not null;
      delete from orders.partner_policy where filling is null;
      alter table orders.partner_policy
        drop column checks, drop column checked_at, alter column filling set not null, alter column filled_by set not null,
        alter column filled_at set not null, alter column filled_at set default now();
      alter table orders.partner_policy rename column filling to policy;
      alter table orders.partner_policy rename column filled_by to updated_by;
      alter table orders.partner_policy rename column filled_at to updated_at`);
  }
}
