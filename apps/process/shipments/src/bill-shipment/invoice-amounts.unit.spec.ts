import { invoiceAmounts } from './invoice-amounts';

const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const priced = (...prices: string[]) =>
  prices.map((amount, index) => ({ line: index + 1, item: `I${index + 1}`, unitPrice: gbp(amount) }));
const billed = (...quantities: string[]) =>
  quantities.map((quantity, index) => ({ line: index + 1, item: `I${index + 1}`, quantity }));

describe('net amounts of an invoice (order-to-cash.md §7)', () => {
  it('48×2.35, 12×10.00 and 5×7.77 with freight 18.50 are 290.15, TDS01 29015', () => {
    const amounts = invoiceAmounts(billed('48', '12', '5'), priced('2.35', '10.00', '7.77'), [gbp('18.50')]);
    expect(amounts?.lines.map(({ amount }) => amount.amount)).toEqual(['112.80', '120.00', '38.85']);
    expect(amounts).toMatchObject({
      goods: gbp('271.65'),
      charges: gbp('18.50'),
      total: gbp('290.15'),
      totalInMinorUnits: '29015',
    });
  });

  it.each([
    [
      'lines are rounded half-up, then summed: 3 × 0.335 is 0.34 each',
      ['1', '1', '1'],
      ['0.335', '0.335', '0.335'],
      '1.02',
    ],
    ['half a penny goes up', ['1'], ['0.005'], '0.01'],
    ['below half a penny goes down', ['1'], ['0.0049'], '0.00'],
    ['a fraction of a unit', ['2.5'], ['1.11'], '2.78'],
  ])('%s', (_, quantities, prices, total) => {
    expect(invoiceAmounts(billed(...quantities), priced(...prices), [])?.total.amount).toBe(total);
  });

  it.each([
    ['JPY', '1200', '1200'],
    ['KWD', '1.250', '1250'],
  ])('minor units of %s', (currency, amount, minor) => {
    const lines = [{ line: 1, item: 'I1', unitPrice: { amount, currency } }];
    expect(invoiceAmounts(billed('1'), lines, [])?.totalInMinorUnits).toBe(minor);
  });

  it('a line without an agreed price, or prices in two currencies, have no total here', () => {
    expect(invoiceAmounts(billed('1', '1'), priced('1'), [])).toBeUndefined();
    const two = [...priced('1'), { line: 2, item: 'I2', unitPrice: { amount: '1', currency: 'EUR' } }];
    expect(invoiceAmounts(billed('1', '1'), two, [])).toBeUndefined();
    expect(invoiceAmounts(billed('1'), priced('1'), [{ amount: '1', currency: 'EUR' }])).toBeUndefined();
  });
});
