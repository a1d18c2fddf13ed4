import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SchemaMigrations } from '#persistence/migrations';
import { KeysAndAudit1764100000000 } from './1764100000000-keys-and-audit';
import { IdempotencyPages1764100000010 } from './1764100000010-idempotency-pages';
import { PeopleAndRequests1764200000000 } from './1764200000000-people-and-requests';
import { OauthClients1764300000000 } from './1764300000000-oauth-clients';
import { SustainedQuota1764400000000 } from './1764400000000-sustained-quota';
import { Versions1764450000000 } from './1764450000000-versions';
import { Certification1764500000000 } from './1764500000000-certification';
import { KeyUse1764600000000 } from './1764600000000-key-use';

/** Partners, plans, keys, and the answers kept under idempotency keys. */
export class Gateway1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.partner (
        id text primary key,
        name text not null,
        active boolean not null default true,
        created_at timestamptz not null default now()
      );
      create table gateway.plan (
        id text primary key,
        policies jsonb not null
      );
      insert into gateway.plan (id, policies) values
        ('standard', '[{"name":"burst","quota":600,"windowSeconds":60},{"name":"daily","quota":100000,"windowSeconds":86400}]'),
        ('demo', '[{"name":"burst","quota":120000,"windowSeconds":60},{"name":"daily","quota":20000000,"windowSeconds":86400}]');
      create table gateway.api_key (
        id text primary key,
        partner text not null references gateway.partner (id),
        name text not null,
        mode text not null check (mode in ('live', 'test')),
        scopes text[] not null,
        plan text not null references gateway.plan (id),
        hash text not null unique check (length(hash) = 64),
        hint text not null,
        created_at timestamptz not null default now(),
        revoked_at timestamptz
      );
      create index api_key_partner on gateway.api_key (partner, id);
      create table gateway.idempotency (
        partner text not null,
        operation text not null,
        key text not null,
        request_hash text not null,
        -- grows with every attempt: a late one cannot answer for its successor
        fence bigint not null default 1,
        lease_until timestamptz not null,
        status int,
        headers jsonb,
        body text,
        created_at timestamptz not null default now(),
        finished_at timestamptz,
        primary key (partner, operation, key)
      );
      create index idempotency_age on gateway.idempotency (created_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table gateway.idempotency, gateway.api_key, gateway.plan, gateway.partner`);
  }
}

export const gatewayMigrations: SchemaMigrations = {
  schema: 'gateway',
  partnerColumns: { partner: 'id' },
  migrations: [
    Gateway1764000000000,
    KeysAndAudit1764100000000,
    IdempotencyPages1764100000010,
    PeopleAndRequests1764200000000,
    OauthClients1764300000000,
    SustainedQuota1764400000000,
    Versions1764450000000,
    Certification1764500000000,
    KeyUse1764600000000,
  ],
};
