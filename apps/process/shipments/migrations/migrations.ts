import type { SchemaMigrations } from '#persistence/migrations';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ShipmentCorrections1763900000000 } from './corrections.migration';
import { SaidCorrections1763900000100 } from './said-corrections.migration';

class Shipments1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a fulfilment order is, as orders told it when it released it. Never changes afterwards.
      create table shipments.fulfilment_order (
        id             text primary key,
        order_id       text not null,
        partner        text not null,
        customer       text not null,
        purchase_order text not null,
        node           text not null,
        erp_connection text not null,
        tms_connection text not null,
        ship_from      jsonb not null,
        ship_to        jsonb not null,
        lines          jsonb not null
      );

      -- Orders whose sales order is in the ERP: deliveries may be posted against it.
      create table shipments.erp_order (
        order_id        text primary key,
        erp_connection  text not null,
        document_number text not null
      );

      create sequence shipments.feed_position;

      create table shipments.shipment (
        id               text primary key,
        fulfilment_order text not null,
        state            text not null check (state in ('PARKED', 'CONFIRMED')),
        content_hash     text not null,
        request          jsonb not null,
        correlation_id   text not null,
        received_at      timestamptz not null default now(),
        order_id         text,
        partner          text,
        lines            jsonb,
        findings         jsonb not null default '[]',
        carrier          text,
        tracking_numbers jsonb not null default '[]',
        tracking         text,
        version          integer not null default 1 check (version > 0),
        updated_at       timestamptz not null default now(),
        -- Place in the feed of changes; null until a reader of the feed gives it the next one.
        position         bigint,
        check (state = 'PARKED' or (order_id is not null and partner is not null and lines is not null))
      ) with (fillfactor = 70);

      create index shipment_fulfilment_order on shipments.shipment (fulfilment_order);
      create index shipment_order on shipments.shipment (order_id, position);
      create index shipment_partner on shipments.shipment (partner, position);
      create unique index shipment_position on shipments.shipment (position);
      create index shipment_unplaced on shipments.shipment (id) where position is null and state = 'CONFIRMED';
      create index shipment_parked on shipments.shipment (received_at) where state = 'PARKED';

      -- The same shipment id with other content: kept as evidence, changes nothing.
      create table shipments.shipment_conflict (
        shipment_id  text not null references shipments.shipment (id),
        content_hash text not null,
        request      jsonb not null,
        received_at  timestamptz not null default now(),
        primary key (shipment_id, content_hash)
      );

      create table shipments.effect (
        shipment_id text not null references shipments.shipment (id),
        name        text not null check (name in ('GOODS_ISSUE', 'LABEL', 'ERP_DELIVERY', 'ERP_INVOICE', 'NOTICE')),
        state       text not null check (state in ('PENDING', 'DONE', 'FAILED', 'NOT_NEEDED')),
        reference   text,
        error       text,
        attempts    integer not null default 0,
        updated_at  timestamptz not null default now(),
        primary key (shipment_id, name)
      ) with (fillfactor = 70);

      create index effect_open on shipments.effect (updated_at) where state in ('PENDING', 'FAILED');

      -- One parcel of one shipment; its rank only grows.
      create table shipments.parcel (
        tracking_number text not null,
        shipment_id     text not null references shipments.shipment (id),
        status          text not null,
        rank            integer not null,
        occurred_at     timestamptz,
        primary key (tracking_number, shipment_id)
      ) with (fillfactor = 70);

      create index parcel_shipment on shipments.parcel (shipment_id);

      create table shipments.tracking_event (
        tracking_number text not null,
        status          text not null,
        occurred_at     timestamptz not null,
        rank            integer not null,
        detail          text,
        primary key (tracking_number, status, occurred_at)
      );

      create table shipments.notice (
        shipment_id      text primary key references shipments.shipment (id),
        partner          text not null,
        carrier          text,
        tracking_numbers jsonb not null,
        created_at       timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table shipments.notice, shipments.tracking_event, shipments.parcel, shipments.effect,
        shipments.shipment_conflict, shipments.shipment, shipments.erp_order, shipments.fulfilment_order;
      drop sequence shipments.feed_position;
    `);
  }
}

export const shipmentsMigrations: SchemaMigrations = {
  schema: 'shipments',
  migrations: [Shipments1763800000000, ShipmentCorrections1763900000000, SaidCorrections1763900000100],
};
