import { catalogueOf, medianOf } from './catalogue';
import { countryCode } from './countries';
import { isCharge, planOf } from './mapping';
import { openingStock } from './seed';
import type { Invoice, TradeLine } from './trade';

function line(code: string, quantity: string, unitPrice: string, description = code): TradeLine {
  return { code, quantity, unitPrice, description };
}
function invoice(lines: readonly TradeLine[], fields: Partial<Invoice> = {}): Invoice {
  const number = fields.number ?? '536365';
  const head = {
    position: 0,
    number,
    part: 1,
    date: '2010-12-01T08:26:00',
    customer: '17850',
    country: 'United Kingdom',
  };
  return { ...head, reversal: number.startsWith('C'), ...fields, lines };
}
async function* stream(...invoices: Invoice[]): AsyncGenerator<Invoice> {
  await Promise.resolve();
  yield* invoices;
}

describe('stock codes', () => {
  it.each([
    'POST',
    'DOT',
    'M',
    'D',
    'S',
    'B',
    'C2',
    'BANK CHARGES',
    'AMAZONFEE',
    'CRUK',
    'PADS',
    'GIFT_0001_20',
    'ADJUST2',
  ])('%s is a charge', (code) => expect(isCharge(code)).toBe(true));
  it.each(['85123A', '22423', 'DCGSSGIRL', 'DCGS0003', '15056BL', 'MUG', 'POSTER'])('%s is goods', (code) =>
    expect(isCharge(code)).toBe(false),
  );
});

describe('an invoice', () => {
  it('becomes an order: its number, its customer, lines counted from 1, prices as invoiced', () => {
    expect(planOf(invoice([line('85123A', '6', '2.55'), line('85123A', '2', '2.10')]))).toEqual({
      kind: 'orders',
      writeOffs: 0,
      orders: [
        {
          purchaseOrder: '536365',
          shipTo: '17850',
          lines: [
            {
              line: 1,
              item: '85123A',
              quantity: { value: '6', unit: 'EA' },
              unitPrice: { amount: '2.55', currency: 'GBP' },
            },
            {
              line: 2,
              item: '85123A',
              quantity: { value: '2', unit: 'EA' },
              unitPrice: { amount: '2.1', currency: 'GBP' },
            },
          ],
        },
      ],
    });
  });

  it('carries postage and fees as charges: money, rounded once, not lines', () => {
    const plan = planOf(
      invoice([line('POST', '3', '18.00', 'POSTAGE'), line('85123A', '6', '2.55'), line('PADS', '3', '0.005', '')]),
    );
    expect(plan).toMatchObject({
      orders: [
        {
          lines: [{ line: 1, item: '85123A' }],
          charges: [
            { code: 'POST', description: 'POSTAGE', amount: { amount: '54.00', currency: 'GBP' } },
            { code: 'PADS', amount: { amount: '0.02', currency: 'GBP' } },
          ],
        },
      ],
    });
  });

  it('of charges alone is not sent', () => {
    expect(planOf(invoice([line('B', '1', '-11062.06')], { number: 'A563186' }))).toEqual({
      kind: 'not-sent',
      reason: 'CHARGES_ONLY',
    });
  });

  it('of negative lines is a write-off, not an order; beside goods they are left out and counted', () => {
    expect(planOf(invoice([line('22423', '-10', '0')], { customer: '' }))).toEqual({
      kind: 'not-sent',
      reason: 'NEGATIVE_LINE',
    });
    expect(planOf(invoice([line('22423', '-10', '0'), line('22423', '1', '5')]))).toMatchObject({
      writeOffs: 1,
      orders: [{ lines: [{ line: 1, quantity: { value: '1' } }] }],
    });
  });

  it('without a price is sent without one, without a customer without a ship-to: the API says what it thinks', () => {
    const plan = planOf(invoice([line('22423', '1', '0')], { customer: '' }));
    expect(plan).toMatchObject({ kind: 'orders' });
    const [order] = plan.kind === 'orders' ? plan.orders : [];
    expect(order).not.toHaveProperty('shipTo');
    expect(order?.lines[0]).not.toHaveProperty('unitPrice');
  });

  it('that cannot be read is not sent', () => {
    expect(planOf(invoice([{ ...line('22423', 'x', '1'), fault: 'quantity x' }]))).toEqual({
      kind: 'not-sent',
      reason: 'MALFORMED_LINE',
    });
  });

  it('longer than an order may be becomes releases that together hold every line once, and charges once', () => {
    const goods = Array.from({ length: 1101 }, () => line('22423', '1', '5'));
    const plan = planOf(invoice([...goods, line('DOT', '1', '9')]));
    const orders = plan.kind === 'orders' ? plan.orders : [];
    expect(orders.map(({ release, lines, charges }) => [release, lines.length, charges?.length])).toEqual([
      ['1', 500, 1],
      ['2', 500, undefined],
      ['3', 101, undefined],
    ]);
    expect(orders.flatMap(({ lines }) => lines.map((each) => each.line))).toEqual(goods.map((_, index) => index + 1));
  });

  it('whose number comes a second time is a release of its own', () => {
    expect(planOf(invoice([line('22423', '1', '5')], { part: 2 }))).toMatchObject({ orders: [{ release: 'P2' }] });
  });

  it('that begins with C reverses goods; its discounts are no goods', () => {
    expect(planOf(invoice([line('22423', '-2', '12.75'), line('D', '-1', '57.60')], { number: 'C565077' }))).toEqual({
      kind: 'reversal',
      lines: [{ item: '22423', quantity: '2', unitPrice: '12.75' }],
    });
  });
});

