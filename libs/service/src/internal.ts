import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CrossdockError } from '#canonical/errors';

export const INTERNAL_SECRET_HEADER = 'crossdock-internal';
export const CORRELATION_HEADER = 'crossdock-correlation';

/** Between our own apps only: a call without the shared secret is refused. Health checks stay open. */
export function requireInternalSecret(fastify: FastifyInstance, secret: string): void {
  const expected = Buffer.from(secret);
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.url === '/livez' || request.url === '/readyz') {
      done();
      return;
    }
    const given = Buffer.from(String(request.headers[INTERNAL_SECRET_HEADER] ?? ''));
    if (given.length === expected.length && timingSafeEqual(given, expected)) {
      done();
      return;
    }
    done(
      new CrossdockError({
        code: 'UNAUTHENTICATED',
        kind: 'unauthenticated',
        message: 'this app answers its own installation only',
      }),
    );
  });
}
