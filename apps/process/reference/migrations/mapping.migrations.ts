import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How partners, standards and connections call our things. One table for every kind of code. */
export class Mappings1763710000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reference.mapping (
        kind       text not null,
        system     text not null,
        external   text not null,
        -- '' for all items.
        item       text not null default '',
        valid_from date not null,
        valid_to   date,
        internal   text not null,
        factor     numeric(18,6) check (factor > 0),
        version    integer not null default 1,
        updated_at timestamptz not null default now(),
        primary key (kind, system, external, item, valid_from),
        check (valid_to is null or valid_to >= valid_from),
        check ((kind = 'PACK') = (factor is not null)),
        check (kind <> 'PACK' or item <> '')
      );
      -- The way out: what it is called by whom.
      create index mapping_internal on reference.mapping (internal, kind, system);
      -- What is known of a ship-to beside its address.
      alter table reference.ship_to add column details jsonb not null default '{}';
      -- Nearest candidates of a code that nobody knows.
      create index item_sku_prefix on reference.item (upper(sku) text_pattern_ops);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index reference.item_sku_prefix;
      alter table reference.ship_to drop column details;
      drop table reference.mapping`);
  }
}

/**
 * X12 element 355 → UNECE Recommendation 20, packages of Recommendation 21 with the prefix X (domain/edi.md §9). The same letters
 * mean different things: X12 CA is a case, UNECE CA was a can; X12 CR is a cubic metre. A partner's own rows win over these.
 */
const X12_UNITS = `
  EA EA, PC H87, PR PR, DZ DZN, DP DPR, CA XCS, CT XCT, BX XBX, PK XPK, PL XPX, PF XPX, PA XPL, BG XBG, BO XBO, CN XCX, TB XTU,
  BD XBE, DR XDR, RL XRO, ST SET, KT KT, SH ST, GS GRO, HU CEN, TH MIL, LB LBR, KG KGM, GR GRM, OZ ONZ, TN STN, MP TNE, LT LTR,
  ML MLT, GA GLL, PT PTL, QT QTL, FO OZA, MR MTR, CM CMT, MM MMT, FT FOT, IN INH, YD YRD, SF FTK, SM MTK, SY YDK, CF FTQ, CR MTQ,
  CI INQ, HR HUR, DA DAY, MJ MIN`;

export class X12Units1763710000150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const pairs = X12_UNITS.split(',').map((pair) => pair.trim().split(' '));
    await runner.query(
      `insert into reference.mapping (kind, system, external, internal, valid_from)
       select 'UNIT', 'X12', x12, unece, date '1970-01-01' from unnest($1::text[], $2::text[]) as u (x12, unece)`,
      [pairs.map(([x12]) => x12), pairs.map(([, unece]) => unece)],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from reference.mapping where kind = 'UNIT' and system = 'X12'`);
  }
}
