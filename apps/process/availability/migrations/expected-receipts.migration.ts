import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What documents say will come, beside what counts of it: an ASN replaces the quantity of its purchase order. */
export class ExpectedReceipts1763720000120 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Every document as stated, less what has come of it. availability.supply is what counts of these. One that is ended stays with
      -- 0 open, so that an ASN that comes after it does not count.
      create table availability.expected_receipt (
        id           text primary key,
        kind         text not null check (kind in ('PURCHASE_ORDER', 'ASN', 'TRANSFER')),
        item         text not null,
        node         text not null,
        open         numeric(18,6) not null check (open >= 0),
        available_on date not null,
        -- ASN: the purchase order that it speaks of.
        announces    text check (announces is null or kind = 'ASN')
      ) with (fillfactor = 80);
      create index expected_receipt_announces on availability.expected_receipt (announces) where announces is not null;
      create index expected_receipt_item on availability.expected_receipt (item) where open > 0;
      insert into availability.expected_receipt (id, kind, item, node, open, available_on)
      select id, kind, item, node, quantity, available_on from availability.supply;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table availability.expected_receipt');
  }
}
