import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SchemaMigrations } from '#persistence/migrations';
import { LedgerInFull1763720000015 } from './ledger-in-full.migration';
import { Policies1763720000010 } from './policies.migration';
import { ReservationsInFull1763720000020 } from './reservations.migration';
import { PromisesAtRisk1763720000040 } from './promises-at-risk.migration';
import { ChannelFeeds1763720000050 } from './channel-feeds.migration';
import { ExpectedReceipts1763720000120 } from './expected-receipts.migration';
import { FewerIndexes1763720000130 } from './fewer-indexes.migration';
import { StandsFor1763720000140 } from './stands-for.migration';
import { ImpliedFacts1763720000150 } from './implied-facts.migration';
import { SourceRules1763720000160 } from './source-rules.migration';
import { FeedAlerts1763720000170 } from './feed-alerts.migration';
import { OneIndexOfAnItem1763720000180 } from './one-index-of-an-item.migration';

class Ledger1763720000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row per item: the lock under which everything about the item is decided, and its place in the change feed.
      -- Nodes are chosen and waiting lines are served across nodes, so the lock is the item and not one position.
      create table availability.item (
        item        text primary key,
        changed_xid xid8 not null default pg_current_xact_id(),
        changed_at  timestamptz not null default now()
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
      create index item_changed on availability.item (changed_xid, item);

      create table availability.position (
        item          text not null,
        node          text not null,
        on_hand       numeric(18,6) not null default 0,
        quarantined   numeric(18,6) not null default 0,
        damaged       numeric(18,6) not null default 0,
        in_transit    numeric(18,6) not null default 0,
        usable        numeric(18,6) not null
                      generated always as (on_hand - greatest(quarantined, 0) - greatest(damaged, 0)) stored,
        allocated     numeric(18,6) not null default 0,
        reserved      numeric(18,6) not null default 0,
        safety        numeric(18,6) not null default 0,
        -- How far the warehouse itself took stock from under commitments. Only a stock fact can raise it.
        overcommitted numeric(18,6) not null default 0,
        -- The newest count or snapshot: an older one changes nothing, and neither does a fact that it already covers.
        counted_at       timestamptz,
        counted_source   text,
        counted_sequence bigint,
        flagged       boolean not null default false,
        primary key (item, node),
        constraint commitments_not_negative check (allocated >= 0 and reserved >= 0 and safety >= 0 and overcommitted >= 0),
        constraint never_oversold check (allocated + reserved <= usable + overcommitted)
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

      create table availability.ledger (
        -- Tells rows of one moment apart; nothing is looked up by it.
        id           bigint generated always as identity (cache 100),
        source       text not null,
        record_id    text not null,
        content_hash text not null,
        item         text not null,
        node         text not null,
        fact         text not null,
        -- What the source said, and what that moved.
        quantity     numeric(18,6) not null,
        on_hand      numeric(18,6) not null,
        quarantined  numeric(18,6) not null,
        damaged      numeric(18,6) not null,
        in_transit   numeric(18,6) not null,
        occurred_at  timestamptz not null,
        recorded_at  timestamptz not null default now(),
        reason       text,
        reference    text,
        reservation  text,
        line         integer,
        sequence     bigint,
        primary key (source, record_id)
      );
      -- The ledger at a moment: counts, snapshots, history of a position.
      create index ledger_position on availability.ledger (item, node, occurred_at);

      create function availability.ledger_is_append_only() returns trigger language plpgsql as $$
        begin raise exception 'the ledger is append-only: post a correction instead'; end $$;
      create trigger append_only before update or delete or truncate on availability.ledger
        for each statement execute function availability.ledger_is_append_only();

      create table availability.ledger_conflict (
        source       text not null,
        record_id    text not null,
        content_hash text not null,
        record       jsonb not null,
        received_at  timestamptz not null default now(),
        primary key (source, record_id, content_hash)
      );

      create table availability.source_watermark (
        source  text not null,
        node    text not null,
        last_at timestamptz not null,
        -- Sequence numbers seen. One range when nothing is missing; what lies between two ranges is a gap.
        seen    int8multirange not null default '{}',
        primary key (source, node)
      ) with (fillfactor = 50);

      create table availability.exception (
        id          bigint generated always as identity primary key,
        kind        text not null,
        item        text not null,
        node        text not null,
        detail      text not null,
        opened_at   timestamptz not null default now(),
        resolved_at timestamptz
      );
      create unique index exception_open on availability.exception (kind, item, node) where resolved_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table availability.exception, availability.source_watermark, availability.ledger_conflict,
                 availability.ledger, availability.position, availability.item;
      drop function availability.ledger_is_append_only();
    `);
  }
}

class Reservations1763720000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table availability.supply (
        id           text primary key,
        kind         text not null check (kind in ('PURCHASE_ORDER', 'ASN', 'TRANSFER')),
        item         text not null,
        node         text not null,
        quantity     numeric(18,6) not null check (quantity > 0),
        available_on date not null
      );
      create index supply_item on availability.supply (item);

      create table availability.reservation (
        id           text primary key,
        content_hash text not null,
        kind         text not null check (kind in ('SOFT', 'FIRM')),
        expires_at   timestamptz,
        created_at   timestamptz not null default now(),
        -- The first answer: a repeated request gets it again.
        response     jsonb not null
      );

      -- What is still held or waited for. A slice that has shipped or was released is gone; the ledger and the
      -- releases tell what became of it.
      create table availability.slice (
        id          bigint generated always as identity primary key,
        reservation text not null,
        line        integer not null,
        item        text not null,
        node        text not null,
        state       text not null check (state in ('ALLOCATED', 'RESERVED', 'PROMISED', 'BACKORDERED')),
        -- On hand now and counted in the position; otherwise a dated demand on future supply.
        held        boolean not null,
        quantity    numeric(18,6) not null check (quantity > 0),
        ship_date   date not null,
        requested   date not null,
        basis       text not null,
        supply      text,
        -- Waiting only: may it be served by another node, and by which not.
        pinned      boolean not null default false,
        excluded    text[] not null default '{}',
        check (held = (state = 'ALLOCATED' or (state = 'RESERVED' and basis = 'ON_HAND')))
      ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
      create index slice_reservation on availability.slice (reservation, line);
      create index slice_item on availability.slice (item);
      create index slice_waiting on availability.slice (item) where not held;

      create table availability.release (
        reservation  text not null,
        key          text not null,
        content_hash text not null,
        response     jsonb not null,
        released_at  timestamptz not null default now(),
        primary key (reservation, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table availability.release, availability.slice, availability.reservation, availability.supply',
    );
  }
}

export const availabilityMigrations: SchemaMigrations = {
  schema: 'availability',
  migrations: [
    Ledger1763720000000,
    Reservations1763720000001,
    Policies1763720000010,
    LedgerInFull1763720000015,
    ReservationsInFull1763720000020,
    PromisesAtRisk1763720000040,
    ChannelFeeds1763720000050,
    ExpectedReceipts1763720000120,
    FewerIndexes1763720000130,
    StandsFor1763720000140,
    ImpliedFacts1763720000150,
    SourceRules1763720000160,
    FeedAlerts1763720000170,
    OneIndexOfAnItem1763720000180,
  ],
};
