import { signatureOf } from '#connections/webhook-signature';
import { verifyWebhook } from './signature';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = '1614265330';
const body = Buffer.from('{"test": 2432232314}');
const now = 1614265330_000;
const signature = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
const other = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;

describe('a Standard Webhooks signature', () => {
  it('fits the published test vector', () => {
    expect(verifyWebhook([secret], headers, body, now)).toBe(id);
  });

  it('may be one of a list, and any of the secrets may fit while one is rotated', () => {
    const wrong = `v1,${signatureOf(other, id, timestamp, Buffer.from('x')).toString('base64')}`;
    const rotating = { ...headers, 'webhook-signature': `v1a,zzz ${wrong} ${signature}` };
    expect(verifyWebhook([other, secret], rotating, body, now)).toBe(id);
  });

  it.each([
    ['another body', { ...headers }, Buffer.from('{"test":2432232314}'), [secret]],
    ['another id', { ...headers, 'webhook-id': 'msg_other' }, body, [secret]],
    ['another timestamp', { ...headers, 'webhook-timestamp': '1614265331' }, body, [secret]],
    ['another secret', { ...headers }, body, [other]],
    ['another scheme', { ...headers, 'webhook-signature': signature.replace('v1,', 'v2,') }, body, [secret]],
    ['a cut signature', { ...headers, 'webhook-signature': signature.slice(0, 20) }, body, [secret]],
  ])('is refused with %s', (_, changed, raw, secrets) => {
    expect(() => verifyWebhook(secrets, changed, raw, now)).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_SIGNATURE_INVALID', kind: 'unauthenticated' }),
    );
  });

  it.each([
    ['webhook-id', undefined],
    ['webhook-timestamp', undefined],
    ['webhook-timestamp', '1614265330.5'],
    ['webhook-signature', undefined],
  ])('is refused when %s is %s', (name, value) => {
    expect(() => verifyWebhook([secret], { ...headers, [name]: value }, body, now)).toThrow(
      expect.objectContaining({ code: 'WEBHOOK_UNSIGNED' }),
    );
  });

  it.each([
    [901, 'WEBHOOK_TOO_OLD'],
    [-901, 'WEBHOOK_TOO_OLD'],
  ])('is refused %d s away from our clock', (seconds, code) => {
    expect(() => verifyWebhook([secret], headers, body, now + seconds * 1000)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it.each([899, -899])('holds %d s away from our clock', (seconds) => {
    expect(verifyWebhook([secret], headers, body, now + seconds * 1000)).toBe(id);
  });
});
