import { fullFormats } from 'ajv-formats/dist/formats';
import * as fc from 'fast-check';
import { findingsOf, isDateTime, newAjv } from './contract-check';

const standard = (fullFormats['date-time'] as { readonly validate: (text: string) => boolean }).validate;

describe('a finding', () => {
  const check = newAjv().compile({ type: 'object', additionalProperties: false });
  const findingOf = (field: string) => {
    check({ [field]: 1 });
    return findingsOf(check.errors ?? [])[0];
  };

  it('points at the field, escaped', () => expect(findingOf('a/b~c')?.pointer).toBe('/a~1b~0c'));

  it('does not send back a name that nobody gives a field', () => {
    const finding = findingOf('x'.repeat(900_000));
    expect(finding).toMatchObject({ code: 'FIELD_UNKNOWN', pointer: `/${'x'.repeat(299)}…` });
    expect(JSON.stringify(finding).length).toBeLessThan(1_000);
  });
});

describe('a moment in a contract', () => {
  it.each([
    ['2026-03-02T06:00:00Z', true],
    ['2026-03-31T23:59:59.123456+02:00', true],
    ['2024-02-29T00:00:00Z', true],
    ['2026-02-29T00:00:00Z', false],
    ['2026-13-01T00:00:00Z', false],
    ['2026-03-02T24:00:00Z', false],
    ['2026-03-02T06:00:00', false],
    ['2026-03-02', false],
    ['2026-03-02T06:00:00Z\n', false],
  ])('%j: %s', (text, expected) => expect(isDateTime(text)).toBe(expected));

  it('is what the standard says, whatever is written', () => {
    const two = fc.integer({ min: 0, max: 70 }).map((number) => String(number).padStart(2, '0'));
    const near = fc
      .tuple(fc.constantFrom('2024', '2026', '1900', '0000', '26'), two, two, fc.constantFrom('T', 't', ' ', ''), two, two, two)
      .chain(([year, month, day, between, hour, minute, second]) =>
        fc
          .constantFrom('Z', 'z', '', '.5Z', '.Z', '+02:00', '-2359', '+24:00', 'Z ')
          .map((zone) => `${year}-${month}-${day}${between}${hour}:${minute}:${second}${zone}`),
      ); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(near, fc.date({ noInvalidDate: true }).map((date) => date.toISOString()), fc.string()), (text) => {
        expect(isDateTime(text)).toBe(standard(text));
      }),
      { numRuns: 20_000 },
    ); // prettier-ignore
  });
});
