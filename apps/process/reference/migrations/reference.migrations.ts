import type { SchemaMigrations } from '#persistence/migrations';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Mappings1763710000100, X12Units1763710000150 } from './mapping.migrations';

class Reference1763710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reference.item (
        sku        text primary key,
        document   jsonb not null,
        version    integer not null default 1,
        updated_at timestamptz not null default now()
      );

      -- Base and pack GTINs, 14 digits; the key says that a GTIN names one item.
      create table reference.item_gtin (
        gtin text primary key check (gtin ~ '^[0-9]{14}$'),
        sku  text not null references reference.item
      );
      create index item_gtin_sku on reference.item_gtin (sku);

      create table reference.customer (
        id         text primary key,
        partner    text not null,
        -- Without its ship-tos: they are rows of their own, and a customer can have hundreds.
        document   jsonb not null,
        version    integer not null default 1,
        updated_at timestamptz not null default now()
      );

      create table reference.ship_to (
        partner  text not null,
        id       text not null,
        customer text not null references reference.customer,
        address  jsonb not null,
        primary key (partner, id)
      );
      create index ship_to_customer on reference.ship_to (customer);

      create table reference.contract_price (
        customer   text not null,
        item       text not null,
        valid_from date not null,
        valid_to   date,
        amount     numeric(18,6) not null,
        currency   text not null,
        version    integer not null default 1,
        updated_at timestamptz not null default now(),
        primary key (customer, item, valid_from),
        check (valid_to is null or valid_to >= valid_from)
      );

      create table reference.node (
        id         text primary key,
        document   jsonb not null,
        version    integer not null default 1,
        updated_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table reference.node, reference.contract_price, reference.ship_to, reference.customer, reference.item_gtin,
                 reference.item`);
  }
}

/** One number that every change of items raises: who keeps items asks only for it. Writers of items take turns anyway. */
class ItemEdition1763710000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reference.item_edition (
        single  boolean primary key default true check (single),
        edition bigint not null
      ) with (fillfactor = 10);
      insert into reference.item_edition (edition) values (1)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reference.item_edition');
  }
}

export const referenceMigrations: SchemaMigrations = {
  schema: 'reference',
  migrations: [Reference1763710000000, ItemEdition1763710000050, Mappings1763710000100, X12Units1763710000150],
};
