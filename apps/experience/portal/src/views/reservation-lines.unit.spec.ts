import type { ItemDto } from '#contracts/reference/reference.dto';
import { resolveLines } from './reservation-lines';

const mug: ItemDto = {
  sku: 'MUG',
  description: 'Mug',
  status: 'ACTIVE',
  baseUnit: 'EA',
  packs: [{ unit: 'XCS', baseQuantity: '24' }],
};
const asked = (unit: string) => ({ line: 1, item: 'MUG', quantity: { value: '2', unit } });
const baseOf = (unit: string) => resolveLines([asked(unit)], new Map([['MUG', mug]]), new Map())[0]?.base;

describe('a reservation line', () => {
  it('that is asked for by the case is held in whole cases of each node', () => {
    expect(baseOf('XCS')).toEqual({ line: 1, item: 'MUG', quantity: '48', multiple: '24' });
  });

  it('in the base unit has no pack', () => {
    expect(baseOf('EA')).toEqual({ line: 1, item: 'MUG', quantity: '2' });
  });
});
