import type { SchemaMigrations } from '#persistence/migrations';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class Jobs1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence messaging.job_fence;

      create table messaging.job (
        id           bigint generated always as identity primary key,
        queue        text not null,
        key          text,
        order_key    text,
        payload      jsonb not null,
        state        text not null default 'ready' check (state in ('ready', 'running', 'dead')),
        priority     smallint not null default 0 check (priority between -1 and 1),
        run_at       timestamptz not null default now(),
        attempts     integer not null default 0,
        max_attempts integer,
        backoff_ms   integer not null default 1000,
        dead_blocks  boolean not null default false,
        fence        bigint,
        lease_until  timestamptz,
        worker       text,
        last_error   text,
        created_at   timestamptz not null default now(),
        died_at      timestamptz
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);

      create unique index job_key on messaging.job (queue, key) where key is not null;
      create index job_ready on messaging.job (queue, priority, run_at, id) where state = 'ready';
      create index job_running on messaging.job (lease_until) where state = 'running';
      create index job_dead on messaging.job (id) where state = 'dead';
      create index job_order on messaging.job (queue, order_key, id) where order_key is not null;
      -- What keeps younger jobs of an order key waiting, so that a claim passes a long queue of one key cheaply.
      create index job_blocking on messaging.job (queue, order_key, id)
        where order_key is not null
          and (state = 'running' or (state = 'dead' and dead_blocks)
               or (state = 'ready' and (attempts > 0 or run_at > created_at)));

      create table messaging.paused_queue (queue text primary key, paused_at timestamptz not null default now());
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.paused_queue, messaging.job; drop sequence messaging.job_fence`);
  }
}

class Events1763700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.outbox (
        id            bigint generated always as identity primary key,
        event_id      uuid not null unique,
        type          text not null,
        partition_key text not null,
        envelope      jsonb not null,
        created_at    timestamptz not null default now(),
        dispatched_at timestamptz
      ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
      create index outbox_undispatched on messaging.outbox (id) where dispatched_at is null;
      create index outbox_dispatched on messaging.outbox (dispatched_at) where dispatched_at is not null;

      create table messaging.subscription (
        subscriber text not null,
        type       text not null,
        queue      text not null,
        created_at timestamptz not null default now(),
        primary key (subscriber, type)
      );

      create table messaging.inbound (
        id             uuid primary key,
        source         text not null,
        message_id     text not null,
        content_type   text not null,
        body           bytea not null,
        body_sha256    bytea not null,
        headers        jsonb not null,
        correlation_id text,
        received_at    timestamptz not null default now(),
        unique (source, message_id)
      );

      create table messaging.inbound_conflict (
        id           uuid primary key,
        inbound_id   uuid not null references messaging.inbound (id),
        content_type text not null,
        body         bytea not null,
        body_sha256  bytea not null,
        headers      jsonb not null,
        received_at  timestamptz not null default now(),
        unique (inbound_id, body_sha256)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table messaging.inbound_conflict, messaging.inbound, messaging.subscription, messaging.outbox`,
    );
  }
}

/** A backend that is away for days is no fault of ours: failures of the two kinds are counted apart. */
class JobDefects1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table messaging.job
        add column defects integer not null default 0,
        add column max_defects integer not null default 2147483647;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messaging.job drop column defects, drop column max_defects`);
  }
}

/** What a person put in the place of a body that could not be read. The body that came stays as it is. */
class InboundAmendments1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.inbound_amendment (
        id         bigint generated always as identity primary key,
        inbound_id uuid not null references messaging.inbound (id) on delete cascade,
        body       bytea not null,
        actor      text not null,
        reason     text not null,
        at         timestamptz not null default now()
      );
      create index inbound_amendment_of on messaging.inbound_amendment (inbound_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table messaging.inbound_amendment`);
  }
}

/** Calls to backends with their answers, masked; inbound bodies may be emptied when their time is over. */
class Archive1763700000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table messaging.outbound (
        id             uuid primary key,
        connection     text not null,
        operation      text not null,
        correlation_id text,
        milliseconds   integer not null,
        status         integer,
        error          text,
        request        text not null,
        answer         text not null,
        at             timestamptz not null default now()
      );
      create index outbound_correlation on messaging.outbound (correlation_id, id) where correlation_id is not null;
      create index outbound_connection on messaging.outbound (connection, id);
      create index outbound_at on messaging.outbound (at);

      alter table messaging.inbound add column purged_at timestamptz;
      create index inbound_correlation on messaging.inbound (correlation_id, id) where correlation_id is not null;
      create index inbound_source on messaging.inbound (source, id);
      create index inbound_kept on messaging.inbound (received_at) where purged_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index messaging.inbound_kept, messaging.inbound_source, messaging.inbound_correlation;
      alter table messaging.inbound drop column purged_at;
      drop table messaging.outbound;
    `);
  }
}

/** Jobs, events and inbound messages: every process that uses them runs these first. */
export const messagingMigrations: SchemaMigrations = {
  schema: 'messaging',
  migrations: [
    Jobs1763700000000,
    Events1763700000001,
    JobDefects1763700000002,
    InboundAmendments1763700000003,
    Archive1763700000004,
  ],
};
