import type { MigrationInterface, QueryRunner } from 'typeorm';
import { connectionMigration, postingMigration } from '#connections/migrations';
import type { SchemaMigrations } from '#persistence/migrations';

class Files1763701000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table wms.file_sequence (
        connection    text primary key,
        last_sequence bigint not null default 0,
        last_file_id  text
      );

      -- Every file we write, with its bytes: recorded first, written after, so that no crash loses or doubles one.
      create table wms.file_out (
        connection    text not null,
        file_id       text not null,
        type          text not null check (type in ('REL', 'CAN')),
        name          text not null,
        content       bytea not null,
        created_at    timestamptz not null default now(),
        written_at    timestamptz,
        answer        text,
        answered_at   timestamptz,
        answer_detail text,
        primary key (connection, file_id)
      );
      create index file_out_unwritten on wms.file_out (connection, file_id) where written_at is null;

      create table wms.file_out_order (
        connection       text not null,
        type             text not null,
        fulfilment_order text not null,
        file_id          text not null,
        primary key (connection, type, fulfilment_order),
        foreign key (connection, file_id) references wms.file_out (connection, file_id)
      );
      create index file_out_order_file on wms.file_out_order (connection, file_id);

      -- Every file the warehouse wrote and what became of it; operations look here first.
      create table wms.file_load (
        id               bigint generated always as identity primary key,
        connection       text not null,
        file_id          text not null,
        previous_file_id text not null default '',
        name             text not null,
        sha256           text not null,
        type             text not null,
        status           text not null check (status in ('LOADED', 'REJECTED', 'DUPLICATE', 'CONFLICT')),
        records          integer not null,
        line             integer,
        code             text,
        error            text,
        -- The file before this one, when it has not been loaded: it is missing, late or was rejected.
        missing_file_id  text,
        inbound_id       uuid,
        loaded_at        timestamptz not null default now(),
        archived_at      timestamptz
      );
      create unique index file_load_once on wms.file_load (connection, file_id) where status = 'LOADED';
      create index file_load_open on wms.file_load (connection, name) where archived_at is null;
      create index file_load_trouble on wms.file_load (connection, id) where status <> 'LOADED' or missing_file_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table wms.file_load, wms.file_out_order, wms.file_out, wms.file_sequence`);
  }
}

class Cancellation1763701000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was asked to be cancelled, recorded before the warehouse is asked: it is never released after that.
      create table wms.cancellation (
        fulfilment_order text primary key,
        connection       text not null,
        reason           text,
        asked_at         timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table wms.cancellation`);
  }
}

export const wmsMigrations: SchemaMigrations = {
  schema: 'wms',
  migrations: [
    connectionMigration('wms', 1763701000000),
    postingMigration('wms', 1763701000001),
    Files1763701000002,
    Cancellation1763701000003,
  ],
};
