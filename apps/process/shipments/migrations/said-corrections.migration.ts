import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What warehouses say of versions of their shipments, in any order. Each thing that was said is one row, and stays. */
export class SaidCorrections1763900000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table shipments.said_correction (
        -- The shipment may not be known yet.
        shipment_id      text not null,
        revision         integer not null check (revision > 1),
        content_hash     text not null,
        fulfilment_order text not null,
        -- What left; null when nothing did.
        content          jsonb,
        reason           text not null,
        correlation_id   text not null,
        -- WAITING for the version before it; CONFLICT with what is known of this version; REFUSED as it was said.
        state            text not null default 'WAITING' check (state in ('WAITING', 'DONE', 'CONFLICT', 'REFUSED')),
        -- In which order they came.
        position         bigint generated always as identity,
        received_at      timestamptz not null default now(),
        -- A person has been told that it waits.
        alerted_at       timestamptz,
        primary key (shipment_id, revision, content_hash)
      );
      create index said_correction_waiting on shipments.said_correction (shipment_id, revision) where state = 'WAITING'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table shipments.said_correction');
  }
}
