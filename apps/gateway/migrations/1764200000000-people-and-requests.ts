import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People who sign in for a partner, their sessions, what partners asked of the gateway, and how often. */
export class PeopleAndRequests1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.person (
        id text primary key,
        partner text not null references gateway.partner (id),
        email text not null unique check (email = lower(email)),
        name text not null,
        role text not null check (role in ('viewer', 'developer', 'admin')),
        active boolean not null default true,
        -- who the identity provider says it is: bound by the first sign-in, because an address can change hands
        issuer text,
        subject text,
        created_at timestamptz not null default now(),
        unique (issuer, subject)
      );
      create index person_partner on gateway.person (partner, email);
      create table gateway.session (
        -- SHA-256 of what the cookie holds
        hash text primary key check (length(hash) = 64),
        person text not null references gateway.person (id) on delete cascade,
        csrf text not null,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index session_age on gateway.session (expires_at);
      -- a sign-in that has left for the identity provider and is not back yet
      create table gateway.sign_in (
        state_hash text primary key check (length(state_hash) = 64),
        verifier text not null,
        nonce text not null,
        return_to text not null,
        redirect_uri text not null,
        created_at timestamptz not null default now()
      );

      create table gateway.request_log (
        -- in the order of writing: that of time, but for requests that ended within the same quarter of a second
        seq bigint generated always as identity primary key,
        id text not null unique,
        request_id text not null,
        at timestamptz not null,
        partner text not null,
        key text not null,
        mode text not null,
        version text not null,
        method text not null,
        route text not null,
        target text not null,
        status int not null,
        code text,
        duration_us int not null,
        -- first: ran under its Idempotency-Key; replayed: answered from memory
        idempotency text check (idempotency in ('first', 'replayed')),
        violated_policies text[],
        -- masked; absent when there was none, or it was larger than the log keeps
        request_body text,
        request_bytes int not null,
        response_body text,
        response_bytes int not null
      );
      create index request_log_partner on gateway.request_log (partner, seq desc);
      create index request_log_request on gateway.request_log (partner, request_id);
      create index request_log_age on gateway.request_log (at);

      create table gateway.usage (
        partner text not null,
        minute timestamptz not null,
        mode text not null,
        version text not null,
        method text not null,
        route text not null,
        status int not null,
        calls bigint not null,
        duration_us bigint not null,
        primary key (partner, minute, mode, version, method, route, status)
      );
      create index usage_age on gateway.usage (minute);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `drop table gateway.usage, gateway.request_log, gateway.sign_in, gateway.session, gateway.person`,
    );
  }
}
