import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Configuration, Provider } from 'oidc-provider';
import { DEMO_ACCOUNTS } from './people';

/** The gateway of the demo installation at this provider. It opens nothing else. */
export const DEMO_CLIENT = { clientId: 'crossdock', clientSecret: 'sandbox-identity-secret' };
/** Where the provider answers, under the sandbox's address. */
export const IDENTITY_PATH = '/sandbox/identity';

type Stored = Record<string, unknown>;

/** What the provider keeps lives as long as this process. */
class Memory {
  private static readonly kept = new Map<string, { payload: Stored; until: number }>();

  constructor(private readonly name: string) {}

  upsert(id: string, payload: Stored, expiresIn: number): Promise<void> {
    const until = Date.now() + (expiresIn || 3600) * 1000;
    for (const [key, { until: past }] of Memory.kept) if (past < Date.now()) Memory.kept.delete(key);
    Memory.kept.set(this.key(id), { payload, until });
    return Promise.resolve();
  }

  find(id: string): Promise<Stored | undefined> {
    return Promise.resolve(Memory.kept.get(this.key(id))?.payload);
  }

  findByUid(uid: string): Promise<Stored | undefined> {
    return this.first('uid', uid);
  }

  findByUserCode(code: string): Promise<Stored | undefined> {
    return this.first('userCode', code);
  }

  consume(id: string): Promise<void> {
    const found = Memory.kept.get(this.key(id));
    if (found !== undefined) found.payload['consumed'] = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    Memory.kept.delete(this.key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, { payload }] of Memory.kept) if (payload['grantId'] === grantId) Memory.kept.delete(key);
    return Promise.resolve();
  }

  private first(field: string, value: string): Promise<Stored | undefined> {
    const entries = [...Memory.kept].filter(([key]) => key.startsWith(`${this.name}:`));
    return Promise.resolve(entries.find(([, { payload }]) => payload[field] === value)?.[1].payload);
  }

  private key(id: string): string {
    return `${this.name}:${id}`;
  }
}

/** An OpenID provider with the demo's accounts: whoever reaches it may be any of them. Loaded when it is first asked for. */
export async function demoProvider(issuer: string): Promise<Provider> {
  const { default: OpenIdProvider } = await import('oidc-provider');
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'sandbox' };
  const provider = new OpenIdProvider(issuer, configuration(jwk));
  // The demo's port is not known beforehand: any address of this machine may be come back to.
  provider.Client.prototype.redirectUriAllowed = (uri: string) =>
    /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/auth\/callback$/.test(uri);
  return provider;
}

function configuration(jwk: object): Configuration {
  return {
    adapter: Memory,
    clients: [
      {
        client_id: DEMO_CLIENT.clientId,
        client_secret: DEMO_CLIENT.clientSecret,
        redirect_uris: ['http://127.0.0.1:3000/auth/callback'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `${IDENTITY_PATH}/people/${uid}` },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    findAccount: (_context, id) => {
      const account = DEMO_ACCOUNTS.find(({ subject }) => subject === id);
      if (account === undefined) return undefined;
      const { email, name } = account;
      return { accountId: id, claims: () => ({ sub: id, email, email_verified: true, name }) };
    },
    loadExistingGrant: async ({ oidc }) => {
      const clientId = oidc.client?.clientId;
      const accountId = oidc.session?.accountId;
      if (clientId === undefined || accountId === undefined) return undefined;
      const grant = new oidc.provider.Grant({ clientId, accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}
