import type { MappingDto } from '#contracts/reference/mappings.dto';
import { mappingFault } from './check-mapping';
import { nearest } from './nearest';
import { readCsv } from './read-csv';

const mapping: MappingDto = {
  kind: 'ITEM',
  system: 'harbour',
  external: 'B-1',
  internal: 'A',
  validFrom: '2026-01-01',
};

describe('what makes a cross-reference unacceptable', () => {
  it.each<[string, Partial<MappingDto>, string | undefined]>([
    ['an item code', {}, undefined],
    ['a day that is none', { validFrom: '2026-02-30' }, '2026-02-30 is no day of the calendar'],
    ['an end before the begin', { validTo: '2025-12-31' }, 'validTo is before validFrom'],
    ['a unit that is no UNECE code', { kind: 'UNIT', internal: 'case' }, 'case is no code of UNECE Recommendation 20'],
    ['a unit for one item', { kind: 'UNIT', internal: 'XCS', item: 'A' }, undefined],
    ['a pack without a factor', { kind: 'PACK', internal: 'XCS', item: 'A' }, 'a pack needs its item and its factor'],
    ['a pack', { kind: 'PACK', internal: 'XCS', item: 'A', factor: '6' }, undefined],
    ['a factor of something else', { factor: '6' }, 'only a pack has a factor'],
    ['an item of an item', { item: 'A' }, 'only a unit or a pack can be for one item'],
  ])('%s', (_, change, fault) => {
    expect(mappingFault({ ...mapping, ...change })).toBe(fault);
  });
});

describe('a file of cross-references', () => {
  const HEADER = 'external,kind,system,internal,validFrom,validTo';

  it('has its columns in any order, keeps leading zeros, and names the line of what is wrong', () => {
    const rows = readCsv(`${HEADER}\r\n007,ITEM,harbour,A,2026-01-01,\r\nx,ITEMS,harbour,A,2026-01-01,\r\ny,ITEM\r\n`);
    expect(rows).toEqual([
      { row: 2, mapping: { ...mapping, external: '007' } },
      { row: 3, id: 'x/ITEMS/harbour/A/2026-01-01/', fault: expect.stringMatching(/^\/kind must be equal to one of/) },
      { row: 4, id: 'y/ITEM', fault: '2 fields instead of 6' },
    ]);
  });

  it.each([
    ['without a column', 'kind,system\r\nITEM,harbour\r\n', 'the header lacks external, internal, validFrom'],
    ['with an unknown column', `${HEADER},colour\r\n`, 'the header has colour, which is unknown or comes twice'],
    ['with a column twice', `${HEADER},kind\r\n`, 'the header has kind, which is unknown or comes twice'],
    ['without rows', `${HEADER}\r\n`, 'there is no row below the header'],
  ])('%s is refused whole', (_, csv, message) => {
    expect(() => readCsv(csv)).toThrow(expect.objectContaining({ code: 'MAPPING_FILE_INVALID', message }));
  });
});

describe('the nearest candidates', () => {
  const of = (sent: string, ...known: string[]) => nearest(sent, known, (each) => each);

  it.each<[string, string[], string[]]>([
    ['MUG-BLEU', ['MUG-BLUE', 'BOWL-OAT', 'MUG-RED'], ['MUG-BLUE', 'MUG-RED']],
    ['mug blue', ['MUG-BLUE'], ['MUG-BLUE']],
    ['85123', ['85123A', '99999X'], ['85123A']],
    ['ZZZZ', ['MUG-BLUE'], []],
  ])('of %s among %j are %j', (sent, known, candidates) => expect(of(sent, ...known)).toEqual(candidates));

  it('are at most five', () => expect(of('A', 'A1', 'A2', 'A3', 'A4', 'A5', 'A6')).toHaveLength(5));
});
