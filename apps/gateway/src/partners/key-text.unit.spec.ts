import * as fc from 'fast-check';
import { isKeyText, keyHash, keyHint, newKeyText } from './key-text';

describe('API keys', () => {
  it('tell their mode and carry a checksum', () => {
    for (const mode of ['live', 'test'] as const) {
      const key = newKeyText(mode);
      expect(key).toMatch(new RegExp(`^cdk_${mode}_[0-9A-Za-z]{38}$`));
      expect(isKeyText(key)).toBe(true);
    }
  });

  it('are found wrong offline when any one character was changed', () => {
    const key = newKeyText('live');
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    fc.assert(
      fc.property(fc.integer({ min: 9, max: key.length - 1 }), fc.constantFrom(...alphabet.split('')), (at, letter) => {
        fc.pre(key[at] !== letter);
        expect(isKeyText(key.slice(0, at) + letter + key.slice(at + 1))).toBe(false);
      }),
    );
  });

  it('are never the same, and show little of themselves afterwards', () => {
    const keys = new Set(Array.from({ length: 1000 }, () => newKeyText('test')));
    expect(keys.size).toBe(1000);
    const [key = ''] = keys;
    expect(keyHint(key)).toHaveLength(18);
    expect(keyHash(key)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['', 'cdk_live_', 'Bearer x', 'cdk_prod_' + 'a'.repeat(38), 'cdk_live_' + 'é'.repeat(38)])(
    'refuses %j',
    (text) => {
      expect(isKeyText(text)).toBe(false);
    },
  );
});
