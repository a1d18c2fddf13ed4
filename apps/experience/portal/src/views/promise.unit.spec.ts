import type { AnsweredSlice, AvailabilityLine } from '#contracts/availability/answer.dto';
import { promiseOf } from './promise';

const slice = (quantity: string, more: Partial<AnsweredSlice> = {}): AnsweredSlice => ({
  node: 'N',
  quantity,
  shipDate: '2026-03-02',
  basis: 'ON_HAND',
  ...more,
});
const line = (more: Partial<AvailabilityLine>): AvailabilityLine => ({
  item: 'A',
  known: true,
  availableToPromise: '0',
  slices: [],
  unpromised: '0',
  shortfalls: [],
  ...more,
});
const asked = (value: string, unit: string, baseUnit = 'EA', baseQuantityPerUnit = '24') => ({
  item: 'A',
  quantity: { value, unit },
  edge: { unit, baseUnit, baseQuantityPerUnit },
});

describe('a promise in the unit asked for', () => {
  it('is in packs when packs were asked for', () => {
    const short = [{ quantity: '24', reason: 'NO_SUPPLY' as const }];
    const promised = line({ availableToPromise: '120', slices: [slice('120')], unpromised: '24', shortfalls: short });
    expect(promiseOf(asked('6', 'XCS'), promised, new Map())).toEqual({
      item: 'A',
      requested: { value: '6', unit: 'XCS' },
      availableToPromise: { value: '5', unit: 'XCS' },
      slices: [{ quantity: { value: '5', unit: 'XCS' }, node: 'N', shipDate: '2026-03-02', basis: 'ON_HAND' }],
      unpromised: { value: '1', unit: 'XCS' },
      shortfalls: [{ quantity: { value: '1', unit: 'XCS' }, reason: 'NO_SUPPLY' }],
    });
  });

  it('shows a part of a pack in the base unit', () => {
    const { slices } = promiseOf(asked('1', 'XCS'), line({ slices: [slice('10'), slice('14', { supply: 'PO-1' })] }), new Map()); // prettier-ignore
    expect(slices).toMatchObject([
      { quantity: { value: '10', unit: 'EA' } },
      { quantity: { value: '14', unit: 'EA' }, supply: 'PO-1' },
    ]);
  });

  it('counts a substitute and components in their own base units', () => {
    const instead = slice('24', { basis: 'SUBSTITUTE', item: 'B', itemQuantity: '1.5' });
    const kit = slice('24', { components: [{ item: 'C', quantity: '48', basis: 'ON_HAND' }] });
    const units = new Map([['B', 'KGM']]);
    expect(promiseOf(asked('2', 'XCS'), line({ slices: [instead, kit] }), units).slices).toMatchObject([
      { quantity: { value: '1', unit: 'XCS' }, substitute: { item: 'B', quantity: { value: '1.5', unit: 'KGM' } } },
      { quantity: { value: '1', unit: 'XCS' }, components: [{ item: 'C', quantity: { value: '48', unit: 'EA' } }] },
    ]);
  });

  it('is passed on as it is in the base unit', () => {
    const promised = line({ availableToPromise: '5.25', slices: [slice('5.25')], unpromised: '2.25' });
    expect(promiseOf(asked('7.50', 'KGM', 'KGM', '1'), promised, new Map())).toMatchObject({
      requested: { value: '7.5' },
      availableToPromise: { value: '5.25', unit: 'KGM' },
      unpromised: { value: '2.25', unit: 'KGM' },
    });
  });
});
