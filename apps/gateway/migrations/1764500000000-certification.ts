import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What partners have shown that their integrations do: the first request that shows it. */
export class Certification1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.certification_proof (
        partner text not null,
        "check" text not null,
        -- no reference: the log of requests forgets sooner
        request text not null,
        at timestamptz not null,
        primary key (partner, "check")
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table gateway.certification_proof`);
  }
}
