import { createHmac, timingSafeEqual } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';

/** Who is calling, as the gateway found it: a partner, by one of its keys. */
export interface Caller {
  readonly partner: string;
  readonly scopes: readonly string[];
  readonly mode: 'live' | 'test';
  readonly keyId: string;
}

/** Carries the caller from the gateway to an experience app in another process; never accepted from outside. */
export const CALLER_HEADER = 'crossdock-caller';

/** Seconds for which a signed caller is believed: long enough for the slowest request, short enough to be worthless in a log. */
const LIFETIME_SECONDS = 120;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the gateway once the key is known. */
    caller?: Caller;
  }
}

/** `<base64url JSON>.<HMAC-SHA-256>`, valid for two minutes. */
export function signCaller(caller: Caller, secret: string, now: number = Date.now()): string {
  const claims = { ...caller, expires: Math.floor(now / 1000) + LIFETIME_SECONDS };
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${signature(body, secret)}`;
}

/** The caller, or undefined when the text was not signed with this secret or is too old. */
export function verifyCaller(text: string, secret: string, now: number = Date.now()): Caller | undefined {
  const [body = '', given = ''] = text.split('.');
  const expected = Buffer.from(signature(body, secret));
  const actual = Buffer.from(given);
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return undefined;
  const { expires, ...caller } = JSON.parse(Buffer.from(body, 'base64url').toString()) as Caller & { expires: number };
  return expires * 1000 >= now ? caller : undefined;
}

/**
 * The caller of this request: put there by the gateway in the same process, or signed by it in another. Errors:
 * UNAUTHENTICATED when the request came past the gateway.
 */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller !== undefined) return request.caller;
  const secret = process.env['CROSSDOCK_INTERNAL_SECRET'];
  const header = request.headers[CALLER_HEADER];
  const caller = secret && typeof header === 'string' ? verifyCaller(header, secret) : undefined;
  if (caller === undefined) {
    throw new CrossdockError({
      code: 'UNAUTHENTICATED',
      kind: 'unauthenticated',
      message: 'the request did not come through the gateway',
    });
  }
  request.caller = caller;
  return caller;
}

/** Injects the caller into a controller method. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

function signature(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}
