import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What customers with a credit limit owe by the ERP's books, and what their orders add to it. */
export class Credit1763720000320 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.credit_account (
        customer          text primary key,
        -- The ERP connection that says what it owes.
        connection        text not null,
        -- As of when the ERP's answer is whole; null until it has answered.
        as_of             timestamptz,
        currency          text,
        receivables       numeric(18,6) not null default 0,
        overdue           numeric(18,6) not null default 0,
        billed_not_posted numeric(18,6) not null default 0,
        -- The ERP's own limit, where it keeps one.
        credit_limit      numeric(18,6),
        -- Why the last question had no answer; null when it had one.
        failure           text,
        asked_at          timestamptz
      );

      -- One row for each order of such a customer.
      create table orders.credit_order (
        order_id text primary key references orders.sales_order,
        customer text not null,
        -- Day for which it is wanted.
        due_on   date not null,
        -- What is open of it, at its prices.
        open     numeric(18,6) not null,
        -- A credit hold stops all of it: it has been given no credit.
        held     boolean not null
      );
      create index credit_order_open on orders.credit_order (customer, due_on) include (open) where open > 0 and not held;
      create index credit_order_held on orders.credit_order (customer, order_id) where held;

      -- One row for each of their shipments. What is billed counts as owed in the ERP from its next answer on.
      create table orders.credit_shipment (
        shipment  text primary key,
        customer  text not null,
        worth     numeric(18,6) not null default 0,
        -- Charges of the order, with its first shipment.
        charges   numeric(18,6) not null default 0,
        billed    numeric not null default 0,
        billed_at timestamptz
      );
      create index credit_shipment_unbilled on orders.credit_shipment (customer) where billed_at is null or billed < worth;
      create index credit_shipment_billed on orders.credit_shipment (customer, billed_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table orders.credit_shipment, orders.credit_order, orders.credit_account');
  }
}
