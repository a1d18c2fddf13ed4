import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CrossdockError } from '#canonical/errors';
import { gatewayConfig, type GatewayConfig } from '../config';
import type { Policy } from '../limits/gcra';
import { keyHash } from '../partners/key-text';
import type { KeyRow } from '../partners/partners.store';
import { cookieOf } from './cookies';
import { PeopleStore, type Role, type SessionRow } from './people.store';

export const SESSION_COOKIE = 'crossdock_session';
/** The ids of people begin with it, as those of keys with `key_`. */
export const SESSION_KEY = 'person_';
/** What a page sends with every change: another site can make a browser send the cookie, but cannot read this. */
export const CSRF_HEADER = 'x-csrf-token';

/** A person looking at pages takes nothing from the quota of the partner's programs. */
const PEOPLE_POLICIES: Policy[] = [{ name: 'people', quota: 1200, windowSeconds: 60 }];
const SAFE = new Set(['GET', 'HEAD']);
/** Sessions remembered at most; above it the oldest go. */
const REMEMBERED = 1000;

const SEES = [
  ...['account:keys:read', 'account:requests:read', 'account:usage:read', 'account:people:read', 'account:audit:read'],
  ...['portal:webhooks:read', 'portal:events:read'],
];
/** Denied unless named here. Never more than a partner's own keys can be given. */
export const ROLE_SCOPES: Readonly<Record<Role, string[]>> = {
  viewer: SEES,
  developer: ['account:*', 'portal:*'],
  admin: ['account:*', 'portal:*'],
};

/** People who are signed in: a cookie stands for a row here, and the row for a person with a role. */
@Injectable()
export class Sessions {
  private readonly remembered = new Map<string, { session: Promise<SessionRow | undefined>; until: number }>();

  constructor(
    private readonly store: PeopleStore,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'keyCacheMilliseconds' | 'sessionHours'>,
  ) {}

  /** What the cookie is to hold. Only its hash is kept. */
  async open(person: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const csrf = randomBytes(32).toString('base64url');
    await this.store.openSession({ hash: keyHash(token), person, csrf, hours: this.config.sessionHours });
    return token;
  }

  async close(token: string): Promise<void> {
    this.remembered.delete(keyHash(token));
    await this.store.closeSession(keyHash(token));
  }

  /** The session of a request's cookie, believed for a few seconds as keys are; undefined without one that lives. */
  async of(request: FastifyRequest): Promise<SessionRow | undefined> {
    const token = cookieOf(request, SESSION_COOKIE);
    if (token === undefined) return undefined;
    const hash = keyHash(token);
    const known = this.remembered.get(hash);
    if (known !== undefined && known.until > Date.now()) return known.session;
    const until = Date.now() + this.config.keyCacheMilliseconds;
    const session = this.store.session(hash);
    this.remembered.delete(hash);
    this.remembered.set(hash, { session, until });
    const [oldest] = this.remembered.keys();
    if (this.remembered.size > REMEMBERED && oldest !== undefined) this.remembered.delete(oldest);
    session.catch(() => this.remembered.delete(hash));
    return session;
  }

  /** A person may do by session what its role allows, through the same door as a key. Errors: UNAUTHENTICATED, CSRF_TOKEN_INVALID. */
  async asKey(request: FastifyRequest): Promise<KeyRow> {
    const session = await this.of(request);
    if (session === undefined)
      throw new CrossdockError({
        code: 'UNAUTHENTICATED',
        kind: 'unauthenticated',
        message: 'the session has ended: sign in again',
      });
    checkCsrf(request, session);
    const { id, partner, role } = session;
    // Only an admin can make keys for live traffic.
    const mode = role === 'admin' ? 'live' : 'test';
    return { id, partner, mode, scopes: ROLE_SCOPES[role], plan: 'people', policies: PEOPLE_POLICIES, version: null };
  }
}

/** Errors: CSRF_TOKEN_INVALID (403). */
export function checkCsrf(request: FastifyRequest, { csrf }: Pick<SessionRow, 'csrf'>): void {
  if (SAFE.has(request.method)) return;
  const given = request.headers[CSRF_HEADER];
  if (
    typeof given === 'string' &&
    given.length === csrf.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(csrf))
  )
    return;
  throw new CrossdockError({
    code: 'CSRF_TOKEN_INVALID',
    kind: 'forbidden',
    message: `send ${CSRF_HEADER} with the token of the session`,
  });
}
