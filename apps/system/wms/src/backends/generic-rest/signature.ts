import { timingSafeEqual } from 'node:crypto';
import { CrossdockError } from '#canonical/errors';
import { signatureOf } from '#connections/webhook-signature';

/**
 * How far the sender's clock may be from ours, in both directions: a warehouse whose clock is ten minutes off is still heard. What is
 * sent again within it is known by its id, for ever.
 */
const WINDOW_SECONDS = 900;

/**
 * Checks a Standard Webhooks signature (standardwebhooks.com, scheme v1): base64 HMAC-SHA256 over `id.timestamp.body`, the
 * body as the bytes that arrived. Several signatures and several secrets (while one is rotated) are allowed; one match is
 * enough. Answers the message id. Errors, all unauthenticated: WEBHOOK_UNSIGNED, WEBHOOK_TOO_OLD, WEBHOOK_SIGNATURE_INVALID.
 */
export function verifyWebhook(
  secrets: readonly string[],
  headers: Readonly<Record<string, string | undefined>>,
  rawBody: Buffer,
  now: number,
): string {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (!id || id.length > 200 || !timestamp || !/^\d{1,12}$/.test(timestamp) || !signatures) {
    throw refused('WEBHOOK_UNSIGNED', 'webhook-id, webhook-timestamp and webhook-signature are needed');
  }
  const given = signatures
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'));
  const valid = secrets.some((secret) => {
    const expected = signatureOf(secret, id, timestamp, rawBody);
    return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
  });
  if (!valid) throw refused('WEBHOOK_SIGNATURE_INVALID', 'no signature fits the body and the secret');
  // After the signature, so that only the warehouse itself learns that its clock is wrong.
  if (Math.abs(now / 1000 - Number(timestamp)) > WINDOW_SECONDS) {
    throw refused('WEBHOOK_TOO_OLD', `the timestamp is more than ${WINDOW_SECONDS} s from ours`);
  }
  return id;
}

function refused(code: string, message: string): CrossdockError {
  return new CrossdockError({ code, kind: 'unauthenticated', message });
}
