import type { MigrationInterface, QueryRunner } from 'typeorm';

const FIRST_EFFECTS = `'GOODS_ISSUE', 'LABEL', 'ERP_DELIVERY', 'ERP_INVOICE', 'NOTICE'`;

/** Versions of a shipment, effects of their own for each, tolerances, and what has been told to a person. */
export class ShipmentCorrections1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table shipments.shipment
        add revision      integer not null default 1 check (revision > 0),
        add voided        boolean not null default false,
        add parked_reason text check (parked_reason in ('ORDER_UNKNOWN', 'UNIT_MISMATCH')),
        -- A person has been told that it waits.
        add alerted_at    timestamptz,
        -- What its label cost: {amount, currency}.
        add label_cost    jsonb;
      update shipments.shipment set parked_reason = 'ORDER_UNKNOWN' where state = 'PARKED';
      alter table shipments.fulfilment_order add channel text;

      -- What was said before, and what each correction said: nothing is overwritten.
      create table shipments.revision (
        shipment_id  text not null references shipments.shipment (id),
        revision     integer not null check (revision > 0),
        kind         text not null check (kind in ('CONFIRMED', 'CORRECTED', 'VOIDED')),
        content_hash text not null,
        request      jsonb not null,
        lines        jsonb,
        reason       text,
        received_at  timestamptz not null default now(),
        primary key (shipment_id, revision)
      );

      alter table shipments.effect
        drop constraint effect_pkey,
        drop constraint effect_name_check,
        -- The version of the shipment that the effect belongs to.
        add revision integer not null default 1 check (revision > 0),
        -- Its backend has been asked: from now on it asks for the same, and a correction is an effect of its own.
        add asked    boolean not null default false,
        -- What it posts; the lines of the shipment when null.
        add lines    jsonb,
        -- The shipment as it was when the backend was asked, where it has been corrected since: {request, lines, carrier}.
        add content  jsonb,
        -- A person has been told that it failed.
        add troubled boolean not null default false,
        add primary key (shipment_id, revision, name),
        add check (name in (${FIRST_EFFECTS}, 'ASN', 'CHANNEL_FULFILMENT', 'FREIGHT_ACCRUAL',
                            'ERP_REVERSAL', 'CREDIT_MEMO', 'LABEL_VOID'));
      update shipments.effect set asked = true where state = 'DONE' or attempts > 0;
      insert into shipments.effect (shipment_id, name, state)
      select s.id, n.name, 'NOT_NEEDED' from shipments.shipment s,
             unnest(array['ASN', 'CHANNEL_FULFILMENT', 'FREIGHT_ACCRUAL']) as n (name) where s.state = 'CONFIRMED';

      -- How much more than released may leave and be billed; '' stands for all.
      create table shipments.over_ship_tolerance (
        partner text not null,
        item    text not null,
        percent numeric(6,3) not null check (percent between 0 and 100),
        primary key (partner, item)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table shipments.over_ship_tolerance, shipments.revision;
      delete from shipments.effect where revision > 1 or name not in (${FIRST_EFFECTS});
      alter table shipments.effect
        drop constraint effect_pkey, drop constraint effect_name_check,
        drop revision, drop asked, drop lines, drop content, drop troubled,
        add primary key (shipment_id, name), add check (name in (${FIRST_EFFECTS}));
      alter table shipments.fulfilment_order drop channel;
      alter table shipments.shipment drop revision, drop voided, drop parked_reason, drop alerted_at, drop label_cost;
    `);
  }
}
