import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lineage, reversals, lots, facts that wait behind a gap. */
export class LedgerInFull1763720000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table availability.ledger
        add column lot               text,
        add column expires_on        date,
        -- The raw message it came in, as the archive of inbound messages knows it.
        add column message_id        text,
        -- The record of the same source that it takes back, and when that one stood.
        add column reverses          text,
        add column original_at       timestamptz,
        add column original_sequence bigint,
        -- It moves no stock on hand, because a count of the same source has seen it already.
        add column covered           boolean not null default false,
        -- It came after facts with a higher sequence.
        add column late              boolean not null default false,
        -- Numbers before it were given up.
        add column after_gap         boolean not null default false,
        -- The step before it that nobody told us and that it proves.
        add column implied           text;
      -- Once only.
      create unique index ledger_reversal on availability.ledger (source, reverses) where reverses is not null;

      -- What is known by lot; what a position has beside its lots has none.
      create table availability.lot_position (
        item        text not null,
        node        text not null,
        lot         text not null,
        -- Last day of use; never expires when null.
        expires_on  date,
        on_hand     numeric(18,6) not null default 0,
        quarantined numeric(18,6) not null default 0,
        damaged     numeric(18,6) not null default 0,
        usable      numeric(18,6) not null
                    generated always as (on_hand - greatest(quarantined, 0) - greatest(damaged, 0)) stored,
        counted_at       timestamptz,
        counted_source   text,
        counted_sequence bigint,
        primary key (item, node, lot)
      ) with (fillfactor = 70);

      alter table availability.source_watermark
        -- The first number of the stream that we were told: what is below it is no gap.
        add column base       bigint,
        -- Numbers of counts and snapshots: they may be those of the facts that they have seen.
        add column counted    int8multirange not null default '{}',
        -- Numbers we no longer wait for. What comes after all is taken, marked late.
        add column given_up   int8multirange not null default '{}',
        add column gap_since  timestamptz,
        add column asked_at   timestamptz,
        add column asks       integer not null default 0,
        add column alerted_at timestamptz;
      create index source_watermark_gap on availability.source_watermark (gap_since) where gap_since is not null;

      -- Facts behind a gap, until it closes or is given up.
      create table availability.held_fact (
        source       text not null,
        record_id    text not null,
        node         text not null,
        sequence     bigint not null,
        content_hash text not null,
        record       jsonb not null,
        held_at      timestamptz not null default now(),
        primary key (source, record_id)
      );
      create index held_fact_stream on availability.held_fact (source, node, sequence);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table availability.held_fact, availability.lot_position;
      drop index availability.source_watermark_gap, availability.ledger_reversal;
      alter table availability.source_watermark drop column base, drop column counted, drop column given_up,
        drop column gap_since, drop column asked_at, drop column asks, drop column alerted_at;
      alter table availability.ledger drop column lot, drop column expires_on, drop column message_id, drop column reverses,
        drop column original_at, drop column original_sequence, drop column covered, drop column late, drop column after_gap,
        drop column implied;
    `);
  }
}
