import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ChannelFeeds1763720000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Changes of the item so far. Grows under its lock: what a receiver orders what it is told by.
      alter table availability.item add column version bigint not null default 1;

      -- How a channel is told by push. Items behind the cursor have been told.
      create table availability.channel_feed (
        channel           text primary key,
        url               text not null,
        -- AES-256-GCM; the one before also signs for a day after the change.
        secret            bytea not null,
        previous_secret   bytea,
        secret_changed_at timestamptz not null default now(),
        by_node           boolean not null,
        interval_seconds  integer not null,
        batch_size        integer not null,
        state             text not null default 'ACTIVE' check (state in ('ACTIVE', 'PAUSED')),
        paused_reason     text,
        version           integer not null default 1,
        updated_at        timestamptz not null default now(),
        cursor_xid        xid8 not null default '0',
        cursor_item       text not null default '',
        sent_at           timestamptz,
        failing_since     timestamptz,
        last_error        text
      );

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
      drop table availability.channel_told, availability.channel_feed;
      alter table availability.item drop column version;
    `);
  }
}
