import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the simulated ERP; every row belongs to an installation, so one sandbox can be many ERPs. */
export class SandboxErp1772500000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence sandbox.erp_number cache 20;
      create sequence sandbox.erp_change;

      create table sandbox.erp_installation (
        installation  text primary key,
        token         text not null,
        deduplicates  boolean not null default true   -- false: an ERP that makes a second document when asked twice
      );

      -- Writers take turns per installation, so the order of change is the order of commits: no reader misses a row.
      create table sandbox.erp_master (
        installation  text not null,
        kind          text not null check (kind in ('item', 'customer', 'price')),
        id            text not null,
        body          jsonb not null,
        change        bigint not null default nextval('sandbox.erp_change'),
        primary key (installation, kind, id)
      );
      create index erp_master_changes on sandbox.erp_master (installation, kind, change);

      create table sandbox.erp_stock (
        installation  text not null,
        node          text not null,
        item          text not null,
        on_hand       numeric(18,6) not null,
        primary key (installation, node, item)
      );

      create table sandbox.erp_document (
        installation  text not null,
        kind          text not null check (kind in ('sales-order', 'cancellation', 'delivery', 'invoice')),
        number        text not null,
        external_id   text not null,
        once          text not null,                  -- the external id where the ERP deduplicates, else the number
        content_hash  text not null,
        body          jsonb not null,
        created_at    timestamptz not null default clock_timestamp(),
        primary key (installation, number),
        unique (installation, kind, once)
      );
      create index erp_document_external on sandbox.erp_document (installation, kind, external_id);

      create table sandbox.erp_order_line (
        installation  text not null,
        number        text not null,                  -- of the sales order
        line          integer not null,
        item          text not null,
        unit_price    numeric(18,6) not null,
        ordered       numeric(18,6) not null,
        cancelled     numeric(18,6) not null default 0,
        delivered     numeric(18,6) not null default 0,
        invoiced      numeric(18,6) not null default 0,
        primary key (installation, number, line),
        constraint erp_line_open check (cancelled + delivered <= ordered),
        constraint erp_line_invoiced check (invoiced <= delivered)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sandbox.erp_order_line, sandbox.erp_document, sandbox.erp_stock, sandbox.erp_master, sandbox.erp_installation;
      drop sequence sandbox.erp_number, sandbox.erp_change`);
  }
}

/** Corrections, freight, closed periods and tolerated surplus. */
class SandboxErpCorrections1772500000101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table sandbox.erp_installation
        add closed_through date,                                     -- nothing is posted up to and with this day
        add over_delivery_percent numeric(6,3) not null default 0;   -- more than ordered that a line may deliver

      alter table sandbox.erp_document
        drop constraint erp_document_kind_check,
        add total jsonb,
        add check (kind in ('sales-order', 'cancellation', 'delivery', 'invoice', 'delivery-reversal', 'credit-memo',
                            'freight-accrual'));
      create index erp_document_list on sandbox.erp_document (installation, kind, external_id collate "C", number);

      alter table sandbox.erp_order_line
        add surplus  numeric(18,6) not null default 0,
        add reversed numeric(18,6) not null default 0,
        add credited numeric(18,6) not null default 0,
        drop constraint erp_line_open,
        drop constraint erp_line_invoiced,
        add constraint erp_line_open check (cancelled + delivered - reversed <= ordered + surplus),
        add constraint erp_line_invoiced check (invoiced <= delivered),
        add constraint erp_line_reversed check (reversed <= delivered),
        add constraint erp_line_credited check (credited <= invoiced)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from sandbox.erp_document where kind in ('delivery-reversal', 'credit-memo', 'freight-accrual');
      alter table sandbox.erp_order_line
        drop constraint erp_line_open, drop constraint erp_line_invoiced, drop constraint erp_line_reversed,
        drop constraint erp_line_credited, drop surplus, drop reversed, drop credited,
        add constraint erp_line_open check (cancelled + delivered <= ordered),
        add constraint erp_line_invoiced check (invoiced <= delivered);
      drop index sandbox.erp_document_list;
      alter table sandbox.erp_document drop constraint erp_document_kind_check, drop total,
        add check (kind in ('sales-order', 'cancellation', 'delivery', 'invoice'));
      alter table sandbox.erp_installation drop closed_through, drop over_delivery_percent`);
  }
}

/** What customers owe beside the invoices of these books. */
class SandboxErpAccounts1772500000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sandbox.erp_account (
        installation      text not null references sandbox.erp_installation,
        customer          text not null,
        -- Owed from elsewhere, less what was paid: below zero when more was paid.
        balance           numeric(18,6) not null default 0,
        overdue           numeric(18,6) not null default 0,
        billed_not_posted numeric(18,6) not null default 0,
        credit_limit      numeric(18,6),
        primary key (installation, customer)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sandbox.erp_account');
  }
}

export const sandboxErpMigrations = [
  SandboxErp1772500000100,
  SandboxErpCorrections1772500000101,
  SandboxErpAccounts1772500000102,
];
