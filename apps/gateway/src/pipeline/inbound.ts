import type { ThrottlerStorage } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';

const MINUTE_MS = 60_000;

/** Webhooks carry no key: their signature is checked where they are understood. Here only their number is bounded, per connection. */
export async function boundInbound(
  request: FastifyRequest,
  reply: FastifyReply,
  storage: ThrottlerStorage,
  perMinute: number,
): Promise<void> {
  const [, , kind = '', connection = ''] = (request.url.split('?')[0] ?? '').split('/');
  const { isBlocked, timeToBlockExpire } = await storage.increment(
    `inbound:${kind}:${connection}`,
    MINUTE_MS,
    perMinute,
    0,
    'inbound',
  );
  if (!isBlocked) return;
  void reply.header('retry-after', String(timeToBlockExpire));
  throw new CrossdockError({
    code: 'QUOTA_EXCEEDED',
    kind: 'limited',
    message: 'too many calls from this connection',
    retryAfter: timeToBlockExpire,
  });
}
