import type { AvailabilityLine, PromiseSlice } from '#contracts/availability/availability.dto';
import { basePromise, packPromise } from './promise';

const slice = (node: string, quantity: string, shipDate = '2026-03-02'): PromiseSlice => ({
  node,
  quantity,
  shipDate,
  basis: 'ON_HAND',
});
const line = (availableToPromise: string, slices: PromiseSlice[], unpromised = '0'): AvailabilityLine => ({
  item: 'A',
  known: true,
  availableToPromise,
  slices,
  unpromised,
});
const cases = (value: string) => ({
  item: 'A',
  quantity: { value, unit: 'XCS' },
  edge: { unit: 'XCS', baseUnit: 'EA', baseQuantityPerUnit: '24' },
});

describe('a promise in packs', () => {
  it('is whole packs: 130 on hand are five cases of 24 (E12)', () => {
    const answer = packPromise(cases('6'), [line('130', [slice('N', '130')], '14')]);
    expect(answer.availableToPromise).toEqual({ value: '5', unit: 'XCS' });
    expect(answer.slices).toEqual([
      { quantity: { value: '5', unit: 'XCS' }, node: 'N', shipDate: '2026-03-02', basis: 'ON_HAND' },
    ]);
    expect(answer.unpromised).toEqual({ value: '1', unit: 'XCS' });
  });

  it('counts each node alone: two nodes with 13 hold no case of 24 (E12)', () => {
    const answer = packPromise(cases('1'), [
      line('13', [slice('N', '13')], '11'),
      line('13', [slice('S', '13')], '11'),
    ]);
    expect(answer).toMatchObject({ availableToPromise: { value: '0' }, slices: [], unpromised: { value: '1' } });
  });

  it('prefers the node that serves most', () => {
    const answer = packPromise(cases('3'), [line('30', [slice('N', '30')], '42'), line('100', [slice('S', '72')])]);
    expect(answer.availableToPromise.value).toBe('5');
    expect(answer.slices.map(({ node, quantity }) => [node, quantity.value])).toEqual([['S', '3']]);
  });

  it('shows a part of a pack in the base unit, and the parts make whole packs together', () => {
    const answer = packPromise(cases('1'), [line('30', [slice('N', '10'), slice('N', '14', '2026-03-09')])]);
    expect(answer.slices.map(({ quantity }) => quantity)).toEqual([
      { value: '10', unit: 'EA' },
      { value: '14', unit: 'EA' },
    ]);
    expect(answer.unpromised.value).toBe('0');
  });
});

describe('a promise in the base unit', () => {
  it('is passed on as it is', () => {
    const asked = {
      item: 'A',
      quantity: { value: '7.50', unit: 'KGM' },
      edge: { unit: 'KGM', baseUnit: 'KGM', baseQuantityPerUnit: '1' },
    };
    const answer = basePromise(asked, line('5.25', [slice('N', '5.25')], '2.25'));
    expect(answer).toMatchObject({
      requested: { value: '7.5' },
      availableToPromise: { value: '5.25', unit: 'KGM' },
      unpromised: { value: '2.25', unit: 'KGM' },
    });
  });
});
