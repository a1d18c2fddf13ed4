import * as fc from 'fast-check';
import { csvLine, parseCsv, withoutBom } from './csv';

const rows = (text: string): (readonly string[])[] => parseCsv(Buffer.from(text)).map(({ fields }) => fields);

describe('RFC 4180', () => {
  it('what is written is read back, whatever is in it', () => {
    const field = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/\0/g, ''));
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { maxLength: 5 }), (table) => {
        expect(rows(table.map(csvLine).join(''))).toEqual(table);
      }),
    );
  });

  it('leading zeros stay, because everything is text', () => {
    expect(rows('00123,007\r\n')).toEqual([['00123', '007']]);
  });

  it('LF and CRLF end a record, inside quotes they are text', () => {
    expect(rows('a,"b\r\nc"\nd,e')).toEqual([['a', 'b\r\nc'], ['d', 'e']]); // prettier-ignore
  });

  it('lines and bytes are counted through quoted line breaks, empty lines and letters of several bytes', () => {
    const records = parseCsv(Buffer.from('é,"1\n2"\r\n\r\nx,y\r\n'));
    expect(records.map(({ line, offset }) => [line, offset])).toEqual([[1, 0], [4, 12]]); // prettier-ignore
  });

  it('a byte order mark is not part of the first field', () => {
    expect(parseCsv(withoutBom(Buffer.from('\uFEFFH,1\r\n')))[0]?.fields).toEqual(['H', '1']);
  });

  it.each([
    ['a,"b', 1],
    ['a,b\r\nc,d"e', 2],
    ['a,"b"c', 1],
    ['a,b\rc,d', 1],
  ])('%j is malformed, and the line is named', (text, line) => {
    expect(() => rows(text)).toThrow(expect.objectContaining({ code: 'CSV_MALFORMED', details: { line } }));
  });

  it('bytes that are not UTF-8 are refused', () => {
    expect(() => parseCsv(Buffer.from([0x48, 0x2c, 0xe9, 0x0a]))).toThrow(
      expect.objectContaining({ code: 'CSV_MALFORMED' }),
    );
  });
});
