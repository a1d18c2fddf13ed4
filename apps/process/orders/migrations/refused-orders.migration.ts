import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders and changes that were refused, as they were sent. */
export class RefusedOrders1763720000330 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table orders.refused_order (
        -- Ids sort by time: newest first is id descending.
        id             text primary key,
        partner        text not null,
        purchase_order text not null,
        release        text not null,
        purpose        text not null,
        channel        text not null,
        code           text not null,
        detail         text not null,
        findings       jsonb not null,
        correlation_id text not null,
        content        jsonb not null,
        -- Of content and reason: the same again is counted.
        digest         text not null,
        times          integer not null default 1,
        first_at       timestamptz not null default now(),
        last_at        timestamptz not null default now(),
        constraint refused_order_digest unique (partner, digest)
      );
      create index refused_order_partner on orders.refused_order (partner, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table orders.refused_order');
  }
}
