import { verifyWebhook, WebhookRefusedError } from './webhooks';

/** The test vector of the Standard Webhooks specification. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"test": 2432232314}';
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const THEN = 1_614_265_330_000;
const OTHER = 'whsec_c2VjcmV0LW9mLXNvbWVib2R5LWVsc2U=';

describe('a webhook', () => {
  const verify = (more: { body?: string; headers?: Record<string, string>; secrets?: string[]; now?: number } = {}) =>
    verifyWebhook(
      more.body ?? BODY,
      { ...HEADERS, ...more.headers },
      { secrets: more.secrets ?? [SECRET], now: more.now ?? THEN },
    );
  const reason = (more: Parameters<typeof verify>[0]): string => {
    try {
      return `believed ${verify(more)}`;
    } catch (error) {
      return error instanceof WebhookRefusedError ? error.reason : String(error);
    }
  };

  it('is believed by the vector of the specification, whatever carries its headers', () => {
    expect(verify()).toBe(HEADERS['webhook-id']);
    expect(verifyWebhook(Buffer.from(BODY), new Headers(HEADERS), { secrets: [SECRET], now: THEN })).toBe(
      HEADERS['webhook-id'],
    );
  });

  it('is believed while a secret is being replaced, on either side', () => {
    expect(verify({ secrets: [OTHER, SECRET] })).toBe(HEADERS['webhook-id']);
    const two = `v1,${Buffer.alloc(32).toString('base64')} ${HEADERS['webhook-signature']} v2,else`;
    expect(verify({ headers: { 'webhook-signature': two } })).toBe(HEADERS['webhook-id']);
  });

  it.each([
    ['another body', { body: '{"test":2432232314}' }, 'signature-wrong'],
    ['another secret', { secrets: [OTHER] }, 'signature-wrong'],
    ['no secret', { secrets: [] }, 'signature-wrong'],
    ['another id', { headers: { 'webhook-id': 'msg_other' } }, 'signature-wrong'],
    ['a signature of another length', { headers: { 'webhook-signature': 'v1,AAAA' } }, 'signature-wrong'],
    [
      'another scheme',
      { headers: { 'webhook-signature': HEADERS['webhook-signature'].replace('v1', 'v1a') } },
      'signature-wrong',
    ],
    ['a time that is none', { headers: { 'webhook-timestamp': 'now' } }, 'headers-missing'],
    ['a time long ago', { now: THEN + 301_000 }, 'too-old'],
    ['a time to come', { now: THEN - 301_000 }, 'from-the-future'],
  ])('with %s is refused', (_, more, wanted) => {
    expect(reason(more)).toBe(wanted);
  });

  it('without its headers is refused', () => {
    expect(() => verifyWebhook(BODY, {}, { secrets: [SECRET], now: THEN })).toThrow('headers-missing');
  });
});
