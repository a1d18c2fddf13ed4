import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ChannelFeeds1763720000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Changes of the item so far. Grows under its lock: what a receiver orders what it is told by.
      alter table availability.item add column version bigint not null default 1;

      -- What a channel was last told of an item; node '' is all nodes together.
      create table availability.channel_told (
        channel  text not null,
        item     text not null,
        node     text not null,
        quantity numeric(18,6) not null,
        version  bigint not null,
        told_at  timestamptz not null default now(),
        way      text not null check (way in ('CURSOR', 'PUSH')),
        primary key (channel, item, node)
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table availability.channel_told;
      alter table availability.item drop column version;
    `);
  }
}
