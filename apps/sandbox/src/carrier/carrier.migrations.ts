import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables of the simulated carrier; every row belongs to an installation, so one sandbox can be many carrier accounts. */
export class SandboxCarrier1772500000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create sequence sandbox.carrier_number start 100000 cache 20;

      create table sandbox.carrier_installation (
        installation   text primary key,
        api_key        text not null,
        webhook_url    text,
        webhook_header text not null default 'x-crossdock-webhook-secret',
        webhook_secret text not null default ''
      );

      -- No uniqueness over external_shipment_id: who buys twice pays twice, as with the real thing.
      create table sandbox.carrier_label (
        number               bigint primary key default nextval('sandbox.carrier_number'),
        installation         text not null,
        external_shipment_id text,
        carrier_id           text not null,
        service_code         text not null,
        cost                 numeric(12,2) not null,
        parcels              jsonb not null,
        ship_to              jsonb not null,
        created_at           timestamptz not null default clock_timestamp(),
        voided_at            timestamptz,
        status_code          text not null default 'NY',
        events               jsonb not null default '[]',
        due_at               timestamptz
      ) with (fillfactor = 70);

      create index carrier_label_external on sandbox.carrier_label (installation, external_shipment_id);
      create index carrier_label_due on sandbox.carrier_label (installation, due_at) where due_at is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table sandbox.carrier_label, sandbox.carrier_installation;
      drop sequence sandbox.carrier_number`);
  }
}

export const sandboxCarrierMigrations = [SandboxCarrier1772500000300];
