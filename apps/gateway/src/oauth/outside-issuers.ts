import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

/** An authorization server of somebody else whose access tokens are taken. */
export interface OutsideIssuer {
  /** What its tokens say in `iss`. */
  readonly issuer: string;
  /** What its tokens must say in `aud`: so that a token made for another service is of no use here. */
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
}

/** Keys are fetched when one is needed, kept for ten minutes, and not asked for again within half a minute for tokens that name none of them. */
const FETCH = { timeoutDuration: 5000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/**
 * Reads CROSSDOCK_TOKEN_ISSUERS: `[{"issuer":"https://login.example.com","jwksUrl":"https://login.example.com/jwks","audience":"crossdock"}]`.
 * Errors: RangeError that says what is wrong.
 */
export function outsideIssuers(text: string): ReadonlyMap<string, OutsideIssuer> {
  const list = parsed(text);
  if (!Array.isArray(list)) throw new RangeError('is no JSON array of issuers');
  return new Map(list.map(issuerOf).map((each) => [each.issuer, each]));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RangeError('is no JSON');
  }
}

function issuerOf(entry: unknown): OutsideIssuer {
  const { issuer, jwksUrl, audience } = (entry ?? {}) as Record<string, unknown>;
  if (typeof issuer !== 'string' || issuer === '' || typeof audience !== 'string' || audience === '')
    throw new RangeError('holds an issuer without "issuer" or "audience"');
  if (typeof jwksUrl !== 'string' || !URL.canParse(jwksUrl) || !/^https?:/.test(jwksUrl))
    throw new RangeError(`gives no web address as "jwksUrl" of ${issuer}`);
  return { issuer, audience, keys: createRemoteJWKSet(new URL(jwksUrl), FETCH) };
}
