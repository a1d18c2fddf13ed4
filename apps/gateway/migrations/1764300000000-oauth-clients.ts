import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs that get access tokens instead of sending a key, their secrets, and the keys that sign the tokens. */
export class OauthClients1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table gateway.oauth_client (
        id text primary key,
        partner text not null references gateway.partner (id),
        name text not null,
        mode text not null check (mode in ('live', 'test')),
        scopes text[] not null,
        plan text not null references gateway.plan (id),
        -- set when another issuer makes its tokens: who that is, and what it calls the client
        issuer text,
        external_id text,
        created_at timestamptz not null default now(),
        revoked_at timestamptz,
        check ((issuer is null) = (external_id is null))
      );
      create index oauth_client_partner on gateway.oauth_client (partner, id);
      -- an issuer's client speaks for one partner; a new one may be made after the old one was revoked
      create unique index oauth_client_external on gateway.oauth_client (issuer, external_id) where revoked_at is null;
      create table gateway.oauth_secret (
        hash text primary key check (length(hash) = 64),
        client text not null references gateway.oauth_client (id),
        hint text not null,
        created_at timestamptz not null default now(),
        -- set when it is rotated: until then the old secret and the new one both work
        expires_at timestamptz
      );
      create index oauth_secret_client on gateway.oauth_secret (client);
      create table gateway.signing_key (
        kid text primary key,
        public_jwk jsonb not null,
        -- the private half, sealed with the installation's secret key
        sealed bytea not null,
        created_at timestamptz not null default now(),
        -- tokens it signed are believed until then; null while it signs
        expires_at timestamptz
      );
      create unique index signing_key_current on gateway.signing_key ((true)) where expires_at is null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table gateway.signing_key, gateway.oauth_secret, gateway.oauth_client`);
  }
}