describe('the first pass', () => {
  it('takes the first description that says something, and counts only demand that can become orders', async () => {
    const catalogue = await catalogueOf(
      stream(
        invoice([line('A', '3', '0', '')], { customer: '' }),
        invoice([line('A', '4', '2.5', 'MUG'), line('POST', '1', '9')], { number: '2', country: 'EIRE' }),
        invoice([line('A', '1', '2.5', 'OTHER')], { number: '3', country: 'France' }),
        invoice([line('A', '-2', '2.5'), line('B1', '-1', '1')], { number: 'C4' }),
      ),
      { partner: 'harbour', listPrice: 'none' },
    );
    expect(catalogue.items).toEqual([
      { sku: 'A', description: 'MUG', status: 'ACTIVE', baseUnit: 'EA', packs: [] },
      { sku: 'B1', description: 'B1', status: 'ACTIVE', baseUnit: 'EA', packs: [] },
    ]);
    expect(Object.fromEntries(catalogue.demand)).toEqual({ A: '5', B1: '0' });
    expect(catalogue.customers).toHaveLength(1);
    expect(catalogue.customers[0]).toMatchObject({
      id: '17850',
      partner: 'harbour',
      shipTos: [{ id: '17850', address: { country: 'IE' } }],
    });
    expect([...catalogue.reversed]).toEqual(['17850\nA', '17850\nB1']);
  });

  it('stocks cover × demand in whole pieces', async () => {
    const demand = new Map([
      ['A', '5'],
      ['B1', '0'],
    ]);
    const catalogue = { ...(await catalogueOf(stream(), { partner: 'p', listPrice: 'none' })), demand };
    expect(openingStock(catalogue, '0.5')).toEqual([
      { item: 'A', quantity: '3' },
      { item: 'B1', quantity: '0' },
    ]);
  });

  it('takes the middle price by how often it was asked', () => {
    expect(
      medianOf(
        new Map([
          ['10', 1],
          ['2.55', 3],
          ['2.10', 2],
        ]),
      ),
    ).toBe('2.55');
    expect(medianOf(new Map())).toBeUndefined();
  });

  it.each([
    ['EIRE', 'IE'],
    ['United Kingdom', 'GB'],
    ['Channel Islands', 'JE'],
    ['Czech Republic', 'CZ'],
    ['USA', 'US'],
    ['Hong Kong', 'HK'],
    ['Germany', 'DE'],
    ['France', 'FR'],
    ['Saudi Arabia', 'SA'],
    ['United Arab Emirates', 'AE'],
    ['Unspecified', 'GB'],
  ])('%s is %s', (name, code) => expect(countryCode(name)).toBe(code));
});
