import { signedHeaders } from './webhook-signature';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const sign = (secrets: readonly string[]) =>
  signedHeaders(secrets, 'msg_p5jXN8AQM9LWM0D4loKWxJek', '1614265330', Buffer.from('{"test": 2432232314}'));

test('signs as the Standard Webhooks specification shows', () => {
  expect(sign([secret])).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('while a secret is being replaced both sign, the new one first', () => {
  const [first, second] =
    sign([secret, 'whsec_b2xkZXItc2VjcmV0LW9mLXRoZS1jaGFubmVs'])['webhook-signature']?.split(' ') ?? [];
  expect(first).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(second).toMatch(/^v1,.{44}$/);
});
