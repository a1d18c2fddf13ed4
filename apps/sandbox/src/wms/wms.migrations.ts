import type { MigrationInterface, QueryRunner } from 'typeorm';

class SandboxWms1772500000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence sandbox.wms_number start 100001;

      create table sandbox.wms_installation (
        installation   text primary key,
        product        text not null check (product in ('generic-rest', 'file')),
        node           text not null,                 -- what the warehouse calls itself
        token          text not null,
        deduplicates   boolean not null,              -- false: makes a second order when the same is posted twice
        webhook_url    text,
        webhook_secret text,
        directory      text,
        partner        text,
        speed          double precision,              -- null: what the process says
        sequence       bigint not null default 0,     -- of stock facts
        file_sequence  bigint not null default 0,
        last_file_id   text not null default '',
        check (product <> 'generic-rest' or (webhook_url is not null and webhook_secret is not null)),
        check (product <> 'file' or (directory is not null and partner is not null))
      );

      create table sandbox.wms_stock (
        installation text not null,
        item         text not null,
        on_hand      numeric(18,6) not null check (on_hand >= 0),
        picked       numeric(18,6) not null default 0 check (picked >= 0 and picked <= on_hand),
        primary key (installation, item)
      ) with (fillfactor = 70);

      create table sandbox.wms_order (
        installation text not null,
        number       text not null,
        external_id  text not null,
        once         text not null,                    -- the external id where the installation deduplicates
        state        text not null default 'released',
        document     jsonb not null,
        picked       jsonb not null default '[]',
        posts        integer not null default 1,       -- how often it was sent to us
        shipments    integer not null default 0,
        created_at   timestamptz not null default clock_timestamp(),
        primary key (installation, number),
        unique (installation, once)
      ) with (fillfactor = 70);
      create index wms_order_external on sandbox.wms_order (installation, external_id);

      -- Files this warehouse has read.
      create table sandbox.wms_file (
        installation text not null,
        file_id      text not null,
        name         text not null,
        status       text not null,
        detail       text,
        read_at      timestamptz not null default now(),
        primary key (installation, file_id, name)
      );
      create unique index wms_file_once on sandbox.wms_file (installation, file_id) where status = 'LOADED'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sandbox.wms_file, sandbox.wms_order, sandbox.wms_stock, sandbox.wms_installation;
      drop sequence sandbox.wms_number`);
  }
}

class SandboxWmsStockFacts1772500000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Stock facts as they were told, to be told again.
      create table sandbox.wms_stock_event (
        installation text not null,
        first        bigint not null,
        last         bigint not null,
        event        jsonb not null,
        primary key (installation, first)
      );

      create table sandbox.wms_lot (
        installation text not null,
        item         text not null,
        lot          text not null,
        expires_on   date,
        on_hand      numeric(18,6) not null check (on_hand >= 0),
        primary key (installation, item, lot)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sandbox.wms_lot, sandbox.wms_stock_event');
  }
}

export const sandboxWmsMigrations = [SandboxWms1772500000200, SandboxWmsStockFacts1772500000210];
