import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A channel that has not taken anything for days is somebody's business. */
export class FeedAlerts1763720000170 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table availability.channel_feed add column alerted_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table availability.channel_feed drop column alerted_at');
  }
}
