import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose a reservation is, how urgent, and what became of it. */
export class ReservationsInFull1763720000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table availability.reservation
        add column channel  text,
        add column partner  text,
        -- 1 is served first, 9 last.
        add column priority smallint not null default 5 check (priority between 1 and 9);
      create index reservation_partner on availability.reservation (partner, created_at desc, id desc)
       where kind = 'SOFT' and partner is not null;

      alter table availability.slice
        add column channel  text,
        add column partner  text,
        add column priority smallint not null default 5;
      -- What the caps of a partner count.
      create index slice_partner on availability.slice (partner, item) where state = 'RESERVED' and partner is not null;

      -- What happened to a reservation after it was made; releases are in availability.release.
      create table availability.reservation_event (
        id           bigint generated always as identity primary key,
        reservation  text not null,
        event        text not null check (event in ('EXTENDED', 'EXPIRED', 'CONVERTED', 'PREEMPTED')),
        -- Idempotency of what was asked for by a call; null for what happened by itself.
        key          text,
        content_hash text,
        detail       jsonb not null,
        at           timestamptz not null default now()
      );
      create index reservation_event_reservation on availability.reservation_event (reservation, id);
      create unique index reservation_event_key on availability.reservation_event (reservation, event, key)
       where key is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table availability.reservation_event;
      drop index availability.slice_partner, availability.reservation_partner;
      alter table availability.slice drop column channel, drop column partner, drop column priority;
      alter table availability.reservation drop column channel, drop column partner, drop column priority;
    `);
  }
}
