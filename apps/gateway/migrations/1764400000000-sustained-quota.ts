import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The plan as it was shipped; one that an installation has changed stays as it is. */
const SHIPPED = `[{"name":"burst","quota":600,"windowSeconds":60},{"name":"daily","quota":100000,"windowSeconds":86400}]`;
const SUSTAINED = `[{"name":"burst","quota":600,"windowSeconds":60},{"name":"sustained","quota":18000,"windowSeconds":3600},{"name":"daily","quota":100000,"windowSeconds":86400}]`;

/** Between what a minute and what a day gives: the standard plan says also how much an hour may take. */
export class SustainedQuota1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`update gateway.plan set policies = $1::jsonb where id = 'standard' and policies = $2::jsonb`, [
      SUSTAINED,
      SHIPPED,
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update gateway.plan set policies = $1::jsonb where id = 'standard' and policies = $2::jsonb`, [
      SHIPPED,
      SUSTAINED,
    ]);
  }
}
