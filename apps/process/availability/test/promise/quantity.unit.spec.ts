import { trusted } from '../../src/promise/projection';
import { micro, smallMicro, smallText, text } from '../../src/promise/quantity';
import { forCases, same } from './cases';

test.each(['0', '1', '24.5', '0.000001', '-3.25', '999999999999.999999', '-0.5'])('quantity %s is exact', (value) => {
  expect(text(micro(value))).toBe(value);
  expect(text(micro(value.includes('.') ? value.padEnd(value.indexOf('.') + 7, '0') : `${value}.000000`))).toBe(value);
});

test('a small quantity is the same number as an exact one, up to two thousand millions', () => {
  forCases(50_000, (random) => {
    const whole = random.int(0, 10 ** random.int(1, 9) * 2 - 1);
    const value = `${random.chance(0.2) ? '-' : ''}${whole}.${String(random.int(0, 999_999)).padStart(6, '0')}`;
    same('millionths', BigInt(smallMicro(value) ?? Number.NaN), micro(value));
    same('text', smallText(smallMicro(value) ?? Number.NaN), text(micro(value)));
  });
  expect(smallMicro('1999999999.999999')).toBe(1_999_999_999_999_999);
  expect([smallMicro('2000000000'), smallMicro('-2000000000.000001')]).toEqual([undefined, undefined]);
});

test('late supply counts for tomorrow within the fence and not at all beyond it, nor beyond the horizon', () => {
  const supplies = [{ day: 8, quantity: 1n }];
  expect(trusted(supplies, 10, 2, 180)).toEqual([{ day: 11, quantity: 1n }]);
  expect(trusted(supplies, 10, 1, 180)).toEqual([]);
  expect(trusted([{ day: 190, quantity: 1n }], 10, 1, 180)).toHaveLength(1);
  expect(trusted([{ day: 191, quantity: 1n }], 10, 1, 180)).toEqual([]);
});
