import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which source speaks for a node, and how old its word may be. */
export class SourceRules1763720000160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table availability.source_rule (
        node            text not null,
        source          text not null,
        -- Facts that at this node only this source may state, and others whose rules name them.
        facts           text[] not null default '{}',
        -- Not heard of for so long it is stale. No limit when null.
        max_age_seconds integer check (max_age_seconds > 0),
        when_stale      text check (when_stale in ('HOLD', 'FLOOR', 'LAST_KNOWN')),
        -- FLOOR: the share of usable stock that may still be promised, 0 to 1.
        floor_share     numeric(7,6) check (floor_share >= 0 and floor_share <= 1),
        primary key (node, source),
        check ((max_age_seconds is null) = (when_stale is null)),
        check ((when_stale = 'FLOOR') = (floor_share is not null))
      );

      -- When we last heard of it, whatever it told and whenever that happened.
      alter table availability.source_watermark add column heard_at timestamptz not null default now();

      -- What a source stated without authority: kept, never counted.
      create table availability.refused_fact (
        source       text not null,
        record_id    text not null,
        content_hash text not null,
        code         text not null,
        record       jsonb not null,
        received_at  timestamptz not null default now(),
        primary key (source, record_id, content_hash)
      );
      create index refused_fact_newest on availability.refused_fact (received_at desc, source, record_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table availability.refused_fact, availability.source_rule;
      alter table availability.source_watermark drop column heard_at;
    `);
  }
}
