import type { SchemaMigrations } from '#persistence/migrations';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class Webhooks1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhooks.endpoint (
        id              text primary key,
        partner         text not null,
        url             text not null,
        event_types     text[],                          -- null: all
        description     text,
        enabled         boolean not null,
        disabled_reason text check (disabled_reason in ('BY_PARTNER', 'GONE', 'FAILING')),
        disabled_at     timestamptz,
        secret          bytea not null,                  -- sealed
        previous_secret bytea,
        previous_until  timestamptz,
        failing_since   timestamptz,
        quiet_until     timestamptz,                     -- Retry-After
        slow            boolean not null default false,  -- which queue its lane is in
        version         integer not null default 1,
        created_at      timestamptz not null default now(),
        updated_at      timestamptz not null default now(),
        check (enabled = (disabled_reason is null))
      );
      create index endpoint_partner on webhooks.endpoint (partner, id);

      -- One row per partner: whoever appends to its feed holds it, so positions are given in the order of commits.
      create table webhooks.feed (
        partner   text primary key,
        position  bigint not null default 0,
        forgotten bigint not null default 0              -- events up to here are no longer kept
      );
      create table webhooks.subject (
        partner      text not null,
        subject_type text not null,
        subject_id   text not null,
        sequence     bigint not null,
        primary key (partner, subject_type, subject_id)
      );
      create table webhooks.event (
        partner      text not null,
        position     bigint not null,
        id           text not null unique,
        origin       text not null,                      -- what it was made of: the same origin is the same event
        type         text not null,
        subject_type text not null,
        subject_id   text not null,
        sequence     bigint not null,
        occurred_at  timestamptz not null,
        recorded_at  timestamptz not null default now(),
        data         jsonb not null,
        primary key (partner, position),
        unique (partner, origin)
      );
      create index event_subject on webhooks.event (partner, subject_type, subject_id, position);
      create index event_of on webhooks.event (partner, recorded_at);
      create index event_recorded on webhooks.event (recorded_at);

      -- Exceptions that partners were told of and that are still open.
      create table webhooks.trouble (
        key          text primary key,
        partner      text not null,
        type_cleared text not null,
        subject_type text not null,
        subject_id   text not null,
        data         jsonb not null
      );

      create table webhooks.delivery (
        id          text primary key,
        endpoint    text not null references webhooks.endpoint (id) on delete cascade,
        partner     text not null,
        position    bigint not null,
        event       text not null,
        event_type  text not null,
        state       text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
        attempts    integer not null default 0,
        next_at     timestamptz default now(),
        log         jsonb not null default '[]',
        last_status integer,
        created_at  timestamptz not null default now(),
        finished_at timestamptz,
        unique (endpoint, position),
        check ((state = 'PENDING') = (next_at is not null))
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
      create index delivery_due on webhooks.delivery (endpoint, next_at) where state = 'PENDING';
      create index delivery_of on webhooks.delivery (endpoint, id);
      create index delivery_finished on webhooks.delivery (finished_at) where finished_at is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table webhooks.delivery, webhooks.trouble, webhooks.event, webhooks.subject, webhooks.feed, webhooks.endpoint`,
    );
  }
}

/** Nothing is sent to a partner that is deactivated; what happens meanwhile waits. */
class Suspension1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhooks.endpoint add column suspended_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table webhooks.endpoint drop column suspended_at`);
  }
}

export const webhooksMigrations: SchemaMigrations = {
  schema: 'webhooks',
  migrations: [Webhooks1764200000000, Suspension1764400000000],
};
