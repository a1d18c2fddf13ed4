import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which credential calls what, by day. */
export class KeyUse1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.key_use (
        partner text not null,
        -- of a key or an OAuth client
        key text not null,
        -- of UTC
        day date not null,
        -- the Crossdock-Version it was answered as; empty when it was refused before that was known
        date text not null,
        method text not null,
        route text not null,
        calls bigint not null,
        last_at timestamptz not null,
        primary key (partner, key, day, date, method, route)
      );
      create index key_use_age on gateway.key_use (day);
      -- what was refused is a small part of the log
      create index request_log_problem on gateway.request_log (partner, seq desc) where code is not null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index gateway.request_log_problem; drop table gateway.key_use`);
  }
}
