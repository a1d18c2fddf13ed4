import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import type { GatewayServices } from '../gateway-services';
import { cookieOf, setCookie } from './cookies';
import { checkCsrf, SESSION_COOKIE } from './sessions';

/** Binds a sign-in to the browser that began it. */
const STATE_COOKIE = 'crossdock_sign_in';
const STATE_SECONDS = 600;
const HOME = '/developers';

/** Where a browser signs in and out. These answers are for our own pages alone, so no document describes them. */
export function registerSignIn(fastify: FastifyInstance, { sessions, signIn, config }: GatewayServices): void {
  const origin = (request: FastifyRequest): string =>
    config.publicUrl === '' ? `http://${request.headers.host ?? '127.0.0.1'}` : config.publicUrl;
  const cookie = (request: FastifyRequest, name: string, value: string, seconds: number) => ({
    name,
    value,
    seconds,
    secure: origin(request).startsWith('https:'),
    path: name === STATE_COOKIE ? '/auth' : '/',
  });

  fastify.get<{ Querystring: { to?: string } }>('/auth/sign-in', async (request, reply) => {
    const returnTo = ownPath(request.query.to);
    try {
      const { url, state } = await signIn.depart(`${origin(request)}/auth/callback`, returnTo);
      setCookie(reply, cookie(request, STATE_COOKIE, state, STATE_SECONDS));
      return await uncached(reply).redirect(url);
    } catch (error) {
      return refused(reply, error);
    }
  });

  fastify.get('/auth/callback', async (request, reply) => {
    const query = new URL(request.url, 'http://gateway').search;
    try {
      const { token, returnTo } = await signIn.arrive(cookieOf(request, STATE_COOKIE), query);
      setCookie(reply, cookie(request, STATE_COOKIE, '', 0));
      setCookie(reply, cookie(request, SESSION_COOKIE, token, config.sessionHours * 3600));
      return await uncached(reply).redirect(returnTo);
    } catch (error) {
      return refused(reply, error);
    }
  });

  // Not signed in is an answer, not a fault: the page asks before it knows.
  fastify.get('/auth/session', async (request, reply) => {
    const session = await sessions.of(request);
    if (session === undefined) return uncached(reply).send({ signedIn: false, available: signIn.configured });
    const { name, email, role, partner, partnerName, csrf } = session;
    const answer = { name, email, role, partner: { id: partner, name: partnerName }, csrf };
    return uncached(reply).send({ signedIn: true, ...answer });
  });

  fastify.post('/auth/sign-out', async (request, reply) => {
    const session = await sessions.of(request);
    const token = cookieOf(request, SESSION_COOKIE);
    if (session !== undefined && token !== undefined) {
      checkCsrf(request, session);
      await sessions.close(token);
    }
    setCookie(reply, cookie(request, SESSION_COOKIE, '', 0));
    return uncached(reply).code(204).send();
  });
}

/** A fault of a sign-in is read by a person, on our own page. */
function refused(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof CrossdockError)) throw error;
  return uncached(reply).redirect(`${HOME}/sign-in?problem=${error.code}`);
}

function uncached(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store');
}

/** Only into our own pages: a sign-in must not be a way to send people elsewhere. */
function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/developers(\/[\w\-/.]*)?(\?[\w\-=&%.:]*)?$/.test(to) && !to.includes('//') ? to : HOME;
}
