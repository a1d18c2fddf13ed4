import type { Slice, StandsFor } from '../out/slice.store';
import { micro, text } from '../promise/quantity';
import { holdingsOf, takeUnits, unitsOf } from './holdings';

const slice = (item: string, quantity: string, standsFor?: StandsFor, more: Partial<Slice> = {}): Slice => ({
  reservation: 'r',
  line: 1,
  item,
  node: 'DC',
  state: 'RESERVED',
  held: true,
  quantity: micro(quantity),
  day: 0,
  requested: 0,
  basis: 'ON_HAND',
  supply: undefined,
  pinned: false,
  excluded: [],
  channel: undefined,
  partner: undefined,
  priority: 5,
  standsFor,
  ...more,
});
const component = (ratio: string, kits = 0): StandsFor => ({ item: 'KIT', as: 'COMPONENT', ratio: micro(ratio), kits });
const instead = (ratio: string): StandsFor => ({ item: 'X', as: 'SUBSTITUTE', ratio: micro(ratio) });
const units = (slices: Slice[]) => holdingsOf(slices).map((each) => text(unitsOf(each)));

describe('what a line holds, in units of what it asked for', () => {
  test.each([
    { name: 'the item itself', slices: [slice('X', '7'), slice('X', '2')], expected: ['7', '2'] },
    { name: 'E12: BOX 37, BULB 150 of 4, CORD 70 of 2', slices: [slice('BOX', '37', component('1')), slice('BULB', '150', component('4')), slice('CORD', '70', component('2'))], expected: ['35'] }, // prettier-ignore
    { name: 'a component in two slices', slices: [slice('A', '3', component('1')), slice('B', '2', component('2')), slice('B', '4', component('2'))], expected: ['3'] }, // prettier-ignore
    { name: 'kits of two parts', slices: [slice('A', '3', component('1')), slice('A', '2', component('1', 1))], expected: ['3', '2'] }, // prettier-ignore
    { name: 'a substitute of which two stand for one', slices: [slice('Y', '10', instead('2'))], expected: ['5'] },
  ])('$name', ({ slices, expected }) => expect(units(slices)).toEqual(expected));

  test('a kit of which one component is still to come is not ready', () => {
    const [holding] = holdingsOf([slice('A', '3', component('1')), slice('B', '6', component('2'), { held: false })]);
    expect(holding && text(unitsOf(holding, ({ held, quantity }) => (held ? quantity : 0n)))).toBe('0');
  });

  test('taking kits takes of each component its share, in the order of the slices', () => {
    const [holding] = holdingsOf([slice('B', '3', component('2')), slice('A', '3', component('1')), slice('B', '3', component('2'))]); // prettier-ignore
    const taken: string[] = [];
    if (holding) takeUnits(holding, micro('2'), ({ quantity }) => quantity, ({ item }, quantity) => taken.push(`${item} ${text(quantity)}`)); // prettier-ignore
    expect(taken).toEqual(['B 3', 'B 1', 'A 2']);
  });
});
