import { Inject, Injectable } from '@nestjs/common';
import { decodeJwt, errors, jwtVerify, SignJWT, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose'; // prettier-ignore
import { CrossdockError } from '#canonical/errors';
import { uuidv7 } from '#canonical/ids';
import { gatewayConfig, type GatewayConfig } from '../config';
import type { KeyRow } from '../partners/partners.store';
import { grants } from '../partners/scopes';
import { ClientsStore } from './clients.store';
import type { OutsideIssuer } from './outside-issuers';
import { SIGNED_WITH, SigningKeys } from './signing-keys';

/** Short, because a token that leaked is good until it ends or its client is revoked. */
export const TOKEN_SECONDS = 600;
/** RFC 9068: an ID token, or a token of another kind by the same issuer, is no access token. */
const TYPE = 'at+jwt';
/** Asymmetric ones only: with a shared secret whoever checks tokens could make them. */
const OUTSIDE_ALGORITHMS = ['ES256', 'ES384', 'PS256', 'RS256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 5;
/** Ours have some 700 characters. */
const LONGEST = 4096;
const COMPACT_JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Whom a token speaks for, and until when (milliseconds since 1970). */
export interface Bearer {
  readonly key: KeyRow;
  readonly until: number;
}

/** Access tokens as RFC 9068 has them: made for our own clients, and checked, our own and those of trusted issuers. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly clients: ClientsStore,
    private readonly signing: SigningKeys,
    @Inject(gatewayConfig.token)
    private readonly config: Pick<GatewayConfig, 'tokenIssuer' | 'tokenAudience' | 'tokenIssuers'>,
  ) {}

  /** Could it be a token? Nothing is read of what could not. */
  static isTokenText(text: string): boolean {
    return text.length <= LONGEST && COMPACT_JWS.test(text);
  }

  isTrusted(issuer: string): boolean {
    return this.config.tokenIssuers.has(issuer);
  }

  /** For `scopes`, which the client must have. */
  async issue(client: KeyRow, scopes: readonly string[]): Promise<string> {
    const { kid, privateKey } = await this.signing.current();
    return new SignJWT({ client_id: client.id, scope: scopes.join(' ') })
      .setProtectedHeader({ alg: SIGNED_WITH, typ: TYPE, kid })
      .setIssuer(this.config.tokenIssuer)
      .setAudience(this.config.tokenAudience)
      .setSubject(client.id)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`)
      .setJti(uuidv7())
      .sign(privateKey);
  }

  /** Undefined for a token that is not to be believed, whatever the reason. What its client may not do any more, it may not. */
  async read(text: string): Promise<Bearer | undefined> {
    const claims = await this.verified(text);
    if (claims?.exp === undefined) return undefined;
    const client = await this.clientOf(claims);
    if (client === undefined) return undefined;
    return { key: { ...client, scopes: within(client.scopes, claims['scope']) }, until: claims.exp * 1000 };
  }

  private async verified(text: string): Promise<JWTPayload | undefined> {
    try {
      const outside = this.config.tokenIssuers.get(decodeJwt(text).iss ?? '');
      if (outside !== undefined)
        return (await jwtVerify(text, keysOf(outside), expecting(outside, OUTSIDE_ALGORITHMS))).payload;
      const own = { issuer: this.config.tokenIssuer, audience: this.config.tokenAudience };
      return (await jwtVerify(text, ({ kid }) => this.keyNamed(kid), expecting(own, [SIGNED_WITH]))).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  private async keyNamed(kid: string | undefined) {
    const key = kid === undefined ? undefined : await this.signing.verifier(kid);
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key;
  }

  private async clientOf({ iss = '', ...claims }: JWTPayload): Promise<KeyRow | undefined> {
    // `azp` is what servers that predate RFC 9068 call it.
    const id = claims['client_id'] ?? claims['azp'];
    if (typeof id !== 'string') return undefined;
    return iss === this.config.tokenIssuer ? this.clients.find(id) : this.clients.findExternal(iss, id);
  }
}

/** The issuer's keys. That they cannot be had is no fault of the token. Errors: TOKEN_ISSUER_UNAVAILABLE. */
function keysOf({ issuer, keys }: OutsideIssuer): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new CrossdockError({
        code: 'TOKEN_ISSUER_UNAVAILABLE',
        kind: 'unavailable',
        message: `the keys of ${issuer} cannot be had now`,
        retryAfter: 5,
        cause: error,
      });
    }
  };
}

function expecting({ issuer, audience }: { issuer: string; audience: string }, algorithms: string[]): JWTVerifyOptions {
  const requiredClaims = ['exp', 'iat', 'sub'];
  return { issuer, audience, algorithms, typ: TYPE, requiredClaims, clockTolerance: CLOCK_TOLERANCE_SECONDS };
}

/** What the token says it may, as far as its client may: nothing when it says nothing. */
function within(held: readonly string[], scope: unknown): string[] {
  const asked = typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : [];
  return asked.filter((each) => grants(held, each));
}
