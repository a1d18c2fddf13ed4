import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { Inject, Injectable } from '@nestjs/common';
import { CrossdockError } from '#canonical/errors';
import { gatewayConfig, type GatewayConfig } from '../config';
import { keyHash } from '../partners/key-text';
import type { KeyRow } from '../partners/partners.store';
import { grants } from '../partners/scopes';
import { AccessTokens, TOKEN_SECONDS } from './access-tokens';
import { ClientsStore } from './clients.store';
import { SIGNED_WITH, SigningKeys } from './signing-keys';

const TOKEN_PATH = '/oauth/token';
const JWKS_PATH = '/.well-known/jwks.json';
const METADATA_PATH = '/.well-known/oauth-authorization-server';
/** Served without a key: here the key is got. */
export const OAUTH_PATHS = [/^\/oauth\/token$/, /^\/\.well-known\/(jwks\.json|oauth-authorization-server)$/];

const FORM = 'application/x-www-form-urlencoded';
const BODY_BYTES = 16_384;
const MINUTE_MS = 60_000;
/** A token is good for ten minutes; who asks this often does not keep it. */
const PER_CLIENT = 120;
/** Also of those who do not know a secret. */
const PER_ADDRESS = 1200;
const BASIC = /^Basic +([A-Za-z0-9+/]+=*) *$/i;

/** RFC 6749 §5.2: what the token endpoint refuses with, in the form that OAuth libraries read. */
class OauthRefusal extends Error {
  constructor(
    readonly error: 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope',
    readonly description: string,
  ) {
    super(description);
  }

  get status(): 400 | 401 {
    return this.error === 'invalid_client' ? 401 : 400;
  }
}

type Form = ReadonlyMap<string, string>;

interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  /** Seconds. */
  readonly expires_in: number;
  /** What the token may, space-separated. */
  readonly scope: string;
}

/** OAuth 2.0 client credentials: a client's id and secret for a token that is good for ten minutes. */
@Injectable()
export class TokenEndpoint {
  constructor(
    private readonly clients: ClientsStore,
    private readonly tokens: AccessTokens,
    private readonly signing: SigningKeys,
    @Inject(gatewayConfig.token) private readonly config: Pick<GatewayConfig, 'tokenIssuer'>,
  ) {}

  register(fastify: FastifyInstance, throttler: ThrottlerStorage): void {
    void fastify.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, parsed) => parsed(null, body));
      scope.post(TOKEN_PATH, { bodyLimit: BODY_BYTES }, (request, reply) => this.answer(request, reply, throttler));
      done();
    });
    fastify.get(JWKS_PATH, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=60').send({ keys: await this.signing.published() }),
    );
    fastify.get(METADATA_PATH, (request, reply) =>
      reply.header('cache-control', 'public, max-age=60').send(this.metadata(`${request.protocol}://${request.host}`)),
    );
  }

  private async answer(
    request: FastifyRequest,
    reply: FastifyReply,
    throttler: ThrottlerStorage,
  ): Promise<FastifyReply> {
    void reply.header('cache-control', 'no-store');
    try {
      await bound(throttler, `address:${request.ip}`, PER_ADDRESS);
      const client = await this.authenticated(request);
      await bound(throttler, client.id, PER_CLIENT);
      return await reply.send(await this.grant(client, formOf(request.body)));
    } catch (error) {
      if (!(error instanceof OauthRefusal)) throw error;
      if (error.status === 401) void reply.header('www-authenticate', 'Basic realm="crossdock"');
      return reply.code(error.status).send({ error: error.error, error_description: error.description });
    }
  }

  private async authenticated({ body, headers }: FastifyRequest): Promise<KeyRow> {
    const { id, secret } = credentialsOf(headers.authorization, formOf(body));
    const client = await this.clients.findBySecret(id, keyHash(secret));
    // One answer for every cause: who guesses learns nothing.
    if (client === undefined) throw new OauthRefusal('invalid_client', 'the client or its secret is not valid');
    return client;
  }

  private async grant(client: KeyRow, form: Form): Promise<TokenAnswer> {
    const type = form.get('grant_type');
    if (type === undefined) throw new OauthRefusal('invalid_request', 'grant_type is missing');
    if (type !== 'client_credentials')
      throw new OauthRefusal('unsupported_grant_type', 'the only grant here is client_credentials');
    const scopes = scopesOf(client, form.get('scope') ?? '');
    const token = await this.tokens.issue(client, scopes);
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope: scopes.join(' ') };
  }

  /** RFC 8414. */
  private metadata(here: string): object {
    return {
      issuer: this.config.tokenIssuer,
      token_endpoint: here + TOKEN_PATH,
      jwks_uri: here + JWKS_PATH,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      token_endpoint_auth_signing_alg_values_supported: [SIGNED_WITH],
    };
  }
}

/** Errors: QUOTA_EXCEEDED. */
async function bound(throttler: ThrottlerStorage, who: string, perMinute: number): Promise<void> {
  const { isBlocked, timeToBlockExpire } = await throttler.increment(`oauth:${who}`, MINUTE_MS, perMinute, 0, 'oauth');
  if (!isBlocked) return;
  throw new CrossdockError({
    code: 'QUOTA_EXCEEDED',
    kind: 'limited',
    message: 'too many tokens are asked for: use one until it ends',
    retryAfter: timeToBlockExpire,
  });
}

/** Errors: invalid_request for a parameter that comes twice (RFC 6749 §3.2). */
function formOf(body: unknown): Form {
  const form = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(typeof body === 'string' ? body : '')) {
    if (form.has(name)) throw new OauthRefusal('invalid_request', `${name} is there twice`);
    // An empty parameter counts as left out.
    if (value !== '') form.set(name, value);
  }
  return form;
}

function credentialsOf(header: string | undefined, form: Form): { id: string; secret: string } {
  if (header === undefined) return { id: needed(form, 'client_id'), secret: needed(form, 'client_secret') };
  if (form.has('client_secret'))
    throw new OauthRefusal('invalid_request', 'the client sends its secret in the header and in the body');
  const [id, secret] = Buffer.from(BASIC.exec(header)?.[1] ?? '', 'base64')
    .toString('utf8')
    .split(':')
    .map(decoded);
  if (id === undefined || secret === undefined)
    throw new OauthRefusal('invalid_client', 'the Authorization header is not Basic with a client and its secret');
  return { id, secret };
}

function needed(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined)
    throw new OauthRefusal('invalid_client', `send the client by HTTP Basic, or ${name} in the form`);
  return value;
}

/** RFC 6749 §2.3.1: both parts are form-encoded before they are joined. */
function decoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? '';
}

/** All the client has unless it asks for less. */
function scopesOf({ scopes }: KeyRow, asked: string): readonly string[] {
  const wanted = [...new Set(asked.split(' ').filter((each) => each !== ''))];
  const more = wanted.filter((each) => !grants(scopes, each));
  if (more.length > 0) throw new OauthRefusal('invalid_scope', `the client does not have ${more.join(', ')}`);
  return wanted.length === 0 ? scopes : wanted;
}
