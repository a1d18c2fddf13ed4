import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders that are under way get what their process keeps from now on: holds as records, ended commands, agreements. */
export class OrderProcessInFull1763720000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update orders.sales_order o
         set progress = progress
               || '{"pastHolds": [], "endedCommands": [], "amended": {}, "changes": [], "substitutions": [], "shorts": []}'::jsonb
               || jsonb_build_object(
                    'counter', (progress->>'counter')::int + jsonb_array_length(progress->'holds'),
                    'holds', coalesce((
                      select jsonb_agg(
                               hold || jsonb_build_object(
                                 'id', 'h' || ((o.progress->>'counter')::int + position), 'who', 'orders', 'blocking', true,
                                 'type', kind.type, 'owner', kind.owner) order by position)
                        from jsonb_array_elements(o.progress->'holds') with ordinality as h (hold, position)
                       cross join lateral (
                         select case
                                  when hold->>'code' in ('BACKEND_REFUSED', 'COMMAND_FAILED') then 'COMMAND'
                                  when hold->>'code' = 'ANSWER_OVERDUE' then 'ANSWER'
                                  when hold->>'code' in ('FULFILMENT_CANCELLED', 'FULFILMENT_REJECTED', 'NODE_UNKNOWN')
                                    then 'WAREHOUSE'
                                  else 'VALIDATION'
                                end as type) as t
                       cross join lateral (
                         select t.type,
                                case t.type when 'VALIDATION' then 'customer-service' when 'WAREHOUSE' then 'warehouse'
                                            else 'integration' end as owner) as kind), '[]'::jsonb));

      -- When the calendar has something to say about an order: the day after its last one, by the clock of the database.
      alter table orders.sales_order add column timer_at timestamptz;
      create index sales_order_timer on orders.sales_order (timer_at) where timer_at is not null;

      -- How a partner's orders may be filled; the house's way where there is no row.
      create table orders.partner_policy (
        partner    text primary key,
        policy     jsonb not null,
        updated_by text not null,
        updated_at timestamptz not null default now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table orders.partner_policy;
      alter table orders.sales_order drop column timer_at;
    `);
  }
}
