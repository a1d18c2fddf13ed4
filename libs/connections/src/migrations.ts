import type { MigrationInterface, QueryRunner } from 'typeorm';

type MigrationClass = new () => MigrationInterface;

/** `<schema>.connection`: the installations of backend products of one system app. */
export function connectionMigration(schema: string, timestamp: number): MigrationClass {
  return class implements MigrationInterface {
    readonly name = `Connection${String(timestamp)}`;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        create table ${schema}.connection (
          id            text primary key,
          product       text not null,
          settings      jsonb not null,
          credentials   bytea not null,              -- AES-256-GCM over a JSON object of name to value
          credential_names text[] not null,
          abilities     text[] not null,
          state         text not null default 'ACTIVE' check (state in ('ACTIVE', 'PAUSED')),
          paused_reason text,
          version       integer not null default 1,
          updated_at    timestamptz not null default now()
        )`);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`drop table ${schema}.connection`);
    }
  };
}

/** `<schema>.posting`: the ledger of external effects that makes each happen at most once per business key. */
export function postingMigration(schema: string, timestamp: number): MigrationClass {
  return class implements MigrationInterface {
    readonly name = `Posting${String(timestamp)}`;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(`
        create table ${schema}.posting (
          kind            text not null,
          business_key    text not null,
          connection      text not null,
          request_hash    text not null,
          state           text not null default 'OPEN' check (state in ('OPEN', 'DONE', 'REFUSED')),
          document_number text,
          result          jsonb,
          attempts        integer not null default 1,
          fence           bigint not null default 1,   -- grows with each holder: a late one cannot write over a newer one
          leased_until    timestamptz,                 -- somebody works on it until then
          unsettled_until timestamptz,                 -- until then the backend may still finish a call that was cut off
          last_error      text,
          created_at      timestamptz not null default now(),
          updated_at      timestamptz not null default now(),
          primary key (kind, business_key),
          check ((state = 'DONE') = (result is not null))
        )`);
      // What an operator asks first: which postings hang.
      await runner.query(`create index posting_open on ${schema}.posting (updated_at) where state <> 'DONE'`);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(`drop table ${schema}.posting`);
    }
  };
}
