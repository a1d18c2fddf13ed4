import type { FastifyReply, FastifyRequest } from 'fastify';

/** The value of a cookie; undefined when the request has none of that name. Our own values need no decoding. */
export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
  return found !== undefined && /^[\w-]{20,200}$/.test(found) ? found : undefined;
}

/** Out of reach of scripts and of other sites' requests; over HTTPS only where the gateway is reached by it. */
export function setCookie(
  reply: FastifyReply,
  cookie: { name: string; value: string; seconds: number; secure: boolean; path: string },
): void {
  const { name, value, seconds, secure, path } = cookie;
  const text = `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  void reply.header('set-cookie', text);
}
