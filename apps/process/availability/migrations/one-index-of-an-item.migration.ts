import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each slice pays for every index it is in: what partners hold of an item is found by the index of the item, which says whose a slice is. */
export class OneIndexOfAnItem1763720000180 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index slice_item_partner on availability.slice (item, partner);
      drop index availability.slice_item, availability.slice_partner;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index slice_item on availability.slice (item);
      create index slice_partner on availability.slice (partner, item) where state = 'RESERVED' and partner is not null;
      drop index availability.slice_item_partner;
    `);
  }
}
