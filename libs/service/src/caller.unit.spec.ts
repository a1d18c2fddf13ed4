import { signCaller, verifyCaller, type Caller } from './caller';
import { idempotencyKeyOf, versionOf } from './headers';

const caller: Caller = { partner: 'acme', scopes: ['portal:*'], mode: 'live', keyId: 'key_1' };
const secret = 'x'.repeat(32);

describe('a signed caller', () => {
  it('is believed with the same secret only, unchanged, and for two minutes', () => {
    const now = 1_760_000_000_000;
    const text = signCaller(caller, secret, now);
    expect(verifyCaller(text, secret, now + 119_000)).toEqual(caller);
    expect(verifyCaller(text, secret, now + 121_000)).toBeUndefined();
    expect(verifyCaller(text, 'y'.repeat(32), now)).toBeUndefined();
    const [body = '', signature = ''] = text.split('.');
    const other = Buffer.from(JSON.stringify({ ...caller, partner: 'other', expires: 9e9 })).toString('base64url');
    expect(verifyCaller(`${other}.${signature}`, secret, now)).toBeUndefined();
    expect(verifyCaller(body, secret, now)).toBeUndefined();
  });
});

describe('headers', () => {
  it.each([
    ['abc', 'abc'],
    ['"abc"', 'abc'],
    ['"a\\"b"', 'a"b'],
    [undefined, undefined],
  ])('Idempotency-Key %s is %s', (header, key) => {
    expect(idempotencyKeyOf(header)).toBe(key);
  });

  it.each(['', '""', 'a"b', '"open', 'x'.repeat(256), 'tab\there'])('Idempotency-Key %j is refused', (header) => {
    expect(() => idempotencyKeyOf(header)).toThrow(
      expect.objectContaining({ code: 'IDEMPOTENCY_KEY_INVALID' }) as Error,
    );
  });

  it('If-Match names a version, any, or one that nothing can match', () => {
    expect(versionOf('"7"')).toBe(7);
    expect(versionOf('*')).toBeUndefined();
    expect(() => versionOf('W/"7"')).toThrow(expect.objectContaining({ code: 'VERSION_STALE' }) as Error);
  });
});
