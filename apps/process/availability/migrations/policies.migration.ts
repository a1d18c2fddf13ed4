import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Policies1763720000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every change of a policy takes the next number while it holds this row, so numbers are in commit order and a
      -- reader that knows all up to one number needs only what is above it.
      create table availability.policy_revision (
        only_row boolean primary key default true check (only_row),
        revision bigint not null default 0
      );
      insert into availability.policy_revision default values;

      create table availability.item_policy (
        item                text primary key,
        revision            bigint not null,
        rule                text not null default 'LOOK_AHEAD',
        accumulation_days   integer,
        purchasable         boolean not null default false,
        lead_time_days      integer check (lead_time_days is not null or not purchasable),
        receiving_days      integer not null default 0,
        minimum_remaining_life_days integer not null default 0,
        -- [{item, ratio}] and [{item, quantity}], decimals as text, in the order in which they were given.
        substitutes         jsonb not null default '[]',
        components          jsonb not null default '[]',
        backorder_rule      text not null default 'FCFS'
      );
      create index item_policy_revision on availability.item_policy (revision);

      create table availability.node_policy (
        node          text primary key,
        revision      bigint not null,
        working_days  smallint[] not null,
        holidays      date[] not null,
        -- Local to the node; none when null.
        cut_off       text,
        handling_days integer not null,
        transit_days  integer not null,
        -- Of one shipment from here: money or distance, any unit. None known when null.
        shipment_cost numeric(18,6) check (shipment_cost >= 0)
      );
      create index node_policy_revision on availability.node_policy (revision);

      -- node '' is all nodes together, item '' each item by itself. A quota that protects nothing and has no cap, and a partner
      -- without a maximum, are as good as none: they stay so that readers see the change.
      create table availability.channel_quota (
        item      text not null,
        channel   text not null,
        node      text not null,
        revision  bigint not null,
        protected numeric(18,6) not null check (protected >= 0),
        cap       numeric(18,6) check (cap >= protected),
        primary key (item, channel, node)
      );
      create index channel_quota_revision on availability.channel_quota (revision);

      create table availability.partner_cap (
        partner  text not null,
        item     text not null,
        revision bigint not null,
        maximum  numeric(18,6) check (maximum >= 0),
        primary key (partner, item)
      );
      create index partner_cap_revision on availability.partner_cap (revision);

      -- Taken by channels: reserved or shipped, less what was released. Moves with the slices, under the lock of the item.
      create table availability.channel_consumption (
        item     text not null,
        channel  text not null,
        node     text not null,
        consumed numeric(18,6) not null,
        primary key (item, channel, node)
      ) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table availability.channel_consumption, availability.partner_cap, availability.channel_quota,
                 availability.node_policy, availability.item_policy, availability.policy_revision;
    `);
  }
}
