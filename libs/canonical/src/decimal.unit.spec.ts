import * as fc from 'fast-check';
import { add, Decimal, isPositive, plain, sum } from './decimal';
import { toBase } from './units';

const digits = (from: number, to: number) => fc.stringMatching(new RegExp(`^[0-9]{${from},${to}}$`));
const decimalText = fc
  .tuple(fc.constantFrom('', '-'), digits(1, 12), fc.option(digits(1, 6), { nil: undefined }))
  .map(([sign, whole, fraction]) => `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}`);

describe('decimal text', () => {
  it('the shortest form is that of the exact decimal, however the number was written', () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        expect(plain(text)).toBe(new Decimal(text).toFixed());
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['24.500000', '24.5'],
    ['007', '7'],
    ['100', '100'],
    ['0.10', '0.1'],
  ])('%s is %s', (text, shortest) => expect(plain(text)).toBe(shortest));

  it('sums are exact, the quick ones of whole numbers too', () => {
    const whole = digits(1, 12);
    fc.assert(
      fc.property(fc.array(fc.oneof(whole, decimalText), { maxLength: 30 }), (values) => {
        const exact = values.reduce((total, value) => total.plus(value), new Decimal(0));
        expect(sum(values)).toBe(exact.toFixed());
        const [a = '0', b = '999999999999'] = values;
        expect(add(a, b)).toBe(new Decimal(a).plus(b).toFixed());
        expect(isPositive(a)).toBe(new Decimal(a).gt(0));
      }),
      { numRuns: 2_000 },
    );
    expect(sum(Array.from({ length: 999 }, () => '999999999999'))).toBe('998999999999001');
  });

  it('a quantity in the base unit is itself in its shortest form; more than six digits are refused in any unit', () => {
    const item = { baseUnit: 'EA', packs: [{ unit: 'XCS', baseQuantity: '12' }] };
    fc.assert(
      fc.property(decimalText, (value) => {
        expect(toBase(item, { value, unit: 'EA' })).toBe(new Decimal(value).toFixed());
      }),
    );
    expect(() => toBase(item, { value: '1.1234567', unit: 'EA' })).toThrow(
      expect.objectContaining({ code: 'UNIT_INEXACT' }),
    );
    expect(toBase(item, { value: '1.5', unit: 'XCS' })).toBe('18');
  });
});
