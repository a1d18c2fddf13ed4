import { pricePerUnit } from './quantities';

describe('a price per unit', () => {
  it.each([
    ['2.55', '12', '30.60'],
    ['0.083333', '0.5', '0.041667'],
    ['0.000001', '0.1', '0.00'],
  ])('of %s for one is %s times that, with six decimals at most', (amount, perUnit, expected) => {
    expect(pricePerUnit({ amount, currency: 'GBP' }, perUnit)).toEqual({ amount: expected, currency: 'GBP' });
  });
});
