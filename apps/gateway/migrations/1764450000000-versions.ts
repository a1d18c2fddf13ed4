import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who calls which version of which operation, and the dated version that each credential was written against. */
export class Versions1764450000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.version_use (
        partner text not null,
        -- the document that answered, and the Crossdock-Version it was answered as
        version text not null,
        date text not null,
        method text not null,
        route text not null,
        calls bigint not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        primary key (partner, version, date, method, route)
      );
      -- null until the first use
      alter table gateway.api_key add column version text;
      alter table gateway.oauth_client add column version text;
      -- what is there already was written against what there was
      update gateway.api_key set version = '2026-06-01';
      update gateway.oauth_client set version = '2026-06-01';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table gateway.oauth_client drop column version;
      alter table gateway.api_key drop column version;
      drop table gateway.version_use`);
  }
}
