import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import { gatewayApp } from '../src/app.module';
import { OWN_DOCUMENT, publicDocuments } from '../src/documents/load';
import { gatewayFixture, type GatewayFixture } from './gateway-fixture';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;

  readonly body: any;
}
export interface TokenWorld extends GatewayFixture {
  /** A key of partner `harbour` with `account:*` and `portal:*`. */
  readonly owner: string;
  readonly admin: string;
  call(method: string, path: string, body?: object, bearer?: string): Promise<Answer>;
  /** `fields` as a form; `basic`: client and secret in the header. */
  token(fields: Record<string, string>, basic?: readonly [string, string]): Promise<Answer>;
  /** A client made by the owner, with its secret. */
  client(scopes?: string[]): Promise<{ id: string; secret: string }>;
  /** Until the gateway believes nothing any more that it learnt before. */
  forgotten(): Promise<void>;
}

/** The gateway with its own routes, before which tokens are tried. */
export async function tokenWorld(): Promise<TokenWorld> {
  const gateway = await gatewayFixture(
    publicDocuments().filter(({ name }) => name === OWN_DOCUMENT),
    { controllers: gatewayApp.controllers },
  );
  const owner = await gateway.key({ partner: 'harbour', scopes: ['account:*', 'portal:*'] });
  const call: TokenWorld['call'] = (method, path, body, bearer = owner) =>
    answered(
      fetch(`${gateway.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
  return {
    ...gateway,
    owner,
    admin: await gateway.key({ partner: 'crossdock', scopes: ['admin:*'] }),
    call,
    token: (fields, basic) =>
      answered(
        fetch(`${gateway.url}/oauth/token`, {
          method: 'POST',
          headers: basic === undefined ? {} : { authorization: `Basic ${btoa(basic.join(':'))}` },
          body: new URLSearchParams(fields),
        }),
      ),
    client: async (scopes = ['account:keys:read']) => {
      const { body } = await call('POST', '/account/v1/clients', { name: 'sync', mode: 'live', scopes });
      return body as { id: string; secret: string };
    },
    forgotten: () => new Promise((done) => setTimeout(done, gateway.services.config.keyCacheMilliseconds + 50)),
  };
}

async function answered(response: Promise<Response>): Promise<Answer> {
  const { status, headers, ...rest } = await response.then(async (given) => ({
    status: given.status,
    headers: given.headers,
    body: await given.json(),
  }));
  return { status, headers, body: rest.body };
}

/** An authorization server of somebody else: its keys over HTTP, and tokens as it pleases. */
export interface StrangeIssuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  sign(claims: JWTPayload, header?: { alg?: string; typ?: string; kid?: string }): Promise<string>;
  close(): Promise<void>;
}

export async function strangeIssuer(): Promise<StrangeIssuer> {
  const pair = await generateKeyPair('RS256');
  const jwk: JWK = { ...(await exportJWK(pair.publicKey)), kid: 'theirs', alg: 'RS256', use: 'sig' };
  const server: Server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    sign: (claims, header) =>
      signed(pair.privateKey, claims, { alg: 'RS256', typ: 'at+jwt', kid: 'theirs', ...header }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export function signed(
  key: CryptoKey | Uint8Array,
  claims: JWTPayload,
  header: { alg: string; typ?: string; kid?: string; [name: string]: unknown },
): Promise<string> {
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}
