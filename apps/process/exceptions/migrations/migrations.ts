import type { SchemaMigrations } from '#persistence/migrations';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class Exceptions1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exceptions.exception (
        id               text primary key,                -- exc_<uuidv7>: the newest is the greatest
        key              text not null,                   -- cause and object
        tier             text not null check (tier in ('TRANSIENT', 'BUSINESS', 'CRITICAL')),
        domain           text not null,
        code             text not null,
        object_type      text not null,
        object_id        text not null,
        partner          text,
        order_id         text,
        line             integer,
        cause            text not null,
        seen             text,
        expected         text,
        diagnostics      jsonb not null,
        suggested_action text not null,
        retry            jsonb,
        state            text not null check (state in ('OPEN', 'ASSIGNED', 'WAITING', 'RESOLVED')),
        queue            text not null,
        assignee         text,
        due_at           timestamptz not null,
        occurrences      integer not null check (occurrences > 0),
        opened_at        timestamptz not null,
        last_seen_at     timestamptz not null,
        resolution       jsonb,
        source           text not null,
        correlation_id   text not null,
        sequence         bigint not null,
        version          integer not null,
        check ((state = 'RESOLVED') = (resolution is not null))
      ) with (fillfactor = 80);

      -- One open exception per cause and object.
      create unique index exception_open on exceptions.exception (key) where state <> 'RESOLVED';
      create index exception_key on exceptions.exception (key, id);
      create index exception_order on exceptions.exception (order_id, id) where order_id is not null;
      create index exception_unresolved on exceptions.exception (id) where state <> 'RESOLVED';
      create index exception_job on exceptions.exception (object_id) where object_type = 'job';
      create index exception_cause on exceptions.exception (domain, code, id);

      create table exceptions.policy (
        domain      text not null,
        partner     text not null,
        queue       text not null,
        due_minutes integer check (due_minutes > 0),
        primary key (domain, partner)
      );

      create table exceptions.audit (
        id        bigint generated always as identity primary key,
        at        timestamptz not null default now(),
        exception text,
        action    text not null,
        actor     text not null,
        reason    text not null,
        before    jsonb,
        after     jsonb not null
      );
      create index audit_exception on exceptions.audit (exception, id);

      create function exceptions.audit_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit is append-only: % refused', tg_op using errcode = 'integrity_constraint_violation';
      end $$;
      create trigger audit_append_only before update or delete on exceptions.audit
        for each row execute function exceptions.audit_is_append_only();
      create trigger audit_no_truncate before truncate on exceptions.audit
        for each statement execute function exceptions.audit_is_append_only();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table exceptions.audit, exceptions.policy, exceptions.exception; drop function exceptions.audit_is_append_only()`,
    );
  }
}

class Timeline1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What was told of orders, reservations, fulfilment orders and shipments, in the words of a timeline.
      create table exceptions.timeline_entry (
        event_id       uuid primary key,
        subject        text not null,
        at             timestamptz not null,
        kind           text not null,
        what           text not null,
        source         text not null,
        correlation_id text not null,
        causation_id   text
      );
      create index timeline_subject on exceptions.timeline_entry (subject, at);

      -- Which fulfilment orders, reservations and shipments belong to which order.
      create table exceptions.timeline_link (
        order_id text not null,
        subject  text not null,
        primary key (order_id, subject)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table exceptions.timeline_link, exceptions.timeline_entry`);
  }
}

class DueTimes1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table exceptions.exception add breach_told_at timestamptz;   -- that it is overdue was told
      create index exception_overdue on exceptions.exception (due_at) where state <> 'RESOLVED' and breach_told_at is null;
      create index exception_due on exceptions.exception (due_at, id) where state <> 'RESOLVED';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index exceptions.exception_due, exceptions.exception_overdue;
      alter table exceptions.exception drop breach_told_at`);
  }
}

class ImpliedPicks1764100000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What an entry says of the goods of a fulfilment order: PICKED or LEFT.
      alter table exceptions.timeline_entry add goods text check (goods in ('PICKED', 'LEFT'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table exceptions.timeline_entry drop goods`);
  }
}

export const exceptionsMigrations: SchemaMigrations = {
  schema: 'exceptions',
  migrations: [Exceptions1764100000000, Timeline1764100000001, DueTimes1764100000002, ImpliedPicks1764100000003],
};
