import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA256 of the Standard Webhooks specification (standardwebhooks.com, scheme v1) over `id.timestamp.body`, the body as the
 * bytes that travel. `secret` is `whsec_` and base64: the key itself is what the base64 holds.
 */
export function signatureOf(secret: string, id: string, timestamp: string, rawBody: Buffer): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest();
}

/** The headers of a message that is sent; several secrets while one is being replaced. */
export function signedHeaders(
  secrets: readonly string[],
  id: string,
  timestamp: string,
  rawBody: Buffer,
): Record<string, string> {
  const signatures = secrets.map((secret) => `v1,${signatureOf(secret, id, timestamp, rawBody).toString('base64')}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
