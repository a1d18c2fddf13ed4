import type { ItemDto } from '#contracts/reference/reference.dto';
import { check, customerFault, itemFault, normalisedItem, priceFault } from './check-records';

const item: ItemDto = { sku: 'A', description: 'a', status: 'ACTIVE', baseUnit: 'EA', packs: [] };

describe('what makes a record of reference data unacceptable', () => {
  it.each<[string, Partial<ItemDto>, string | undefined]>([
    ['a right GTIN-13 is fine', { gtin: '4006381333931' }, undefined],
    ['a wrong check digit', { gtin: '4006381333930' }, 'GTIN 4006381333930: the check digit is wrong'],
    [
      'a wrong check digit of a pack',
      { packs: [{ unit: 'XCS', baseQuantity: '6', gtin: '10614141123450' }] },
      'GTIN 10614141123450: the check digit is wrong',
    ],
    [
      'one GTIN for two units',
      { gtin: '4006381333931', packs: [{ unit: 'XCS', baseQuantity: '6', gtin: '04006381333931' }] },
      'two units have the same GTIN',
    ],
    ['a pack in the base unit', { packs: [{ unit: 'EA', baseQuantity: '6' }] }, 'unit EA is declared twice'],
  ])('%s', (_, change, fault) => {
    expect(itemFault({ ...item, ...change })).toBe(fault);
  });

  it('a GTIN is kept with 14 digits', () => {
    expect(normalisedItem({ ...item, gtin: '4006381333931' }).gtin).toBe('04006381333931');
  });

  it('a ship-to comes once per customer', () => {
    const shipTo = { id: 'S', address: { name: 'n', street: 's', city: 'c', postalCode: '', country: 'GB' } };
    const customer = {
      id: 'C',
      name: 'n',
      status: 'ACTIVE' as const,
      partner: 'p',
      currency: 'GBP',
      shipTos: [shipTo, shipTo],
    };
    expect(customerFault(customer)).toBe('ship-to S is declared twice');
  });

  it.each([
    ['2026-01-01', '2026-12-31', '2', undefined],
    ['2026-02-30', undefined, '2', '2026-02-30 is no day of the calendar'],
    ['2026-02-02', '2026-02-01', '2', 'validTo is before validFrom'],
    ['2026-02-02', undefined, '-2', 'a price is not negative'],
  ])('a price from %s to %s of %s: %s', (validFrom, validTo, amount, fault) => {
    const price = { customer: 'C', item: 'A', price: { amount, currency: 'GBP' }, validFrom };
    expect(priceFault(validTo === undefined ? price : { ...price, validTo })).toBe(fault);
  });

  it('the second record of one key in a request is rejected', () => {
    expect(check([1, 2, 1], String, () => undefined)).toEqual({
      good: [1, 2],
      rejected: [{ id: '1', outcome: 'rejected', detail: 'twice in this request' }],
    });
  });
});
