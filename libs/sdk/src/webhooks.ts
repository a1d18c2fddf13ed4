import { createHmac, timingSafeEqual } from 'node:crypto';

/** A webhook that must not be believed. `reason` says why; answer 401 and do nothing else. */
export class WebhookRefusedError extends Error {
  constructor(readonly reason: 'headers-missing' | 'too-old' | 'from-the-future' | 'signature-wrong') {
    super(`the webhook is refused: ${reason}`);
    this.name = 'WebhookRefusedError';
  }
}

export interface VerifyOptions {
  /** Secrets of the endpoint, `whsec_…`: two while one is being replaced. */
  readonly secrets: readonly string[];
  /** Seconds by which the clocks may differ, either way; 300 when absent. */
  readonly toleranceSeconds?: number;
  /** Milliseconds since 1970; the present when absent. */
  readonly now?: number;
}

type GivenHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Verifies a webhook as Standard Webhooks v1 asks for and gives back its id: keep ids you have worked through, a webhook can come twice.
 * `rawBody` is what travelled, byte for byte: verify before you parse. Errors: WebhookRefusedError.
 */
export function verifyWebhook(rawBody: string | Uint8Array, headers: GivenHeaders, options: VerifyOptions): string {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  if (id === undefined || timestamp === undefined || signatures === undefined || !/^\d{1,12}$/.test(timestamp))
    throw new WebhookRefusedError('headers-missing');
  const { secrets, toleranceSeconds = 300, now = Date.now() } = options;
  const age = now / 1000 - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookRefusedError('too-old');
  if (age < -toleranceSeconds) throw new WebhookRefusedError('from-the-future');
  const given = signatures
    .split(' ')
    .flatMap((each) => (each.startsWith('v1,') ? [Buffer.from(each.slice(3), 'base64')] : []));
  const wanted = secrets.map((secret) => signature(secret, `${id}.${timestamp}.`, rawBody));
  if (!wanted.some((ours) => given.some((theirs) => ours.length === theirs.length && timingSafeEqual(ours, theirs))))
    throw new WebhookRefusedError('signature-wrong');
  return id;
}

function signature(secret: string, prefix: string, rawBody: string | Uint8Array): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(prefix).update(rawBody).digest();
}

function headerOf(headers: GivenHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
