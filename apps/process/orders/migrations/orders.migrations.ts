import type { SchemaMigrations } from '#persistence/migrations';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Credit1763720000320 } from './credit.migration';
import { OnePolicyPerPartner1763720000350 } from './one-policy.migration';
import { OrderProcessInFull1763720000010 } from './order-process.migration';
import { ParkedLines1763720000310, UnplacedOrders1763720000340 } from './parked-lines.migration';
import { RefusedOrders1763720000330 } from './refused-orders.migration';
import { CheckPolicies1763720000300 } from './validation.migrations';

class Orders1763720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.sales_order (
        -- Ids sort by time: newest first is id descending.
        id                 text primary key,
        partner            text not null,
        purchase_order_key text not null,
        release            text not null default '',
        content_hash       text not null,
        status             text not null,
        version            integer not null default 1,
        holds              integer not null,
        -- Some of it is in line for stock: explained, however long it takes.
        waiting            boolean not null,
        -- Until when a command or a node owes an answer; null when nobody does.
        due_at             timestamptz,
        -- What was agreed; never changes.
        contents           jsonb not null,
        progress           jsonb not null,
        created_at         timestamptz not null default now(),
        updated_at         timestamptz not null default now(),
        constraint sales_order_purchase_order unique (partner, purchase_order_key, release)
      ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);

      create index sales_order_partner on orders.sales_order (partner, id);
      create index sales_order_status on orders.sales_order (status, id);
      create index sales_order_due on orders.sales_order (due_at) where due_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table orders.sales_order`);
  }
}

export const ordersMigrations: SchemaMigrations = {
  schema: 'orders',
  migrations: [
    Orders1763720000000,
    OrderProcessInFull1763720000010,
    CheckPolicies1763720000300,
    ParkedLines1763720000310,
    Credit1763720000320,
    RefusedOrders1763720000330,
    UnplacedOrders1763720000340,
    OnePolicyPerPartner1763720000350,
  ],
};
