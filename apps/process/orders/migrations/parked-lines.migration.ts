import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which orders wait for which code to mean something: found by the code when it does. */
export class ParkedLines1763720000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.parked_line (
        order_id text not null references orders.sales_order,
        line     integer not null,
        -- Codes as sent: of the item, and of the unit.
        item     text not null,
        unit     text not null,
        -- Our item, where only the unit means nothing.
        sku      text,
        since    timestamptz not null default now(),
        primary key (order_id, line)
      );
      create index parked_line_item on orders.parked_line (item);
      create index parked_line_unit on orders.parked_line (unit);
      create index parked_line_sku on orders.parked_line (sku) where sku is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table orders.parked_line');
  }
}

/** Orders whose ship-to names nothing, found by the code when it does. */
export class UnplacedOrders1763720000340 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.unplaced_order (
        order_id text primary key references orders.sales_order,
        partner  text not null,
        -- As it was sent.
        ship_to  text not null,
        since    timestamptz not null default now()
      );
      create index unplaced_order_ship_to on orders.unplaced_order (partner, ship_to)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table orders.unplaced_order');
  }
}
