import type { SliceState, StoredSlice } from '../out/slice.store';
import { micro, text } from '../promise/quantity';
import { consume } from './consume';
import { choose } from './release';

let ids = 0;
function slice(state: SliceState, node: string, quantity: string, line = 1, day = 0): StoredSlice {
  ids += 1;
  const held = state === 'ALLOCATED';
  const basis = held ? 'ON_HAND' : 'BACKORDER';
  const rest = {
    item: 'X',
    requested: 0,
    supply: undefined,
    pinned: false,
    excluded: [],
    channel: undefined,
    partner: undefined,
    priority: 5,
  };
  return { id: String(ids), reservation: 'r', line, node, state, held, basis, day, quantity: micro(quantity), ...rest };
}
const shipped = (quantity: string, node = 'DC', line = 1) => [
  { reservation: 'r', line, item: 'X', node, quantity: micro(quantity) },
];
const left = (changed: ReturnType<typeof consume>) =>
  changed.map(({ slice: each, quantity }) => `${each.state} ${each.node} ${text(quantity)}`);

describe('a goods issue', () => {
  test('takes exactly what has left, of what is held at its node', () => {
    const slices = [slice('ALLOCATED', 'DC', '4'), slice('ALLOCATED', 'DC', '4'), slice('BACKORDERED', 'DC', '4')];
    expect(left(consume(slices, shipped('6')))).toEqual(['ALLOCATED DC 0', 'ALLOCATED DC 2']);
  });
  test('then of what the line still waits for, because goods that left are not needed again', () => {
    const slices = [slice('ALLOCATED', 'DC', '4'), slice('BACKORDERED', 'DC', '4')];
    expect(left(consume(slices, shipped('6')))).toEqual(['ALLOCATED DC 0', 'BACKORDERED DC 2']);
  });
  test('takes nothing that is held at another node or for another line', () => {
    const slices = [slice('ALLOCATED', 'WEST', '4'), slice('ALLOCATED', 'DC', '4', 2)];
    expect(consume(slices, shipped('6'))).toEqual([]);
  });
  test('two goods issues of one line take from what the first left', () => {
    const slices = [slice('ALLOCATED', 'DC', '5')];
    expect(left(consume(slices, [...shipped('2'), ...shipped('2')]))).toEqual(['ALLOCATED DC 1']);
  });
});

describe('what is held in place of an item', () => {
  const instead: StoredSlice = {
    ...slice('ALLOCATED', 'DC', '8'),
    item: 'S',
    standsFor: { item: 'X', as: 'SUBSTITUTE', ratio: micro('2') },
  };
  const both = [slice('ALLOCATED', 'DC', '3'), instead, slice('BACKORDERED', 'DC', '5')];

  test('a goods issue of the substitute takes nothing of the item, held or waited for', () => {
    const changed = consume(both, [{ reservation: 'r', line: 1, item: 'S', node: 'DC', quantity: micro('9') }]);
    expect(changed.map(({ slice: each, quantity }) => [each.item, text(quantity)])).toEqual([['S', '0']]);
  });

  test('a release that names an item frees that item alone, and counts it as itself', () => {
    const freed = (item: string, quantity: string) =>
      choose(both, [{ line: 1, item, quantity, node: 'DC', held: 'ALLOCATED' }]);
    expect(freed('S', '5').lines).toEqual([{ line: 1, released: '5' }]);
    expect(freed('S', '5').changed.map(({ slice: each, quantity }) => [each.item, text(quantity)])).toEqual([['S', '3']]); // prettier-ignore
    expect(freed('X', '9').changed.map(({ slice: each, quantity }) => [each.item, text(quantity)])).toEqual([['X', '0']]); // prettier-ignore
    expect(choose(both, [{ line: 1, item: 'S', held: 'WAITING' }]).lines).toEqual([{ line: 1, released: '0' }]);
  });
});

describe('a release', () => {
  const slices = [slice('ALLOCATED', 'DC', '4'), slice('PROMISED', 'DC', '4', 1, 3), slice('PROMISED', 'DC', '4', 1, 9), slice('BACKORDERED', 'DC', '4')]; // prettier-ignore
  test('frees what waits, then the latest promise, then what is held', () => {
    const { changed, lines } = choose(slices, [{ line: 1, quantity: '13' }]);
    expect(changed.map(({ slice: each, quantity }) => [each.state, each.day, text(quantity)])).toEqual([
      ['ALLOCATED', 0, '3'],
      ['PROMISED', 3, '0'],
      ['PROMISED', 9, '0'],
      ['BACKORDERED', 0, '0'],
    ]);
    expect(lines).toEqual([{ line: 1, released: '13' }]);
  });
  test('frees at most what there is, and only at the node that is named', () => {
    expect(choose(slices, [{ line: 1, quantity: '99' }]).lines).toEqual([{ line: 1, released: '16' }]);
    expect(choose(slices, [{ line: 1, node: 'WEST' }, { line: 7 }]).lines).toEqual([
      { line: 1, released: '0' },
      { line: 7, released: '0' },
    ]);
  });

  test('of stock on hand that a node came up short of leaves what is promised from that node alone', () => {
    const slices = [slice('PROMISED', 'DC', '8'), slice('ALLOCATED', 'DC', '100'), slice('ALLOCATED', 'WEST', '8')];
    const short = [{ line: 1, node: 'DC', quantity: '8', held: 'ALLOCATED' as const }];
    expect(left(choose(slices, short).changed)).toEqual(['ALLOCATED DC 92']);
  });
  test('of what waits frees nothing else when it has been allocated meanwhile, and says so', () => {
    const slices = [slice('ALLOCATED', 'DC', '6'), slice('BACKORDERED', 'DC', '1')];
    const { changed, lines } = choose(slices, [{ line: 1, quantity: '4', held: 'WAITING' }]);
    expect([left(changed), lines]).toEqual([['BACKORDERED DC 0'], [{ line: 1, released: '1' }]]);
  });
});
