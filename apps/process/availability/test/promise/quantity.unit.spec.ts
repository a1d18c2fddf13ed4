import { trusted } from '../../src/promise/projection';
import { micro, text } from '../../src/promise/quantity';

test.each(['0', '1', '24.5', '0.000001', '-3.25', '999999999999.999999', '-0.5'])('quantity %s is exact', (value) => {
  expect(text(micro(value))).toBe(value);
  expect(text(micro(value.includes('.') ? value.padEnd(value.indexOf('.') + 7, '0') : `${value}.000000`))).toBe(value);
});

test('late supply counts for tomorrow within the fence and not at all beyond it, nor beyond the horizon', () => {
  const supplies = [{ day: 8, quantity: 1n }];
  expect(trusted(supplies, 10, 2, 180)).toEqual([{ day: 11, quantity: 1n }]);
  expect(trusted(supplies, 10, 1, 180)).toEqual([]);
  expect(trusted([{ day: 190, quantity: 1n }], 10, 1, 180)).toHaveLength(1);
  expect(trusted([{ day: 191, quantity: 1n }], 10, 1, 180)).toEqual([]);
});
